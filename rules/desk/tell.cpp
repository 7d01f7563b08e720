#include "rules/desk/tell.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "parsers/header/address.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/desk/tell_words.hpp"
#include "rules/mail/answer_mail.hpp"
#include "rules/mail/greeting_name.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

using Names = std::vector<std::string>;

constexpr int low_rating = 2;  // of 5: somebody should ask what went wrong
constexpr std::string_view agent = "agent ";

/// Something to be told, before it is known whom.
struct Cause {
    Occasion occasion = Occasion::notified;
    Names whom = {};  ///< who was named: by a rule, as the approver, as the writer
    Names also = {};  ///< besides those of [tell]
    std::string words = {};
    std::string why = {};
    bool wants_reader = false;  ///< somebody else has to read it, whoever [tell] names
};

/// Whether a technician has done it: he works on the ticket, and so do those who look at it.
bool is_by_technician(std::string_view actor, const Staff& staff) {
    if (!actor.starts_with(agent)) return false;
    const std::string_view name = actor.substr(agent.size());
    return staff.people == nullptr || staff.people->technician(name) != nullptr;
}

/// Reads the causes off what was decided, in its order.
class CauseReader {
public:
    CauseReader(const Happening& happening, const Staff& staff)
        : happening_(happening), staff_(staff) {}

    std::vector<Cause> read() && {
        for (const Action& action : happening_.actions) std::visit(*this, action);
        if (has_reply_ && !is_courtesy_) add_reply();
        if (has_note_) add_note();
        if (!happening_.before) say_that_it_is_new();
        return std::move(causes_);
    }

    void operator()(const OpenTicket& action) {
        const bool waits = action.ticket.status == status::waiting_approval;
        const bool is_top = action.ticket.priority == happening_.top_priority;
        if (waits && !is_top && !action.ticket.restricted) return;
        Cause& cause = add(Occasion::new_ticket);
        cause.also = {action.ticket.assignee};
        const bool has_clock = !action.ticket.priority.empty() || happening_.top_priority.empty();
        if (!has_clock && !action.ticket.restricted) {
            cause.words = nothing_asked_words(happening_.actor_name);
        } else if (brings_it_for(action.ticket.requester)) {
            const parsers::Address& requester = action.ticket.requester;
            const std::string name =
                requester.name.empty() ? requester.address : spoken_name(requester.name);
            cause.words = passed_on_words(harmless_line(name), happening_.actor_name);
        }
    }
    void operator()(const Reopen& action) {
        Cause& cause = add(Occasion::reopened, action.reason);
        if (action.actor != "gateway") cause.words = again_words(happening_.actor_name);
    }
    void operator()(const SetField& action) {
        if (action.to.empty()) return;
        if (action.field == TicketField::assignee) add(Occasion::assigned, action.reason);
        // Whoever has it already still has it; the new team has not heard of it yet.
        if (action.field == TicketField::team && happening_.before && !sets_assignee()) {
            Cause& cause = add(Occasion::assigned, action.reason);
            cause.whom = {action.to};
            cause.words = team_words(happening_.actor_name);
        }
    }
    void operator()(const SetStatus& action) {
        const bool waited =
            happening_.before && happening_.before->status == status::waiting_approval;
        if (!waited || action.actor == "gateway" || action.to == status::waiting_approval) return;
        const bool is_over = action.to == status::resolved || action.to == status::closed;
        add(is_over ? Occasion::refused : Occasion::approved, action.reason);
    }
    void operator()(const Record& action) {
        const TicketEvent& entry = action.event;
        if (action.other) return;
        has_reply_ = has_reply_ || entry.type == Event::customer_reply;
        has_note_ =
            has_note_ || (entry.type == Event::note && !is_by_technician(entry.actor, staff_));
        is_courtesy_ = is_courtesy_ || entry.type == Event::thanks || entry.type == Event::survey;
        if (entry.type == Event::survey) {
            const std::string_view rating = value_of(entry, "rating");
            if (!rating.empty() && rating.front() - '0' <= low_rating) {
                add(Occasion::complaint).words = rating_words(happening_.actor_name, rating);
            }
        }
    }
    void operator()(const Notify& action) {
        Cause& cause = add(action.occasion);
        cause.whom = action.whom;
        cause.why = action.reason;
        // The reason of a rule is its name, which is for the log only.
        const bool is_sentence = action.occasion != Occasion::notified && !action.reason.empty();
        if (is_sentence) cause.words = action.reason;
    }
    template <class Other>
    void operator()(const Other& /*tells nobody*/) {}

private:
    Cause& add(Occasion occasion, const std::string& reason = {}) {
        Cause& cause = causes_.emplace_back();
        cause.occasion = occasion;
        cause.words = occasion_words(occasion, happening_.actor_name, reason);
        cause.why = reason;
        return cause;
    }

    /// A technician forwards a mail, a web form names who asks.
    bool brings_it_for(const parsers::Address& requester) const {
        return happening_.actor.find('@') != std::string::npos && !requester.address.empty() &&
               parsers::address_key(happening_.actor) != parsers::address_key(requester.address);
    }

