#include "rules/desk/mail_orders.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "parsers/config/diagnostic.hpp"
#include "parsers/config/known_name.hpp"
#include "parsers/header/address.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/opening_hours.hpp"
#include "rules/calendar/spoken_time.hpp"
#include "rules/desk/order_line.hpp"
#include "rules/desk/order_verb.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_orders = 20;

/// The word that `text` begins with, taken off.
std::string_view take_word(std::string_view& text) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text = parsers::trimmed(text.substr(end));
    return word;
}

/// Takes `word` off where `text` begins with it.
bool take(std::string_view& text, std::string_view word) {
    if (!parsers::starts_with_ignoring_case(text, word)) return false;
    const std::string_view rest = text.substr(word.size());
    if (!rest.empty() && parsers::is_alpha(rest.front())) return false;
    text = rest;
    while (!text.empty() && (text.front() == ' ' || text.front() == ':' || text.front() == ',')) {
        text.remove_prefix(1);
    }
    return true;
}

template <std::size_t N>
bool take_any(std::string_view& text, const std::array<std::string_view, N>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&text](std::string_view word) { return take(text, word); });
}

class OrderReader {
public:
    explicit OrderReader(const OrderWords& words) : words_(words) {}

    MailOrders read(std::string_view text) && {
        OrderedText parts =
            split_orders(text, [](std::string_view name) { return verb_of(name).has_value(); });
        found_.letter = without_sign_off(parts.letter, words_.writer);
        if (parts.orders.size() > most_orders) {
            found_.complaints.push_back("there are more than " + std::to_string(most_orders) +
                                        " orders");
            parts.orders.resize(most_orders);
        }
        for (const OrderLine& line : parts.orders) read_line(line);
        for (const std::string& late : parts.late) {
            found_.complaints.push_back(late +
                                        " stands below your text: orders come first, at the top");
        }
        check_the_whole();
        return std::move(found_);
    }

private:
    void read_line(const OrderLine& line) {
        const auto verb = verb_of(line.name);
        complaint_.clear();
        std::string meaning;
        if (verb) {
            meaning = carry(*verb, parsers::trimmed(line.rest));
        } else if (const auto priority = exact_priority(line.name); priority && line.rest.empty()) {
            meaning = add(PriorityOrder{*priority, {}}, "priority " + *priority);
        } else {
            const std::string near = nearest_verb(line.name);
            complaint_ = "#" + line.name + " is no order" +
                         (near.empty() ? "" : "; did you mean #" + near + "?");
        }
        if (complaint_.empty()) {
            found_.understood.push_back("#" + parsers::lower_case(line.name) + ": " + meaning);
        } else {
            found_.complaints.push_back(complaint_);
        }
    }

    /// What it means, in words; `complaint_` where it means nothing.
    std::string carry(Verb verb, std::string_view rest) {
        switch (verb) {
            case Verb::note:
                return letter_for(LetterFor::desk, rest, "a note that only the desk reads");
            case Verb::reply:
                return letter_for(LetterFor::requester, rest, "goes to the requester");
            case Verb::close:
                return add(StatusOrder{status::resolved, std::string{rest}, {}}, "resolved");
            case Verb::reopen:
                return add(ReopenOrder{std::string{rest}}, "open again");
            case Verb::wait:
                return wait(rest);
            case Verb::assign:
                return assign(rest);
            case Verb::me:
                if (!rest.empty()) return surplus("#me", rest);
                return assign("me");
            case Verb::priority:
                return priority(rest);
            case Verb::due:
                return due(rest);
            case Verb::tag:
            case Verb::untag:
                return tags(rest, verb == Verb::tag);
            case Verb::merge:
                return merge(rest);
            case Verb::requester:
                return requester(rest);
            case Verb::new_ticket:
                found_.opens_new = true;
                found_.subject = rest;
                return "a new ticket";
            case Verb::spam:
                return add(SpamOrder{std::string{rest}}, "nobody asks for help");
            case Verb::undo:
                if (!rest.empty()) return surplus("#undo", rest);
                return add(UndoOrder{}, "your last order is taken back");
            case Verb::help:
                if (!rest.empty()) return surplus("#help", rest);
                found_.asks_for_help = true;
                return "what can be ordered";
        }
        return {};
    }

    std::string add(DeskOrder order, std::string meaning) {
        found_.orders.push_back(std::move(order));
        return meaning;
    }

    std::string complain(std::string words) {
        complaint_ = std::move(words);
        return {};
    }

    std::string surplus(const char* order, std::string_view rest) {
        return complain(std::string{order} + " stands alone; " + parsers::in_quotes(rest) +
                        " is not understood");
    }

