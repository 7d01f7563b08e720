#include "daemon/view/output.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "parsers/header/domain_name.hpp"
#include "parsers/text/ensure.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

std::tm utc(std::chrono::sys_seconds instant) {
    return fmt::gmtime(static_cast<std::time_t>(instant.time_since_epoch().count()));
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

/// U+0080 to U+009F, as UTF-8: some terminals obey them.
bool is_c1(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]) == 0xc2 && at + 1 < text.size() &&
           static_cast<unsigned char>(text[at + 1]) < 0xa0;
}

const char* name_of(storage::Direction direction) {
    switch (direction) {
        case storage::Direction::in:
            return "in";
        case storage::Direction::out:
            return "out";
        case storage::Direction::note:
            return "note";
    }
    never_reached();
}

void put(json::object& object, std::string_view key, const std::string& value) {
    if (!value.empty()) object[key] = value;
}

}  // namespace

std::string short_time(std::chrono::sys_seconds instant) {
    return fmt::format("{:%Y-%m-%d %H:%M}", utc(instant));
}

std::string_view word_of(parsers::MessageKind kind) {
    switch (kind) {
        case parsers::MessageKind::human:
            return "human";
        case parsers::MessageKind::automatic:
            return "automatic";
        case parsers::MessageKind::bounce:
            return "bounce";
    }
    never_reached();
}

std::string_view word_of(parsers::EvidenceGrade grade) {
    switch (grade) {
        case parsers::EvidenceGrade::weak:
            return "weak";
        case parsers::EvidenceGrade::medium:
            return "medium";
        case parsers::EvidenceGrade::strong:
            return "strong";
    }
    never_reached();
}

std::string_view word_of(parsers::Disposition disposition) {
    return disposition == parsers::Disposition::attachment ? "attachment" : "inline";
}

std::string display(const parsers::Address& address) {
    const std::string shown = parsers::readable_address(address.address);
    if (address.name.empty()) return shown;
    return shown.empty() ? address.name : address.name + " <" + shown + ">";
}

json::array to_json(const std::vector<std::string>& words) {
    return json::array(words.begin(), words.end());
}

json::array to_json(const std::vector<parsers::Evidence>& evidence) {
    json::array list;
    for (const auto& [signal, grade] : evidence) {
        list.push_back(json::object{{"signal", signal}, {"grade", word_of(grade)}});
    }
    return list;
}

json::array to_json(const std::vector<parsers::Defect>& defects) {
    json::array list;
    for (const auto& [code, text] : defects) {
        list.push_back(json::object{{"code", code}, {"text", text}});
    }
    return list;
}

json::object to_json(const parsers::Address& address) {
    json::object object;
    put(object, "name", address.name);
    put(object, "address", address.address);
    return object;
}

json::object to_json(const rules::Ticket& ticket) {
    json::object object{{"id", number(ticket.id)},
                        {"status", ticket.status},
                        {"priority", ticket.priority},
                        {"subject", ticket.subject},
                        {"requester", to_json(ticket.requester)}};
    put(object, "school", ticket.school);
    put(object, "team", ticket.team);
    put(object, "assignee", ticket.assignee);
    put(object, "category", ticket.category);
    put(object, "mailbox", ticket.mailbox);
    if (ticket.requester_proof) object["requester_proof"] = to_text(*ticket.requester_proof);
    object["participants"] = to_json(ticket.participants);
    object["tags"] = to_json(ticket.tags);
    object["restricted"] = ticket.restricted;
    object["opened_at"] = rules::to_text(ticket.opened_at);
    object["cycle"] = ticket.cycle;
    object["reopened"] = ticket.reopened;
    return object;
}