    /// The manager hears of the complaint; whoever works on it of the answer.
    void add_reply() {
        const bool complains = std::any_of(causes_.begin(), causes_.end(), [](const Cause& one) {
            return one.occasion == Occasion::complaint;
        });
        Cause& cause = add(Occasion::customer_replied);
        if (complains) cause.words = complaining_words(happening_.actor_name);
    }

    void say_that_it_is_new() {
        for (Cause& cause : causes_) {
            if (cause.occasion != Occasion::chased) continue;
            cause.words = asked_before_words(happening_.actor_name);
        }
    }

    /// A head or a manager who was told of the ticket writes back: nobody's request, and whoever
    /// works on it has to know.
    void add_note() {
        Cause& cause = add(Occasion::customer_replied);
        cause.words = note_words(happening_.actor_name);
        cause.wants_reader = true;
    }

    bool sets_assignee() const {
        return std::any_of(
            happening_.actions.begin(), happening_.actions.end(), [](const Action& one) {
                const auto* set = std::get_if<SetField>(&one);
                return set != nullptr && set->field == TicketField::assignee && !set->to.empty();
            });
    }

    const Happening& happening_;
    const Staff& staff_;
    std::vector<Cause> causes_ = {};
    bool has_reply_ = false;
    bool has_note_ = false;
    bool is_courtesy_ = false;
};

/// Finds the people, and keeps whom has been told.
class Teller {
public:
    Teller(const Happening& happening, const Staff& staff)
        : happening_(happening), staff_(staff), table_(table_of(staff)) {
        mark_actor();
        for (const Action& action : happening.actions) {
            if (const auto* notify = std::get_if<Notify>(&action)) add_failing(notify->failing);
        }
    }

    Tidings tell(std::vector<Cause> causes) && {
        std::stable_sort(causes.begin(), causes.end(),
                         [](const Cause& a, const Cause& b) { return a.occasion < b.occasion; });
        for (Cause& cause : causes) tell_of(cause);
        return std::move(tidings_);
    }

private:
    static TellTable table_of(const Staff& staff) {
        return staff.people == nullptr ? TellTable{} : staff.people->tell;
    }

    void mark_actor() {
        done_.insert(parsers::address_key(happening_.actor));
        if (!happening_.actor.starts_with(agent) || staff_.people == nullptr) return;
        const std::string name = happening_.actor.substr(agent.size());
        for (const std::string& address : staff_.people->addresses_of(name)) {
            done_.insert(parsers::address_key(address));
        }
    }

    /// Passed over, as if they had no address: whoever comes after them hears of it.
    void add_failing(const Names& addresses) {
        for (const std::string& one : addresses) {
            staff_.failing.push_back(parsers::address_key(one));
        }
    }

    void tell_of(Cause& cause) {
        News news;
        news.occasion = cause.occasion;
        const Names addresses = addresses_for(cause);
        if (addresses.empty() && cause.occasion == Occasion::undelivered) {
            tidings_.unreached.emplace_back("whoever is to hear of it");
        }
        add_untold(addresses, news);
        const bool is_unread = news.to.empty() && tidings_.news.empty() && cause.wants_reader;
        if (is_unread) add_untold(colleagues(staff_, happening_.after), news);
        if (is_unread && news.to.empty()) add_untold(staff_addresses_of("manager"), news);
        if (news.to.empty()) return;
        news.words = std::move(cause.words);
        news.why = std::move(cause.why);
        news.is_grave =
            happening_.after.restricted || (!happening_.top_priority.empty() &&
                                            happening_.after.priority == happening_.top_priority);
        tidings_.news.push_back(std::move(news));
    }

    void add_untold(const Names& addresses, News& news) {
        for (const std::string& address : addresses) {
            if (!done_.insert(parsers::address_key(address)).second) continue;
            news.to.push_back(address);
            mark_members(address);
        }
    }

    Names addresses_for(const Cause& cause) {
        const bool is_of_rule = cause.occasion == Occasion::notified;
        const bool is_by_table = !is_of_rule && !entry_of(cause.occasion).tell.empty();
        Names words = is_by_table ? table_.whom(cause.occasion) : cause.whom;
        // A new team hears of it where anybody is told of what is given to him.
        if (cause.occasion == Occasion::assigned && !cause.whom.empty() && !words.empty()) {
            words = cause.whom;
        }
        Names addresses;
        for (const std::string& word : words) add(addresses, reached(word, cause));
        for (const std::string& name : cause.also) {
            if (!name.empty() && !words.empty()) add(addresses, staff_addresses_of(name));
        }
        return addresses;
    }

    /// Whom a word means; the team or the manager where it means nobody.
    Names reached(const std::string& word, const Cause& cause) {
        const bool is_named = word == approver_word || word == writer_word;
        Names found;
        for (const std::string& name : is_named ? cause.whom : Names{word}) {
            add(found, staff_addresses_of(name));
        }
        if (!found.empty()) return found;
        if (cause.occasion == Occasion::notified) {
            tidings_.unreached.push_back(word);
            return {};
        }
        return staff_addresses_of(word == approver_word ? "team" : "assignee");
    }