    std::string letter_for(LetterFor whom, std::string_view rest, const char* meaning) {
        if (found_.letter_for != LetterFor::unsaid && found_.letter_for != whom) {
            return complain("#note and #reply exclude each other");
        }
        found_.letter_for = whom;
        if (!rest.empty()) {
            found_.letter =
                std::string{rest} + (found_.letter.empty() ? "" : "\n\n") + found_.letter;
        }
        return meaning;
    }

    std::string wait(std::string_view rest) {
        using namespace std::string_view_literals;
        constexpr std::array fillers{"on"sv, "for"sv, "the"sv, "a"sv, "an"sv};
        constexpr std::array customers{"customer"sv, "requester"sv, "user"sv,
                                       "client"sv,   "caller"sv,    "reply"sv};
        constexpr std::array others{"third party"sv, "third-party"sv, "thirdparty"sv,
                                    "3rd party"sv,   "supplier"sv,    "vendor"sv};
        constexpr std::array visits{"site visit"sv, "visit"sv};
        const std::string_view whole = rest;
        while (take_any(rest, fillers)) {
        }
        if (take_any(rest, customers)) {
            return add(StatusOrder{status::waiting_customer, std::string{rest}, {}},
                       "waits for the requester");
        }
        if (take_any(rest, others)) {
            return add(StatusOrder{"waiting_third_party", std::string{rest}, {}},
                       "waits for a third party");
        }
        if (take_any(rest, visits)) return visit(rest);
        return complain(
            "#wait " + std::string{whole} +
            " is not understood: #wait customer, #wait third party or #wait visit DATE");
    }

    std::string visit(std::string_view rest) {
        const auto spoken = parse_spoken_time(rest, words_.style);
        const auto day = spoken ? day_to_come(*spoken, words_.calendar, words_.now) : std::nullopt;
        if (!day) {
            return complain("#wait visit: " + parsers::in_quotes(rest) +
                            " is no day; say \"thursday\", \"3 Dec\" or \"2026-12-03\"");
        }
        return add(StatusOrder{"waiting_site_visit", {}, *day},
                   "waits for the visit on " + to_text(*day));
    }

    std::string assign(std::string_view rest) {
        using namespace std::string_view_literals;
        constexpr std::array fillers{"to"sv, "team"sv};
        while (take_any(rest, fillers)) {
        }
        while (!rest.empty() && (rest.front() == '@' || rest.front() == '#')) rest.remove_prefix(1);
        if (parsers::equal_ignoring_case(rest, "me")) {
            return assign_writer();
        }
        if (rest.empty()) return complain("#assign: say to whom");
        if (words_.people == nullptr) {
            return add(AssignOrder{{}, std::string{rest}}, "assigned to " + std::string{rest});
        }
        return assign_known(rest);
    }

    /// A team's mailbox takes it for the team.
    std::string assign_writer() {
        const std::string& writer = words_.writer;
        const People* people = words_.people;
        if (people != nullptr && people->technician(writer) == nullptr) {
            if (people->team(writer) == nullptr) return complain("nobody knows who \"me\" is here");
            return add(AssignOrder{writer, {}}, "assigned to the team " + writer);
        }
        if (writer.empty()) return complain("nobody knows who \"me\" is here");
        return add(AssignOrder{{}, writer}, "assigned to " + writer);
    }

    std::string assign_known(std::string_view typed) {
        if (const std::string by_address = words_.people->technician_at(typed);
            !by_address.empty()) {
            return add(AssignOrder{{}, by_address}, "assigned to " + by_address);
        }
        const std::vector<std::string> people = parsers::names_of(words_.people->technicians);
        std::vector<std::string> all = people;
        for (const Team& team : words_.people->teams) all.push_back(team.name);
        const parsers::KnownName known = parsers::known_name("technician or team", typed, all);
        if (known.name.empty()) return complain("#assign: " + known.complaint);
        if (parsers::contains(people, known.name)) {
            return add(AssignOrder{{}, known.name}, "assigned to " + known.name);
        }
        return add(AssignOrder{known.name, {}}, "assigned to the team " + known.name);
    }

    std::optional<std::string> exact_priority(std::string_view typed) const {
        for (const Priority& one : words_.priorities) {
            if (parsers::equal_ignoring_case(one.id, typed)) return one.id;
        }
        return std::nullopt;
    }

    std::string priority(std::string_view rest) {
        if (rest.empty()) return complain("#priority: say which");
        std::string_view behind = rest;
        const std::string_view first = take_word(behind);
        if (const auto known = exact_priority(first)) {
            return add(PriorityOrder{*known, std::string{behind}}, "priority " + *known);
        }
        std::vector<std::string> names;
        for (const Priority& one : words_.priorities) {
            if (parsers::equal_ignoring_case(one.name, rest)) {
                return add(PriorityOrder{one.id, {}}, "priority " + one.id);
            }
            names.push_back(one.id);
        }
        const parsers::KnownName known = parsers::known_name("priority", rest, names);
        if (known.name.empty()) return complain("#priority: " + known.complaint);
        return add(PriorityOrder{known.name, {}}, "priority " + known.name);
    }

