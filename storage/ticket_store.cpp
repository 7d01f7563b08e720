#include "storage/ticket_store.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"
#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include "storage/json_text.hpp"
#include "storage/search.hpp"
#include "storage/stored_words.hpp"
#include "storage/ticket_row.hpp"

namespace bellhop::storage {
namespace {

constexpr const char* merged_into = "merged_into";
constexpr int most_merges = 1000;  // one after the other; a circle, which nothing makes, ends
constexpr std::size_t most_searched = 20'000;  // tickets, where those of a span are wanted
constexpr std::int64_t max_sightings = 10;     // tickets with one msg-id: more is a broken mailer

#define MESSAGES                                                                                  \
    "SELECT m.id, ticket, direction, dated_at, from_name, from_address, recipients, message_id, " \
    "subject, text, reply_length, reply_text, h.sha256, r.sha256, kind, evidence, defects, "      \
    "proof, standing, proof_reason "                                                              \
    "FROM messages m LEFT JOIN blobs h ON h.id = m.html LEFT JOIN blobs r ON r.id = m.raw "

std::vector<rules::Ticket> all_of(Statement query) {
    std::vector<rules::Ticket> tickets;
    while (query.step()) tickets.push_back(ticket_of(query));
    return tickets;
}

std::string text_of(const std::optional<rules::ProofLevel>& proof) {
    return proof ? std::string{rules::to_text(*proof)} : std::string{};
}

std::vector<StoredAttachment> attachments_of(Database& database, rules::MessageId message) {
    Statement row = database.prepare(
        "SELECT filename, content_type, a.size, sha256, disposition, content_id "
        "FROM attachments a JOIN blobs ON blobs.id = a.blob WHERE message = ?1 ORDER BY position",
        message);
    std::vector<StoredAttachment> attachments;
    while (row.step()) {
        attachments.push_back({row.text(0), row.text(1), static_cast<std::uint64_t>(row.integer(2)),
                               parsers::hex(row.text(3)), disposition_of(row.text(4)),
                               row.text(5)});
    }
    return attachments;
}

StoredMessage message_of(Database& database, const Statement& row) {
    StoredMessage message;
    message.id = row.id<rules::MessageId>(0);
    message.ticket = row.id<rules::TicketId>(1);
    message.direction = direction_of(row.text(2));
    message.at = row.instant(3);
    message.from = {row.text(4), row.text(5)};
    message.to = texts_of_json(row.text(6));
    message.message_id = row.text(7);
    message.subject = row.text(8);
    message.text = row.text(9);
    message.reply_text = row.is_null(10)
                             ? row.text(11)
                             : message.text.substr(0, static_cast<std::size_t>(row.integer(10)));
    message.html_sha256 = parsers::hex(row.text(12));
    message.raw_sha256 = parsers::hex(row.text(13));
    message.kind = kind_of(row.text(14));
    message.evidence = evidence_of(pairs_of_json(row.text(15)));
    message.defects = defects_of(pairs_of_json(row.text(16)));
    message.author = {rules::proof_level_named(row.text(17)).value_or(rules::ProofLevel::unknown),
                      rules::standing_named(row.text(18)).value_or(rules::Standing::himself),
                      row.text(19)};
    message.attachments = attachments_of(database, message.id);
    return message;
}

void add_attachments(Database& database,
                     rules::MessageId message,
                     const std::vector<StoredAttachment>& attachments) {
    const BlobStore blobs{database};
    std::int64_t position = 0;
    for (const StoredAttachment& attachment : attachments) {
        database
            .prepare(
                "INSERT INTO attachments (message, position, filename, content_type, size, "
                "blob, disposition, content_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                message, position++, attachment.filename, attachment.content_type,
                static_cast<std::int64_t>(attachment.size), blobs.reference(attachment.sha256),
                name_of(attachment.disposition), attachment.content_id)
            .run();
    }
}

/// Our own automatic mails all say the same words: found, they would hide what people wrote.
bool is_searched(const StoredMessage& message) {
    return message.direction != Direction::out || message.kind == parsers::MessageKind::human;
}

/// The ticket whose number has been typed: "1042" or "#1042".
std::optional<rules::TicketId> number_in(std::string_view query) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = query.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return std::nullopt;
    query = query.substr(begin, query.find_last_not_of(blanks) - begin + 1);
    if (query.starts_with('#')) query.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(query.begin(), query.end(), number);
    if (error != std::errc{} || end != query.end()) return std::nullopt;
    return rules::TicketId{number};
}

}  // namespace

