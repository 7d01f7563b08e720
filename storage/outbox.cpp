#include "storage/outbox.hpp"

#include <array>
#include <cstddef>
#include <string_view>

#include "storage/blob_store.hpp"
#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

constexpr std::array<std::string_view, 5> state_names{"queued", "sending", "sent", "failed",
                                                      "cancelled"};

OutboxState state_of(std::string_view name) {
    for (std::size_t index = 0; index < state_names.size(); ++index) {
        if (state_names[index] == name) return static_cast<OutboxState>(index);
    }
    throw DatabaseError(DatabaseFault::damaged,
                        "unknown state \"" + std::string{name} + "\" in the outbox");
}

rules::MailKind kind_of(const std::string& name) {
    if (const auto kind = rules::mail_kind_of(name)) return *kind;
    throw DatabaseError(DatabaseFault::damaged,
                        "unknown kind of mail \"" + name + "\" in the outbox");
}

#define OUTBOX_MAILS                                                                           \
    "SELECT id, ticket, kind, unique_key, message_id, envelope_sender, recipient, automatic, " \
    "created_at, next_attempt_at, expires_at, state, attempts, last_reply, sent_at, bytes "    \
    "FROM outbox "

OutboxMail mail_of(const Statement& row) {
    OutboxMail mail;
    mail.id = row.id<OutboxId>(0);
    mail.ticket = row.optional_id<rules::TicketId>(1);
    mail.kind = kind_of(row.text(2));
    mail.unique_key = row.text(3);
    mail.message_id = row.text(4);
    mail.envelope_sender = row.text(5);
    mail.recipient = row.text(6);
    mail.automatic = row.integer(7) != 0;
    mail.created_at = row.instant(8);
    mail.next_attempt_at = row.instant(9);
    mail.expires_at = row.instant(10);
    mail.state = state_of(row.text(11));
    mail.attempts = static_cast<int>(row.integer(12));
    mail.last_reply = row.text(13);
    mail.sent_at = row.optional_instant(14);
    return mail;
}

OutboxMail mail_with_bytes(Database& database, const Statement& row) {
    OutboxMail mail = mail_of(row);
    mail.bytes = BlobStore{database}.get(row.id<BlobId>(15));
    return mail;
}

std::vector<OutboxMail> all_of(Statement query) {
    std::vector<OutboxMail> mails;
    while (query.step()) mails.push_back(mail_of(query));
    return mails;
}

}  // namespace

std::string to_string(OutboxState state) {
    return std::string{state_names.at(static_cast<std::size_t>(state))};
}

Outbox::Outbox(Database& database) : database_(database) {}

std::optional<OutboxId> Outbox::enqueue(const OutboxMail& mail) {
    AtomicWrite write{database_};
    std::optional<std::string> unique_key;
    if (!mail.unique_key.empty()) {
        unique_key = mail.unique_key;
        Statement taken =
            database_.prepare("SELECT 1 FROM outbox WHERE unique_key = ?1", unique_key);
        if (taken.step()) return std::nullopt;
    }
    BlobStore blobs{database_};
    const std::string sha256 = blobs.put(mail.bytes);
    database_
        .prepare(
            "INSERT INTO outbox (ticket, kind, unique_key, message_id, envelope_sender, "
            "recipient, bytes, automatic, created_at, next_attempt_at, expires_at, state, "
            "attempts, last_reply, sent_at) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'queued', 0, '', NULL)",
            mail.ticket, name_of(mail.kind), unique_key, mail.message_id, mail.envelope_sender,
            mail.recipient, blobs.find(sha256), mail.automatic, mail.created_at,
            mail.next_attempt_at, mail.expires_at)
        .run();
    const OutboxId id{database_.last_insert_rowid()};
    write.commit();
    return id;
}

/// A restored database sends nothing before its mailboxes have been read again: what they hold may
/// make it pointless.
bool Outbox::is_held() const {
    return database_.prepare("SELECT 1 FROM unread_since_restore LIMIT 1").step();
}

std::vector<OutboxMail> Outbox::due(std::chrono::sys_seconds now, std::size_t limit) const {
    if (is_held()) return {};
    Statement query = database_.prepare(OUTBOX_MAILS
                                        "WHERE state = 'queued' AND next_attempt_at <= ?1 "
                                        "ORDER BY next_attempt_at, id LIMIT ?2",
                                        now, static_cast<std::int64_t>(limit));
    std::vector<OutboxMail> mails;
    while (query.step()) mails.push_back(mail_with_bytes(database_, query));
    return mails;
}