    std::string due(std::string_view rest) {
        const auto spoken = parse_spoken_time(rest, words_.style);
        const auto instant =
            spoken ? instant_to_come(*spoken, words_.calendar, words_.now) : std::nullopt;
        if (!instant) {
            return complain("#due: " + parsers::in_quotes(rest) +
                            " is no instant; say \"thursday 12:00\", \"3 Dec 12:00\" or "
                            "\"2026-12-03 12:00\"");
        }
        return add(AgreeOrder{TimerKind::resolution, *instant},
                   "to be solved by " + moment_for_log(words_.calendar, *instant));
    }

    std::string tags(std::string_view rest, bool adds) {
        std::vector<std::string> names;
        while (!rest.empty()) {
            std::string_view word = take_word(rest);
            while (!word.empty() && (word.front() == '#' || word.front() == ','))
                word.remove_prefix(1);
            while (!word.empty() && word.back() == ',') word.remove_suffix(1);
            if (!word.empty()) names.emplace_back(word);
        }
        if (names.empty()) return complain(adds ? "#tag: say which" : "#untag: say which");
        for (const std::string& name : names) {
            found_.orders.push_back(adds ? TagOrder{name, {}} : TagOrder{{}, name});
        }
        return (adds ? "tagged " : "no more tagged ") + parsers::joined(names, ", ");
    }

    std::string merge(std::string_view rest) {
        const std::string whole{rest};
        take(rest, "into");
        if (rest.ends_with(']')) rest.remove_suffix(1);
        if (const std::size_t hash = rest.rfind('#'); hash != std::string_view::npos) {
            rest.remove_prefix(hash + 1);
        }
        rest = parsers::trimmed(rest);
        std::int64_t number = 0;
        const char* const end = rest.data() + rest.size();
        const auto [stop, error] = std::from_chars(rest.data(), end, number);
        if (error != std::errc{} || stop != end || number <= 0) {
            return complain("#merge: " + parsers::in_quotes(whole) +
                            " is no number of a ticket, as in #merge 1042");
        }
        return add(MergeOrder{TicketId{number}}, "merged into ticket " + std::to_string(number));
    }

    std::string requester(std::string_view rest) {
        std::string text{rest};
        // How HTML is made text: "ann@hill.example <mailto:ann@hill.example>".
        if (const std::size_t link = text.find("<mailto:"); link != std::string::npos) {
            text.erase(link + 1, 7);
        }
        for (parsers::Address& one : parsers::parse_address_list(text)) {
            if (!parsers::is_sendable(one.address)) continue;
            if (one.name == one.address) one.name.clear();
            const std::string address = one.address;
            return add(RequesterOrder{std::move(one)}, "asked for by " + address);
        }
        return complain("#requester: " + parsers::in_quotes(rest) + " is no mail address");
    }

    template <class Order>
    std::size_t count() const {
        return static_cast<std::size_t>(
            std::count_if(found_.orders.begin(), found_.orders.end(),
                          [](const DeskOrder& one) { return std::holds_alternative<Order>(one); }));
    }

    /// What each line alone does not tell.
    void check_the_whole() {
        const auto once = [this](std::size_t found, const char* what) {
            if (found > 1)
                found_.complaints.push_back(std::string{what} + " is said more than once");
        };
        once(count<StatusOrder>() + count<SpamOrder>() + count<ReopenOrder>(), "the status");
        once(count<PriorityOrder>(), "the priority");
        once(count<AgreeOrder>(), "the instant");
        once(count<MergeOrder>(), "#merge");
        once(count<RequesterOrder>(), "the requester");
        const bool alone = found_.orders.size() + (found_.asks_for_help ? 1 : 0) == 1;
        if (count<UndoOrder>() > 0 && !alone) {
            found_.complaints.emplace_back("#undo stands alone, without other orders");
        }
        if (found_.asks_for_help && !found_.orders.empty()) {
            found_.complaints.emplace_back("#help stands alone, without other orders");
        }
    }

    const OrderWords& words_;
    MailOrders found_ = {};
    std::string complaint_ = {};  // about the line that is being read
};

}  // namespace

MailOrders read_mail_orders(std::string_view text, const OrderWords& words) {
    return OrderReader{words}.read(text);
}

bool opens_ticket(const parsers::Message& message) {
    const OrderedText parts = split_orders(
        message.reply_text, [](std::string_view name) { return verb_of(name).has_value(); });
    return std::any_of(parts.orders.begin(), parts.orders.end(), [](const OrderLine& line) {
        return verb_of(line.name) == Verb::new_ticket;
    });
}

}  // namespace bellhop::rules