TicketStore::TicketStore(Database& database) : database_(database) {}

rules::TicketId TicketStore::open(const rules::Ticket& ticket) {
    database_
        .prepare(
            "INSERT INTO tickets (subject, requester_name, requester_address, status, "
            "priority, team, assignee, school, category, tags, restricted, mailbox, "
            "opened_at, cycle, reopened, participants, requester_proof) VALUES (?1, ?2, ?3, ?4, "
            "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            ticket.subject, ticket.requester.name, ticket.requester.address, ticket.status,
            ticket.priority, ticket.team, ticket.assignee, ticket.school, ticket.category,
            to_json(ticket.tags), ticket.restricted, ticket.mailbox, ticket.opened_at, ticket.cycle,
            ticket.reopened, to_json(ticket.participants), text_of(ticket.requester_proof))
        .run();
    return rules::TicketId{database_.last_insert_rowid()};
}

std::optional<rules::Ticket> TicketStore::find(rules::TicketId id) const {
    Statement query = database_.prepare(SELECT_TICKETS "WHERE id = ?1", id);
    if (!query.step()) return std::nullopt;
    return ticket_of(query);
}

void TicketStore::update(const rules::Ticket& ticket) {
    database_
        .prepare(
            "UPDATE tickets SET subject = ?2, requester_name = ?3, requester_address = ?4, "
            "status = ?5, priority = ?6, team = ?7, assignee = ?8, school = ?9, "
            "category = ?10, tags = ?11, restricted = ?12, mailbox = ?13, cycle = ?14, "
            "reopened = ?15, participants = ?16, requester_proof = ?17 WHERE id = ?1",
            ticket.id, ticket.subject, ticket.requester.name, ticket.requester.address,
            ticket.status, ticket.priority, ticket.team, ticket.assignee, ticket.school,
            ticket.category, to_json(ticket.tags), ticket.restricted, ticket.mailbox, ticket.cycle,
            ticket.reopened, to_json(ticket.participants), text_of(ticket.requester_proof))
        .run();
    if (database_.changes() == 0) {
        const auto number = static_cast<std::int64_t>(ticket.id);
        throw DatabaseError(DatabaseFault::other, "there is no ticket " + std::to_string(number));
    }
}

rules::MessageId TicketStore::add_message(const StoredMessage& message) {
    const BlobStore blobs{database_};
    const bool begins_text = message.text.starts_with(message.reply_text);
    std::optional<std::int64_t> reply_length;
    std::optional<std::string_view> reply_text;
    if (begins_text) {
        reply_length = static_cast<std::int64_t>(message.reply_text.size());
    } else {
        reply_text = message.reply_text;
    }
    AtomicWrite write{database_};
    database_
        .prepare(
            "INSERT INTO messages (ticket, direction, dated_at, from_name, from_address, "
            "recipients, message_id, subject, text, reply_length, reply_text, html, raw, "
            "kind, evidence, defects, proof, standing, proof_reason) VALUES (?1, ?2, ?3, ?4, ?5, "
            "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
            message.ticket, name_of(message.direction), message.at, message.from.name,
            message.from.address, to_json(message.to), message.message_id, message.subject,
            message.text, reply_length, reply_text, blobs.reference(message.html_sha256),
            blobs.reference(message.raw_sha256), name_of(message.kind),
            to_json(pairs_of(message.evidence)), to_json(pairs_of(message.defects)),
            rules::to_text(message.author.proof), rules::to_text(message.author.standing),
            message.author.reason)
        .run();
    const rules::MessageId id{database_.last_insert_rowid()};
    add_attachments(database_, id, message.attachments);
    if (is_searched(message)) index_later(database_, id);
    write.commit();
    return id;
}

