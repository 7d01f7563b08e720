#include "daemon/orders/given_order.hpp"

#include <utility>

#include "daemon/work/desk_work.hpp"
#include "daemon/work/new_ticket.hpp"
#include "parsers/config/diagnostic.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using parsers::in_quotes;
using Result = boost::system::result<GivenOrder, std::string>;

constexpr std::size_t most_members = 32;   // of an order as JSON
constexpr std::size_t longest_name = 200;  // bytes of who gives it, and of the ticket
constexpr std::size_t most_bytes_of_files = 100'000'000;  // of one order; servers take less

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

/// "files": [{"name": "plan.pdf", "size": 1234}]
bool read_files(const json::value& value, std::vector<rules::AttachedFile>& files) {
    if (!value.is_array() || value.get_array().size() > most_files) return false;
    std::size_t total = 0;
    for (const json::value& one : value.get_array()) {
        const auto* object = one.if_object();
        const json::value* name = object != nullptr ? object->if_contains("name") : nullptr;
        const json::value* size = object != nullptr ? object->if_contains("size") : nullptr;
        if (name == nullptr || size == nullptr || !name->is_string() || !size->is_int64()) {
            return false;
        }
        const std::int64_t bytes = size->get_int64();
        if (bytes < 0 || static_cast<std::size_t>(bytes) > most_bytes_of_files) return false;
        total += static_cast<std::size_t>(bytes);
        if (total > most_bytes_of_files || name->get_string().size() > longest_name) return false;
        files.push_back(
            {std::string{name->get_string()}, std::string(static_cast<std::size_t>(bytes), '\0')});
    }
    return true;
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
        if (complaint_.empty() && given_.ticket.empty() && !form_->opens_ticket()) {
            complaint_ = "the ticket is missing";
        }
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
        if (given_.ticket.empty() && !form_->opens_ticket()) {
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
    json::array files;
    for (const rules::AttachedFile& file : given.files) {
        files.push_back(
            {{"name", file.name}, {"size", static_cast<std::int64_t>(file.bytes.size())}});
    }
    if (!files.empty()) object["files"] = std::move(files);
    return object;
}

std::string take_files(GivenOrder& given, std::string_view body) {
    std::size_t announced = 0;
    for (const rules::AttachedFile& file : given.files) announced += file.bytes.size();
    if (announced != body.size()) {
        return "the files have " + std::to_string(announced) + " bytes, but " +
               std::to_string(body.size()) + " came";
    }
    for (rules::AttachedFile& file : given.files) {
        file.bytes = body.substr(0, file.bytes.size());
        body.remove_prefix(file.bytes.size());
    }
    return {};
}

std::string bytes_of_files(const GivenOrder& given) {
    std::string bytes;
    for (const rules::AttachedFile& file : given.files) bytes += file.bytes;
    return bytes;
}

Result read_order(const json::value& json) {
    if (!json.is_object()) return refused("an order is a JSON object");
    if (json.get_object().size() > most_members) return refused("an order has too many words");
    GivenOrder given;
    for (const auto& [key, value] : json.get_object()) {
        if (key == "files") {
            if (read_files(value, given.files)) continue;
            return refused("\"files\" is no list of at most " + std::to_string(most_files) +
                           " names and sizes");
        }
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
    const auto number = form->opens_ticket() ? std::nullopt : read_ticket_number(given.ticket);
    const auto ticket =
        number ? filing.store.tickets.find(filing.store.tickets.current(*number)) : std::nullopt;
    if (!ticket && !form->opens_ticket()) return "no ticket " + in_quotes(given.ticket);
    const std::string school = ticket ? ticket->school : std::string{};
    const OrderTime time{calendar_of(filing.desk, school), word_style_of(filing.desk, school),
                         filing.now};
    if (std::string wrong = complaint_about(*form, given.words, time); !wrong.empty()) return wrong;
    if (!given.files.empty() && !form->takes_files) {
        return "the order \"" + form->name + "\" takes no files";
    }
    if (form->opens_ticket()) return open_ticket(filing, form->new_ticket_of(given.words), actor);
    rules::DeskOrder order = form->order_of(given.words, time);
    if (auto* reply = std::get_if<rules::ReplyOrder>(&order)) reply->files = given.files;
    return carry_out(filing, ticket->id, order, actor);
}

}  // namespace bellhop::daemon
