#include "storage/past_mails.hpp"

#include <utility>

#include "storage/database.hpp"
#include "storage/json_text.hpp"
#include "storage/stored_words.hpp"

namespace bellhop::storage {
namespace {

#define RECEIVED                                                                              \
    "SELECT m.id, m.ticket, m.dated_at, m.kind, m.raw, m.id = (SELECT min(id) FROM messages " \
    "WHERE ticket = m.ticket AND direction = 'in'), m.pieces FROM messages m "                \
    "WHERE m.direction = 'in' "

ReceivedMail mail_of(const Statement& row) {
    return {row.id<rules::MessageId>(0),
            row.id<rules::TicketId>(1),
            row.instant(2),
            kind_of(row.text(3)),
            row.optional_id<BlobId>(4),
            row.integer(5) != 0,
            pieces_of(texts_of_json(row.text(6)))};
}

std::vector<rules::TicketId> tickets_of(Statement query) {
    std::vector<rules::TicketId> tickets;
    while (query.step()) tickets.push_back(query.id<rules::TicketId>(0));
    return tickets;
}

}  // namespace

std::int64_t PastMails::count(std::chrono::sys_seconds since) const {
    Statement query = database_.prepare(
        "SELECT count(*) FROM messages WHERE direction = 'in' AND dated_at >= ?1", since);
    query.step();
    return query.integer(0);
}

std::vector<ReceivedMail> PastMails::received(std::chrono::sys_seconds since,
                                              const std::optional<ReceivedMail>& after,
                                              std::size_t limit) const {
    const ReceivedMail last = after.value_or(ReceivedMail{rules::MessageId{-1}, {}, since});
    Statement query = database_.prepare(
        RECEIVED "AND (m.dated_at, m.id) > (?1, ?2) ORDER BY m.dated_at, m.id LIMIT ?3", last.at,
        last.id, static_cast<std::int64_t>(limit));
    std::vector<ReceivedMail> mails;
    while (query.step()) mails.push_back(mail_of(query));
    return mails;
}

std::optional<ReceivedMail> PastMails::first_of(rules::TicketId ticket) const {
    Statement query = database_.prepare(RECEIVED "AND m.ticket = ?1 ORDER BY m.id LIMIT 1", ticket);
    if (!query.step()) return std::nullopt;
    return mail_of(query);
}

std::vector<rules::TicketId> PastMails::tickets_with_mail(std::chrono::sys_seconds since) const {
    return tickets_of(database_.prepare(
        "SELECT DISTINCT ticket FROM messages WHERE direction = 'in' AND dated_at >= ?1 "
        "ORDER BY ticket",
        since));
}

std::vector<rules::TicketId> PastMails::tickets_alive(std::chrono::sys_seconds since,
                                                      std::chrono::sys_seconds until) const {
    return tickets_of(database_.prepare(
        "SELECT id FROM tickets WHERE opened_at < ?2 AND (status NOT IN ('resolved', 'closed') "
        "OR id IN (SELECT ticket FROM events WHERE dated_at >= ?1)) ORDER BY id",
        since, until));
}

}  // namespace bellhop::storage
