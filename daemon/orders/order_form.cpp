#include "daemon/orders/order_form.hpp"

#include "parsers/config/diagnostic.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/opening_hours.hpp"

namespace bellhop::daemon {
namespace {

using rules::DeskOrder;

constexpr std::size_t longest_text = 1000;           // bytes of a reason, a name, a status
constexpr std::size_t longest_letter = 1024 * 1024;  // bytes of a reply or a note

std::string of(const OrderWords& words, std::string_view key) {
    const auto found = words.find(key);
    return found == words.end() ? std::string{} : found->second;
}

OrderWord as_required(OrderWord word) {
    word.is_required = true;
    return word;
}

OrderWord as_choice(OrderWord word, std::vector<std::string> choices) {
    word.kind = WordKind::choice;
    word.choices = std::move(choices);
    return word;
}

OrderWord day_of_visit(const char* what) {
    return {"until", "--until", what, WordKind::date};
}

OrderWord reason(const char* what) {
    return {"reason", "--reason", what};
}

OrderForm status_form() {
    return {"status",
            "set the status",
            "status 1042 resolved --reason \"a new lamp\"",
            {as_required(
                 {"to", "STATUS", "open, waiting_customer, resolved, ... as sla.toml has them"}),
             reason("why; the requester reads what is waited for, or what was done"),
             day_of_visit("the day of the visit that it waits for")},
            [](const OrderWords& words) -> DeskOrder {
                return rules::StatusOrder{of(words, "to"), of(words, "reason"),
                                          rules::parse_date(of(words, "until"))};
            }};
}

OrderForm priority_form() {
    return {"priority",
            "set the priority",
            "priority 1042 P1 --reason \"the whole school\"",
            {as_required({"to", "PRIORITY", "as sla.toml has them"}), reason("why")},
            [](const OrderWords& words) -> DeskOrder {
                return rules::PriorityOrder{of(words, "to"), of(words, "reason")};
            }};
}

OrderForm assign_form() {
    return {"assign",
            "give it to a team or a person",
            "assign 1042 --to Tess",
            {{"team", "--team", "a team of people.toml"},
             {"person", "--to", "a technician of people.toml"}},
            [](const OrderWords& words) -> DeskOrder {
                return rules::AssignOrder{of(words, "team"), of(words, "person")};
            }};
}

OrderForm participant_form() {
    return {"participant",
            "say who takes part: gets copies of replies, may answer",
            "participant 1042 --add head@school.example",
            {{"add", "--add", "an address"}, {"remove", "--remove", "an address"}},
            [](const OrderWords& words) -> DeskOrder {
                return rules::ParticipantOrder{of(words, "add"), of(words, "remove")};
            }};
}

OrderForm reopen_form() {
    return {"reopen",
            "work on it again: its next cycle begins",
            "reopen 1042",
            {reason("why")},
            [](const OrderWords& words) -> DeskOrder {
                return rules::ReopenOrder{of(words, "reason")};
            }};
}

OrderForm agree_form() {
    return {"agree",
            "promise another instant than the target's",
            "agree 1042 --due 2026-11-02T15:00:00Z",
            {as_choice({"timer", "--timer", "response or resolution (default)"},
                       {"response", "resolution"}),
             as_required({"due", "--due", "the instant agreed with the requester, RFC 3339",
                          WordKind::instant})},
            [](const OrderWords& words) -> DeskOrder {
                return rules::AgreeOrder{of(words, "timer") == "response"
                                             ? rules::TimerKind::response
                                             : rules::TimerKind::resolution,
                                         rules::parse_instant(of(words, "due")).value()};
            }};
}

OrderForm reply_form() {
    return {
        "reply",
        "write to the requester",
        "reply 1042 --text \"Which room?\" --status waiting_customer",
        {as_required({"text", "--text", "the words; from standard input without it, or with \"-\"",
                      WordKind::letter}),
         {"status", "--status", "the status that the ticket has then"},
         day_of_visit("the day of the visit that it waits for then"),
         {"requester_only", "--requester-only", "send no copies to the others who take part",
          WordKind::yes}},
        [](const OrderWords& words) -> DeskOrder {
            return rules::ReplyOrder{of(words, "text"), of(words, "status"),
                                     words.contains("requester_only"),
                                     rules::parse_date(of(words, "until"))};
        }};
}

OrderForm note_form() {
    return {
        "note",
        "add a note that only the desk reads",
        "note 1042 \"rang her\"",
        {as_required(
            {"text", "TEXT", "the words; \"-\" reads them from standard input", WordKind::letter})},
        [](const OrderWords& words) -> DeskOrder { return rules::NoteOrder{of(words, "text")}; }};
}

std::string complaint_about(const OrderWord& word, const std::string& value) {
    const std::size_t longest = word.kind == WordKind::letter ? longest_letter : longest_text;
    if (value.size() > longest) {
        return word.key + " is longer than " + std::to_string(longest) + " bytes";
    }
    if (!parsers::is_utf8(value)) return word.key + " is not UTF-8";
    const std::string quoted = parsers::in_quotes(value);
    if (word.kind == WordKind::date && !rules::parse_date(value)) {
        return word.key + ": " + quoted + " is no date such as 2026-11-02";
    }
    if (word.kind == WordKind::instant && !rules::parse_instant(value)) {
        return word.key + ": " + quoted + " is no instant such as 2026-11-02T15:00:00Z";
    }
    if (word.kind == WordKind::choice && !parsers::contains(word.choices, value)) {
        return word.key + ": " + quoted + " is none of: " + parsers::joined(word.choices, ", ");
    }
    if (word.kind == WordKind::yes && value != "yes") return word.key + " is said or not said";
    return {};
}

}  // namespace

const OrderWord* OrderForm::word(std::string_view key) const {
    for (const OrderWord& one : words) {
        if (one.key == key) return &one;
    }
    return nullptr;
}

const std::vector<OrderForm>& order_forms() {
    static const std::vector<OrderForm> forms{status_form(),      priority_form(), assign_form(),
                                              participant_form(), reopen_form(),   agree_form(),
                                              reply_form(),       note_form()};
    return forms;
}

const OrderForm* order_form(std::string_view name) {
    for (const OrderForm& one : order_forms()) {
        if (one.name == name) return &one;
    }
    return nullptr;
}

std::string complaint_about(const OrderForm& form, const OrderWords& words) {
    for (const auto& [key, value] : words) {
        const OrderWord* word = form.word(key);
        if (word == nullptr) {
            return parsers::in_quotes(key) + " is no word of the order \"" + form.name + "\"";
        }
        if (std::string wrong = complaint_about(*word, value); !wrong.empty()) return wrong;
    }
    for (const OrderWord& word : form.words) {
        if (word.is_required && !words.contains(word.key)) return word.key + " is missing";
    }
    return {};
}

}  // namespace bellhop::daemon