    Names staff_addresses_of(const std::string& name) const {
        return staff_addresses(staff_, happening_.after, {name});
    }

    static void add(Names& addresses, const Names& more) {
        addresses.insert(addresses.end(), more.begin(), more.end());
    }

    /// Who reads the team's own mailbox need not read it twice.
    void mark_members(const std::string& address) {
        if (staff_.people == nullptr) return;
        const std::string key = parsers::address_key(address);
        for (const Team& team : staff_.people->teams) {
            if (parsers::address_key(team.address) != key) continue;
            for (const std::string& member : staff_.people->members_of(team.name)) {
                done_.insert(parsers::address_key(member));
            }
        }
    }

    const Happening& happening_;
    Staff staff_;
    TellTable table_;
    std::set<std::string> done_ = {};  // keys of who is told already, or has done it
    Tidings tidings_ = {};
};

std::optional<MessageId> message_of(const TicketEvent& entry) {
    const std::string_view text = value_of(entry, "message");
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{}) return std::nullopt;
    return MessageId{number};
}

/// One person after the other.
std::vector<PendingNews> pending_of(const TicketEvent& entry, Occasion occasion) {
    PendingNews one;
    one.key = value_of(entry, "key");
    one.occasion = occasion;
    one.words = value_of(entry, "words");
    one.is_grave = value_of(entry, "grave") == "yes";
    one.message = message_of(entry);
    one.at = entry.at;
    if (occasion == Occasion::late && value_of(entry, "breach").empty()) {
        one.until = parse_instant(value_of(entry, "due"));
    }
    std::vector<PendingNews> all;
    std::string_view list = value_of(entry, "to");
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(", "), list.size());
        one.to = list.substr(0, end);
        all.push_back(one);
        list.remove_prefix(std::min(end + 2, list.size()));
    }
    return all;
}

}  // namespace

Tidings news_of(const Happening& happening, const Staff& staff) {
    return Teller{happening, staff}.tell(CauseReader{happening, staff}.read());
}

TicketEvent news_event(const News& news,
                       std::size_t number,
                       std::optional<MessageId> message,
                       std::chrono::sys_seconds now) {
    const std::string name{entry_of(news.occasion).name};
    const std::string addresses = parsers::joined(news.to, ", ");
    TicketEvent entry{now, Event::news, "gateway", name + ": to be told to " + addresses, {}};
    if (!news.why.empty()) entry.detail += ", " + news.why;
    entry.values = {{"key", "news/" + std::to_string(number)},
                    {"occasion", name},
                    {"to", addresses},
                    {"words", news.words}};
    if (news.is_grave) entry.values.emplace_back("grave", "yes");
    if (message) {
        entry.values.emplace_back("message", std::to_string(static_cast<std::int64_t>(*message)));
    }
    return entry;
}

std::vector<PendingNews> pending_news(const std::vector<TicketEvent>& log) {
    std::set<std::pair<std::string, std::string>> told;
    for (const TicketEvent& entry : log) {
        if (entry.type != Event::told) continue;
        told.emplace(std::string{value_of(entry, "key")}, std::string{value_of(entry, "to")});
    }
    std::vector<PendingNews> pending;
    for (const TicketEvent& entry : log) {
        if (entry.type != Event::news && entry.type != Event::notice) continue;
        // A notice of an older version has been told where it was written down.
        const auto occasion = occasion_of(value_of(entry, "occasion"));
        if (!occasion) continue;
        for (PendingNews& one : pending_of(entry, *occasion)) {
            if (!told.contains({one.key, one.to})) pending.push_back(std::move(one));
        }
    }
    return pending;
}

const char* why_no_news(Occasion occasion, const std::string& status, const StatusRules& statuses) {
    using enum Occasion;
    if (occasion == approval_wanted && status != status::waiting_approval) {
        return "no more: it waits for approval no longer";
    }
    constexpr std::array asks_for_work{late,        chased,      reopened,   assigned,
                                       handed_back, still_waits, new_ticket, customer_replied};
    const bool is_work = parsers::contains(asks_for_work, occasion);
    const bool is_done = clock_of(statuses, status) == ClockMode::stop;
    return is_work && is_done ? "no more: it is resolved" : nullptr;
}

std::size_t news_count(const std::vector<TicketEvent>& log) {
    return static_cast<std::size_t>(
        std::count_if(log.begin(), log.end(),
                      [](const TicketEvent& entry) { return entry.type == Event::news; }));
}

TicketEvent told_event(const PendingNews& news,
                       const std::string& how,
                       std::chrono::sys_seconds now) {
    return {now, Event::told, "gateway", news.to + " " + how, {{"key", news.key}, {"to", news.to}}};
}

}  // namespace bellhop::rules
