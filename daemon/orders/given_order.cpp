#include "daemon/orders/given_order.hpp"

#include <charconv>
#include <utility>

#include "daemon/work/desk_work.hpp"
#include "parsers/config/diagnostic.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using parsers::in_quotes;
using Result = boost::system::result<GivenOrder, std::string>;

constexpr std::size_t most_members = 32;   // of an order as JSON
constexpr std::size_t longest_name = 200;  // bytes of who gives it, and of the ticket

Result refused(std::string why) {
    return {boost::system::in_place_error, std::move(why)};
}

std::string unknown_order(std::string_view name) {
    std::vector<std::string> known;
    for (const OrderForm& form : order_forms()) known.push_back(form.name);
    std::string text = "there is no order " + in_quotes(name) + "; there are: ";
    text += parsers::joined(known, ", ");
    const std::string near = parsers::nearest(name, known);
    return near.empty() ? text : text + "; did you mean " + in_quotes(near) + "?";
}

/// The value of a member, as words have it; nothing where it is no value of a word.
std::optional<std::string> word_in(const json::value& value) {
    if (value.is_string()) return std::string{value.get_string()};
    if (value.is_int64()) return std::to_string(value.get_int64());
    if (value.is_bool()) return value.get_bool() ? "yes" : "";
    return std::nullopt;
}

void put(GivenOrder& given, std::string_view key, std::string value) {
    if (key == "order") {
        given.name = std::move(value);
    } else if (key == "ticket") {
        given.ticket = std::move(value);
    } else if (key == "by") {
        given.by = std::move(value);
    } else if (!value.empty()) {
        given.words[std::string{key}] = std::move(value);
    }
}

/// Reads words one after the other, as a shell has split them.
class WordReader {
public:
    explicit WordReader(const std::vector<std::string>& words) : words_(words) {}

    Result read() {
        if (words_.empty()) return refused("an order is missing");
        given_.name = words_.front();
        form_ = order_form(given_.name);
        if (form_ == nullptr) return refused(unknown_order(given_.name));
        for (at_ = 1; at_ < words_.size() && complaint_.empty(); ++at_) take(words_[at_]);
        if (complaint_.empty() && given_.ticket.empty()) complaint_ = "the ticket is missing";
        if (!complaint_.empty()) return refused(std::move(complaint_));
        return std::move(given_);
    }

private:
    void take(const std::string& word) {
        if (only_places_ || !word.starts_with("--")) {
            take_place(word);
        } else if (word == "--") {
            only_places_ = true;
        } else {
            take_option(word);
        }
    }

    /// A word by its place: the ticket first.
    void take_place(const std::string& word) {
        if (given_.ticket.empty()) {
            given_.ticket = word;
            return;
        }
        for (const OrderWord& one : form_->words) {
            if (one.name.starts_with("--") || given_.words.contains(one.key)) continue;
            given_.words[one.key] = word;
            return;
        }
        complaint_ = in_quotes(word) + " is one word too many; does a quote miss?";
    }

    void take_option(const std::string& word) {
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const OrderWord* known = option(name);
        if (known == nullptr && name != "--as") {
            complaint_ = "the order \"" + form_->name + "\" has no " + in_quotes(name);
        } else if (known != nullptr && known->kind == WordKind::yes) {
            if (equals == std::string::npos) {
                given_.words[known->key] = "yes";
            } else {
                complaint_ = name + " has no value";
            }
        } else if (equals == std::string::npos && at_ + 1 == words_.size()) {
            complaint_ = name + " has no value";
        } else {
            put(given_, known != nullptr ? known->key : "by",
                equals == std::string::npos ? words_[++at_] : word.substr(equals + 1));
        }
    }

    const OrderWord* option(std::string_view name) const {
        for (const OrderWord& one : form_->words) {
            if (one.name == name) return &one;
        }
        return nullptr;
    }

    const std::vector<std::string>& words_;
    std::size_t at_ = 0;
    const OrderForm* form_ = nullptr;
    GivenOrder given_ = {};
    std::string complaint_ = {};
    bool only_places_ = false;
};

const OrderWord* letter_of(const GivenOrder& given) {
    const OrderForm* form = order_form(given.name);
    if (form == nullptr) return nullptr;
    for (const OrderWord& word : form->words) {
        if (word.kind == WordKind::letter) return &word;
    }
    return nullptr;
}

}  // namespace

std::optional<rules::TicketId> read_ticket_number(std::string_view text) {
    if (text.ends_with(']')) text.remove_suffix(1);
    if (const std::size_t hash = text.rfind('#'); hash != std::string_view::npos)
        text.remove_prefix(hash + 1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value <= 0) return {};
    return rules::TicketId{value};
}

json::object to_json(const GivenOrder& given) {
    json::object object{{"order", given.name}, {"ticket", given.ticket}};
    if (!given.by.empty()) object["by"] = given.by;
    const OrderForm* form = order_form(given.name);
    for (const auto& [key, value] : given.words) {
        const OrderWord* word = form != nullptr ? form->word(key) : nullptr;
        if (word != nullptr && word->kind == WordKind::yes) {
            object[key] = value == "yes";
        } else {
            object[key] = value;
        }
    }
    return object;
}

Result read_order(const json::value& json) {
    if (!json.is_object()) return refused("an order is a JSON object");
    if (json.get_object().size() > most_members) return refused("an order has too many words");
    GivenOrder given;
    for (const auto& [key, value] : json.get_object()) {
        auto word = word_in(value);
        if (!word) return refused(in_quotes(key) + " is neither a text nor true or false");
        put(given, key, *std::move(word));
    }
    if (order_form(given.name) == nullptr) return refused(unknown_order(given.name));
    if (given.ticket.size() > longest_name) return refused("ticket is too long");
    if (given.by.size() > longest_name) return refused("by is too long");
    return given;
}

Result read_order(const std::vector<std::string>& words) {
    return WordReader{words}.read();
}

bool lacks_letter(const GivenOrder& given) {
    const OrderWord* letter = letter_of(given);
    if (letter == nullptr) return false;
    const auto found = given.words.find(letter->key);
    return found == given.words.end() || found->second == "-";
}

void set_letter(GivenOrder& given, std::string text) {
    if (const OrderWord* letter = letter_of(given)) given.words[letter->key] = std::move(text);
}

boost::system::result<rules::Ticket, std::string> carry_out(const Filing& filing,
                                                            const GivenOrder& given,
                                                            const std::string& actor) {
    const OrderForm* form = order_form(given.name);
    if (form == nullptr) return unknown_order(given.name);
    if (std::string wrong = complaint_about(*form, given.words); !wrong.empty()) return wrong;
    const auto ticket = read_ticket_number(given.ticket);
    if (!ticket || !filing.store.tickets.find(*ticket)) {
        return "no ticket " + in_quotes(given.ticket);
    }
    return carry_out(filing, *ticket, form->order_of(given.words), actor);
}

}  // namespace bellhop::daemon