std::optional<std::chrono::sys_seconds> Outbox::next_due() const {
    if (is_held()) return std::nullopt;
    Statement query =
        database_.prepare("SELECT min(next_attempt_at) FROM outbox WHERE state = 'queued'");
    return query.step() ? query.optional_instant(0) : std::nullopt;
}

std::vector<OutboxId> Outbox::claim(const std::vector<OutboxId>& ids) {
    AtomicWrite write{database_};
    std::vector<OutboxId> claimed;
    for (const OutboxId id : ids) {
        database_
            .prepare(
                "UPDATE outbox SET state = 'sending', attempts = attempts + 1 "
                "WHERE id = ?1 AND state = 'queued'",
                id)
            .run();
        if (database_.changes() > 0) claimed.push_back(id);
    }
    write.commit();
    return claimed;
}

void Outbox::accepted(OutboxId id, std::chrono::sys_seconds at, const std::string& reply) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'sent', sent_at = ?2, last_reply = ?3 "
            "WHERE id = ?1 AND state = 'sending'",
            id, at, reply)
        .run();
}

void Outbox::deferred(OutboxId id,
                      std::chrono::sys_seconds next_attempt,
                      const std::string& reply) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'queued', next_attempt_at = ?2, last_reply = ?3 "
            "WHERE id = ?1 AND state = 'sending'",
            id, next_attempt, reply)
        .run();
}

void Outbox::failed(OutboxId id, const std::string& reply) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'failed', last_reply = ?2 "
            "WHERE id = ?1 AND state = 'sending'",
            id, reply)
        .run();
}

std::size_t Outbox::recover(std::chrono::sys_seconds now) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'queued', next_attempt_at = ?1 "
            "WHERE state = 'sending' AND state <> 'sent'",
            now)
        .run();
    return static_cast<std::size_t>(database_.changes());
}

bool Outbox::retry(OutboxId id, std::chrono::sys_seconds now) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'queued', next_attempt_at = ?2, "
            "expires_at = max(expires_at, ?2 + expires_at - created_at) "
            "WHERE id = ?1 AND state IN ('queued', 'failed', 'cancelled')",
            id, now)
        .run();
    return database_.changes() > 0;
}

bool Outbox::cancel(OutboxId id, const std::string& reason) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'cancelled', last_reply = ?2 "
            "WHERE id = ?1 AND state = 'queued'",
            id, reason)
        .run();
    return database_.changes() > 0;
}

std::vector<OutboxMail> Outbox::list(std::optional<OutboxState> state, std::size_t limit) const {
    const auto most = static_cast<std::int64_t>(limit);
    if (!state) return all_of(database_.prepare(OUTBOX_MAILS "ORDER BY id DESC LIMIT ?1", most));
    // Nearly all mails are sent: those are met at once on the way back through the table, and the
    // others have an index of their own.
    if (*state == OutboxState::sent) {
        return all_of(
            database_.prepare(OUTBOX_MAILS "WHERE state = 'sent' ORDER BY id DESC LIMIT ?1", most));
    }
    return all_of(database_.prepare(
        OUTBOX_MAILS "WHERE state = ?1 AND state <> 'sent' ORDER BY id DESC LIMIT ?2",
        to_string(*state), most));
}

std::vector<OutboxMail> Outbox::of_ticket(rules::TicketId ticket) const {
    return all_of(database_.prepare(OUTBOX_MAILS "WHERE ticket = ?1 ORDER BY id", ticket));
}

std::optional<OutboxMail> Outbox::find(OutboxId id) const {
    Statement query = database_.prepare(OUTBOX_MAILS "WHERE id = ?1", id);
    if (!query.step()) return std::nullopt;
    return mail_with_bytes(database_, query);
}

std::optional<OutboxMail> Outbox::find_by_message_id(const std::string& message_id) const {
    if (message_id.empty()) return std::nullopt;
    Statement query =
        database_.prepare(OUTBOX_MAILS "WHERE message_id = ?1 ORDER BY id LIMIT 1", message_id);
    if (!query.step()) return std::nullopt;
    return mail_of(query);
}

std::size_t Outbox::automatic_mails_to(const std::string& recipient,
                                       std::chrono::sys_seconds since) const {
    Statement query = database_.prepare(
        "SELECT count(*) FROM outbox WHERE recipient = ?1 AND automatic = 1 "
        "AND created_at >= ?2 AND state IN ('queued', 'sending', 'sent')",
        recipient, since);
    return query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
}

}  // namespace bellhop::storage