std::vector<StoredMessage> TicketStore::messages(rules::TicketId id) const {
    Statement query = database_.prepare(MESSAGES "WHERE ticket = ?1 ORDER BY dated_at, m.id", id);
    std::vector<StoredMessage> messages;
    while (query.step()) messages.push_back(message_of(database_, query));
    return messages;
}

std::optional<StoredMessage> TicketStore::find_message(rules::MessageId id) const {
    Statement query = database_.prepare(MESSAGES "WHERE m.id = ?1", id);
    if (!query.step()) return std::nullopt;
    return message_of(database_, query);
}

void TicketStore::record(rules::TicketId id, const rules::TicketEvent& event) {
    database_
        .prepare(
            "INSERT INTO events (ticket, dated_at, type, actor, detail, fields) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            id, event.at, event.type.text(), event.actor, event.detail, to_json(event.values))
        .run();
}

std::vector<rules::TicketEvent> TicketStore::events(rules::TicketId id) const {
    Statement query = database_.prepare(
        "SELECT dated_at, type, actor, detail, fields FROM events WHERE ticket = ?1 ORDER BY id",
        id);
    std::vector<rules::TicketEvent> events;
    while (query.step()) {
        events.push_back({query.instant(0), rules::EventType::stored(query.text(1)), query.text(2),
                          query.text(3), pairs_of_json(query.text(4))});
    }
    return events;
}

std::vector<LoggedEvent> TicketStore::events_after(std::int64_t number, std::size_t limit) const {
    Statement query = database_.prepare(
        "SELECT id, ticket, dated_at, type, actor, detail, fields FROM events WHERE id > ?1 "
        "ORDER BY id LIMIT ?2",
        number, static_cast<std::int64_t>(limit));
    std::vector<LoggedEvent> events;
    while (query.step()) {
        events.push_back({query.integer(0),
                          query.id<rules::TicketId>(1),
                          {query.instant(2), rules::EventType::stored(query.text(3)), query.text(4),
                           query.text(5), pairs_of_json(query.text(6))}});
    }
    return events;
}

void TicketStore::link(rules::TicketId from, rules::TicketId to, const std::string& kind) {
    database_
        .prepare(
            "INSERT INTO ticket_links (ticket, other, kind) VALUES (?1, ?2, ?3) "
            "ON CONFLICT DO NOTHING",
            from, to, kind)
        .run();
}

std::vector<TicketLink> TicketStore::links(rules::TicketId id) const {
    Statement query = database_.prepare(
        "SELECT other, kind FROM ticket_links WHERE ticket = ?1 ORDER BY other, kind", id);
    std::vector<TicketLink> links;
    while (query.step()) links.push_back({query.id<rules::TicketId>(0), query.text(1)});
    return links;
}

std::vector<TicketLink> TicketStore::linked_from(rules::TicketId id) const {
    Statement query = database_.prepare(
        "SELECT ticket, kind FROM ticket_links WHERE other = ?1 ORDER BY ticket, kind", id);
    std::vector<TicketLink> links;
    while (query.step()) links.push_back({query.id<rules::TicketId>(0), query.text(1)});
    return links;
}

void TicketStore::merge(rules::TicketId from, rules::TicketId into) {
    ensure(current(into) != from);
    AtomicWrite write{database_};
    database_.prepare("UPDATE messages SET ticket = ?2 WHERE ticket = ?1", from, into).run();
    link(from, into, merged_into);
    write.commit();
}

rules::TicketId TicketStore::current(rules::TicketId id) const {
    for (int hops = 0; hops < most_merges; ++hops) {
        Statement query = database_.prepare(
            "SELECT other FROM ticket_links WHERE ticket = ?1 AND kind = ?2", id, merged_into);
        if (!query.step()) break;
        id = query.id<rules::TicketId>(0);
    }
    return id;
}

std::vector<MessageIdSighting> TicketStore::sightings(const std::string& message_id) const {
    std::vector<MessageIdSighting> sightings;
    if (message_id.empty()) return sightings;
    Statement query = database_.prepare(
        "SELECT ticket, from_address FROM messages WHERE message_id = ?1 AND message_id <> '' "
        "ORDER BY id LIMIT ?2",
        message_id, max_sightings);
    while (query.step()) {
        sightings.push_back({query.id<rules::TicketId>(0), parsers::address_key(query.text(1))});
    }
    return sightings;
}

std::vector<rules::TicketId> TicketStore::not_closed(rules::TicketId after,
                                                     std::size_t limit) const {
    // Those that are worked on and those that wait to be closed, each by an index of its own.
    Statement query = database_.prepare(
        "SELECT id FROM tickets WHERE status NOT IN ('resolved', 'closed') AND id > ?1 "
        "UNION ALL SELECT id FROM tickets WHERE status = 'resolved' AND id > ?1 "
        "ORDER BY id LIMIT ?2",
        after, static_cast<std::int64_t>(limit));
    std::vector<rules::TicketId> ids;
    while (query.step()) ids.push_back(query.id<rules::TicketId>(0));
    return ids;
}

std::vector<rules::Ticket> TicketStore::opened_since(std::chrono::sys_seconds since,
                                                     std::size_t limit) const {
    return opened_between(since, std::chrono::sys_seconds::max(), limit);
}

std::vector<rules::Ticket> TicketStore::opened_between(std::chrono::sys_seconds since,
                                                       std::chrono::sys_seconds until,
                                                       std::size_t limit) const {
    std::vector<rules::Ticket> tickets =
        all_of(database_.prepare(SELECT_TICKETS "WHERE opened_at BETWEEN ?1 AND ?2 "
                                                "ORDER BY opened_at DESC, id DESC LIMIT ?3",
                                 since, until, static_cast<std::int64_t>(limit)));
    std::reverse(tickets.begin(), tickets.end());
    return tickets;
}

bool TicketStore::index_messages(std::size_t most) {
    return index_some(database_, most);
}

bool TicketStore::has_to_index() const {
    return storage::has_to_index(database_);
}

std::size_t TicketStore::waiting_for_index() const {
    return storage::waiting_for_index(database_);
}

std::size_t TicketStore::not_searched() const {
    return storage::not_searched(database_);
}

std::vector<SearchHit> TicketStore::search(std::string_view query,
                                           std::size_t limit,
                                           const SearchSpan& span) const {
    std::vector<SearchHit> hits;
    if (limit == 0) return hits;
    const std::optional<rules::TicketId> number = number_in(query);
    if (number) {
        if (std::optional<rules::Ticket> ticket = find(*number)) {
            hits.push_back({*std::move(ticket), {}});
        }
    }
    const auto is_inside = [&span](const rules::Ticket& ticket) {
        return ticket.opened_at >= span.since && ticket.opened_at <= span.until;
    };
    const bool is_bounded = span.since != std::chrono::sys_seconds::min() ||
                            span.until != std::chrono::sys_seconds::max();
    const std::size_t looked_at = is_bounded ? std::max(limit, most_searched) : limit;
    for (const FoundTicket& found : find_anywhere(database_, query, looked_at)) {
        if (hits.size() == limit) break;
        if (found.ticket == number) continue;
        std::optional<rules::Ticket> ticket = find(found.ticket);
        if (ticket && is_inside(*ticket)) hits.push_back({*std::move(ticket), found.excerpt});
    }
    return hits;
}

}  // namespace bellhop::storage
