#include "daemon/orders/order_form.hpp"

#include <charconv>

#include "parsers/config/diagnostic.hpp"
#include "parsers/text/lists.hpp"
#include "parsers/text/utf8.hpp"
#include "rules/calendar/spoken_time.hpp"

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
    return {"until", "--until", what, WordKind::day};
}

std::optional<std::chrono::local_days> day_of(const OrderWords& words,
                                              std::string_view key,
                                              const OrderTime& time) {
    const auto spoken = rules::parse_spoken_time(of(words, key), time.style);
    return spoken ? rules::day_to_come(*spoken, time.calendar, time.now) : std::nullopt;
}

std::optional<std::chrono::sys_seconds> instant_of(const OrderWords& words,
                                                   std::string_view key,
                                                   const OrderTime& time) {
    const auto spoken = rules::parse_spoken_time(of(words, key), time.style);
    return spoken ? rules::instant_to_come(*spoken, time.calendar, time.now) : std::nullopt;
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
            [](const OrderWords& words, const OrderTime& time) -> DeskOrder {
                return rules::StatusOrder{of(words, "to"), of(words, "reason"),
                                          day_of(words, "until", time)};
            }};
}

OrderForm priority_form() {
    return {"priority",
            "set the priority",
            "priority 1042 P1 --reason \"the whole school\"",
            {as_required({"to", "PRIORITY", "as sla.toml has them"}), reason("why")},
            [](const OrderWords& words, const OrderTime&) -> DeskOrder {
                return rules::PriorityOrder{of(words, "to"), of(words, "reason")};
            }};
}

OrderForm assign_form() {
    return {"assign",
            "give it to a team or a person",
            "assign 1042 --to Tess",
            {{"team", "--team", "a team of people.toml"},
             {"person", "--to", "a technician of people.toml"}},
            [](const OrderWords& words, const OrderTime&) -> DeskOrder {
                return rules::AssignOrder{of(words, "team"), of(words, "person")};
            }};
}

OrderForm participant_form() {
    return {"participant",
            "say who takes part: gets copies of replies, may answer",
            "participant 1042 --add head@school.example",
            {{"add", "--add", "an address"}, {"remove", "--remove", "an address"}},
            [](const OrderWords& words, const OrderTime&) -> DeskOrder {
                return rules::ParticipantOrder{of(words, "add"), of(words, "remove")};
            }};
}

OrderForm reopen_form() {
    return {"reopen",
            "work on it again: its next cycle begins",
            "reopen 1042",
            {reason("why")},
            [](const OrderWords& words, const OrderTime&) -> DeskOrder {
                return rules::ReopenOrder{of(words, "reason")};
            }};
}

OrderForm due_form() {
    return {"due",
            "promise another instant than the target's",
            "due 1042 \"thursday 3pm\"",
            {as_required({"due", "WHEN",
                          "the instant agreed with the requester, on his clock: thursday, "
                          "3 Dec 12:00, 2026-11-02T15:00:00Z",
                          WordKind::instant}),
             as_choice({"timer", "--timer", "response or resolution (default)"},
                       {"response", "resolution"})},
            [](const OrderWords& words, const OrderTime& time) -> DeskOrder {
                return rules::AgreeOrder{of(words, "timer") == "response"
                                             ? rules::TimerKind::response
                                             : rules::TimerKind::resolution,
                                         instant_of(words, "due", time).value()};
            }};
}

OrderForm merge_form() {
    return {"merge",
            "make it a part of another ticket, for ever",
            "merge 1043 1042",
            {as_required({"into", "INTO", "the number of the other", WordKind::ticket})},
            [](const OrderWords& words, const OrderTime&) -> DeskOrder {
                return rules::MergeOrder{read_ticket_number(of(words, "into")).value()};
            }};
}

OrderForm requester_form() {
    return {"requester",
            "say whose ticket it is",
            "requester 1042 ann@school.example",
            {as_required({"address", "ADDRESS", "who gets the answers from now on"}),
             {"name", "--name", "the person's name"}},
            [](const OrderWords& words, const OrderTime&) -> DeskOrder {
                return rules::RequesterOrder{{of(words, "name"), of(words, "address")}};
            }};
}

OrderForm tag_form() {
    return {"tag",
            "give it a tag, or take one off",
            "tag 1042 sims",
            {{"add", "TAG", "one word"}, {"remove", "--remove", "a tag that it has"}},
            [](const OrderWords& words, const OrderTime&) -> DeskOrder {
                return rules::TagOrder{of(words, "add"), of(words, "remove")};
            }};
}

OrderForm spam_form() {
    return {"spam",
            "close it without a word to anybody: nobody asks for help in it",
            "spam 1042",
            {reason("why")},
            [](const OrderWords& words, const OrderTime&) -> DeskOrder {
                return rules::SpamOrder{of(words, "reason")};
            }};
}