json::object to_json(const storage::StoredMessage& message) {
    json::array attachments;
    for (const storage::StoredAttachment& one : message.attachments) {
        json::object item{{"filename", one.filename},
                          {"content_type", one.content_type},
                          {"size", one.size},
                          {"sha256", one.sha256},
                          {"disposition", word_of(one.disposition)}};
        put(item, "content_id", one.content_id);
        attachments.push_back(std::move(item));
    }
    json::object object{{"id", static_cast<std::int64_t>(message.id)},
                        {"direction", name_of(message.direction)},
                        {"at", rules::to_text(message.at)},
                        {"from", to_json(message.from)},
                        {"to", to_json(message.to)},
                        {"kind", word_of(message.kind)}};
    put(object, "message_id", message.message_id);
    object["subject"] = message.subject;
    object["text"] = message.text;
    object["reply_text"] = message.reply_text;
    object["attachments"] = std::move(attachments);
    if (!message.author.reason.empty()) object["sender_proof"] = to_json(message.author);
    return object;
}

json::object to_json(const rules::Authorship& author) {
    return {{"level", to_text(author.proof)},
            {"because", author.reason},
            {"believed", author.standing == rules::Standing::himself}};
}

json::object to_json(const rules::TicketEvent& event) {
    json::object object{
        {"at", rules::to_text(event.at)}, {"type", event.type.text()}, {"actor", event.actor}};
    put(object, "reason", event.detail);
    for (const auto& [key, value] : event.values) object[key] = value;
    return object;
}

json::object to_json(const storage::OutboxMail& mail) {
    json::object object{{"id", static_cast<std::int64_t>(mail.id)}};
    if (mail.ticket) object["ticket"] = number(*mail.ticket);
    object["kind"] = name_of(mail.kind);
    object["state"] = to_string(mail.state);
    object["recipient"] = mail.recipient;
    object["message_id"] = mail.message_id;
    object["created_at"] = rules::to_text(mail.created_at);
    object["attempts"] = mail.attempts;
    if (mail.state == storage::OutboxState::queued)
        object["next_attempt_at"] = rules::to_text(mail.next_attempt_at);
    if (mail.sent_at) object["sent_at"] = rules::to_text(*mail.sent_at);
    put(object, "last_reply", mail.last_reply);
    return object;
}

json::object to_json(const storage::QuarantinedMail& mail) {
    json::object object{{"id", static_cast<std::int64_t>(mail.id)},
                        {"mailbox", mail.key.mailbox},
                        {"uidvalidity", mail.key.uidvalidity},
                        {"uid", mail.key.uid},
                        {"reason", mail.reason},
                        {"size", mail.size},
                        {"sha256", mail.raw_sha256},
                        {"at", rules::to_text(mail.at)}};
    if (mail.released_at) {
        object[mail.dropped.empty() ? "released_at" : "dropped_at"] =
            rules::to_text(*mail.released_at);
    }
    if (!mail.dropped.empty()) object["dropped"] = mail.dropped;
    return object;
}

json::object to_json(const storage::LedgerEntry& entry) {
    json::object object{{"mailbox", entry.key.mailbox},
                        {"uidvalidity", entry.key.uidvalidity},
                        {"uid", entry.key.uid},
                        {"outcome", to_string(entry.outcome)}};
    if (entry.ticket) object["ticket"] = number(*entry.ticket);
    put(object, "reason", entry.reason);
    put(object, "message_id", entry.message_id);
    object["at"] = rules::to_text(entry.at);
    object["processed"] = entry.processed;
    return object;
}

std::string on_one_line(std::string_view text, std::size_t width) {
    std::string line;
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool starts = (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
        if (starts && characters++ == width) return line + "…";
        if (is_c1(text, at)) {
            line += ' ';
            ++at;
        } else {
            line += is_control(text[at]) ? ' ' : text[at];
        }
    }
    return line;
}

std::string harmless_text(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_c1(text, at)) {
            ++at;
        } else if (!is_control(text[at]) || text[at] == '\n' || text[at] == '\t') {
            result += text[at];
        }
    }
    return result;
}

std::int64_t number(rules::TicketId id) {
    return static_cast<std::int64_t>(id);
}

}  // namespace bellhop::daemon