OrderForm undo_form() {
    return {"undo",
            "take back what you ordered last, as long as no mail of it has left",
            "undo 1042",
            {},
            [](const OrderWords&, const OrderTime&) -> DeskOrder { return rules::UndoOrder{}; }};
}

OrderForm new_form() {
    OrderForm form{"new",
                   "open a ticket for somebody who rang or came by",
                   "new --for ann@school.example --subject \"Projector dark\" --text \"Room 4\"",
                   {as_required({"for", "--for", "the address of whoever asks"}),
                    {"name", "--name", "the person's name"},
                    as_required({"subject", "--subject", "in a few words"}),
                    as_required({"text", "--text",
                                 "what was said; from standard input without it, or with \"-\"",
                                 WordKind::letter}),
                    {"priority", "--priority", "instead of what the rules say"},
                    {"team", "--team", "instead of what the rules say"},
                    {"person", "--to", "the technician who takes it"}}};
    form.new_ticket_of = [](const OrderWords& words) {
        return rules::NewTicketOrder{{of(words, "name"), of(words, "for")},
                                     of(words, "subject"),
                                     of(words, "text"),
                                     of(words, "priority"),
                                     of(words, "team"),
                                     of(words, "person")};
    };
    return form;
}

OrderForm reply_form() {
    OrderForm form{
        "reply",
        "write to the requester",
        "reply 1042 --text \"Which room?\" --status waiting_customer",
        {as_required({"text", "--text", "the words; from standard input without it, or with \"-\"",
                      WordKind::letter}),
         {"status", "--status", "the status that the ticket has then"},
         day_of_visit("the day of the visit that it waits for then"),
         {"requester_only", "--requester-only", "send no copies to the others who take part",
          WordKind::yes}},
        [](const OrderWords& words, const OrderTime& time) -> DeskOrder {
            return rules::ReplyOrder{of(words, "text"),
                                     of(words, "status"),
                                     words.contains("requester_only"),
                                     day_of(words, "until", time),
                                     {}};
        }};
    form.takes_files = true;
    return form;
}

OrderForm note_form() {
    return {"note",
            "add a note that only the desk reads",
            "note 1042 \"rang her\"",
            {as_required({"text", "TEXT", "the words; \"-\" reads them from standard input",
                          WordKind::letter})},
            [](const OrderWords& words, const OrderTime&) -> DeskOrder {
                return rules::NoteOrder{of(words, "text")};
            }};
}

std::string complaint_about(const OrderWord& word,
                            const std::string& value,
                            const OrderTime& time) {
    const std::size_t longest = word.kind == WordKind::letter ? longest_letter : longest_text;
    if (value.size() > longest) {
        return word.key + " is longer than " + std::to_string(longest) + " bytes";
    }
    if (!parsers::is_utf8(value)) return word.key + " is not UTF-8";
    const std::string quoted = parsers::in_quotes(value);
    const OrderWords alone{{word.key, value}};
    if (word.kind == WordKind::day && !day_of(alone, word.key, time)) {
        return word.key + ": " + quoted + " is no day to come such as thursday, 3 Dec, 2026-11-02";
    }
    if (word.kind == WordKind::instant && !instant_of(alone, word.key, time)) {
        return word.key + ": " + quoted +
               " is no time to come such as \"thursday 3pm\", \"3 Dec 12:00\"";
    }
    if (word.kind == WordKind::ticket && !read_ticket_number(value)) {
        return word.key + ": " + quoted + " is no number of a ticket";
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

std::optional<rules::TicketId> read_ticket_number(std::string_view text) {
    if (text.ends_with(']')) text.remove_suffix(1);
    if (const std::size_t hash = text.rfind('#'); hash != std::string_view::npos)
        text.remove_prefix(hash + 1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value <= 0) return {};
    return rules::TicketId{value};
}

const std::vector<OrderForm>& order_forms() {
    static const std::vector<OrderForm> forms{
        status_form(), priority_form(), assign_form(), participant_form(), reopen_form(),
        due_form(),    reply_form(),    note_form(),   new_form(),         requester_form(),
        merge_form(),  tag_form(),      spam_form(),   undo_form()};
    return forms;
}

const OrderForm* order_form(std::string_view name) {
    for (const OrderForm& one : order_forms()) {
        if (one.name == name) return &one;
    }
    return nullptr;
}

std::string complaint_about(const OrderForm& form, const OrderWords& words, const OrderTime& time) {
    for (const auto& [key, value] : words) {
        const OrderWord* word = form.word(key);
        if (word == nullptr) {
            return parsers::in_quotes(key) + " is no word of the order \"" + form.name + "\"";
        }
        if (std::string wrong = complaint_about(*word, value, time); !wrong.empty()) return wrong;
    }
    for (const OrderWord& word : form.words) {
        if (word.is_required && !words.contains(word.key)) return word.key + " is missing";
    }
    return {};
}

}  // namespace bellhop::daemon
