#include "storage/outbox.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>

#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include "storage/facts.hpp"
#include "storage/json_text.hpp"

namespace bellhop::storage {
namespace {

constexpr const char* given_up_mark = "given up: ";  // begins the reply of what was given up
constexpr const char* asked = "outbox_retried";  // the fact that a person wants a mail to go now

// One that is refused again and again must not keep for days what came after it.
constexpr std::chrono::seconds longest_wait_for_others = std::chrono::hours{4};

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
    "created_at, next_attempt_at, expires_at, state, attempts, last_reply, sent_at, bytes, "   \
    "composed_at, until_at, letter, shown "                                                    \
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
    mail.composed_at = row.instant(16);
    mail.until = row.optional_instant(17);
    mail.letter = pairs_of_json(row.text(18));
    mail.shown = row.integer(19) != 0;
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
            "attempts, last_reply, sent_at, composed_at, until_at, letter, shown) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'queued', 0, '', NULL, ?12, "
            "?13, ?14, 0)",
            mail.ticket, name_of(mail.kind), unique_key, mail.message_id, mail.envelope_sender,
            mail.recipient, blobs.find(sha256), mail.automatic, mail.created_at,
            not_before_others(mail), mail.expires_at, mail.composed_at, mail.until,
            to_json(mail.letter))
        .run();
    const OutboxId id{database_.last_insert_rowid()};
    write.commit();
    return id;
}

/// When a new mail is due: not before an earlier one to the same reader about the same ticket,
/// which a server has put off.
std::chrono::sys_seconds Outbox::not_before_others(const OutboxMail& mail) const {
    if (!mail.ticket) return mail.next_attempt_at;
    Statement query = database_.prepare(
        "SELECT max(next_attempt_at) FROM outbox WHERE ticket = ?1 AND recipient = ?2 AND "
        "+state = 'queued'",
        mail.ticket, mail.recipient);
    const auto others = query.step() ? query.optional_instant(0) : std::nullopt;
    if (!others) return mail.next_attempt_at;
    return std::max(mail.next_attempt_at,
                    std::min(*others, mail.created_at + longest_wait_for_others));
}

/// A restored database sends nothing before its mailboxes have been read again: what they hold may
/// make it pointless.
bool Outbox::is_held() const {
    return database_.prepare("SELECT 1 FROM unread_since_restore LIMIT 1").step();
}

std::vector<OutboxMail> Outbox::due(std::chrono::sys_seconds now, std::size_t limit) const {
    std::vector<OutboxMail> mails;
    if (is_held()) return mails;
    std::set<std::pair<rules::TicketId, std::string>> readers;
    for (const bool automatic : {false, true}) {
        Statement query =
            database_.prepare(OUTBOX_MAILS
                              "WHERE state = 'queued' AND automatic = ?1 AND "
                              "next_attempt_at <= ?2 "
                              "ORDER BY next_attempt_at, id LIMIT ?3",
                              automatic, now, static_cast<std::int64_t>(limit - mails.size()));
        while (query.step()) {
            OutboxMail mail = mail_of(query);
            if (mail.ticket && !readers.emplace(*mail.ticket, mail.recipient).second) continue;
            mails.push_back(*find(mail.ticket ? first_before(mail, now) : mail.id));
        }
    }
    return mails;
}

/// The earliest mail about the same ticket to the same reader that is due, or this one.
OutboxId Outbox::first_before(const OutboxMail& mail, std::chrono::sys_seconds now) const {
    // The "+" keeps SQLite from the index of the states: a ticket has few mails, a state may have
    // many.
    Statement query = database_.prepare(
        "SELECT min(id) FROM outbox WHERE ticket = ?1 AND recipient = ?2 AND +state = 'queued' "
        "AND next_attempt_at <= ?3",
        mail.ticket, mail.recipient, now);
    const auto first = query.step() ? query.optional_id<OutboxId>(0) : std::nullopt;
    return std::min(first.value_or(mail.id), mail.id);
}

std::optional<std::chrono::sys_seconds> Outbox::next_due() const {
    std::optional<std::chrono::sys_seconds> earliest;
    if (is_held()) return earliest;
    for (const bool automatic : {false, true}) {
        Statement query = database_.prepare(
            "SELECT min(next_attempt_at) FROM outbox WHERE state = 'queued' AND automatic = ?1",
            automatic);
        const auto one = query.step() ? query.optional_instant(0) : std::nullopt;
        if (one && (!earliest || *one < *earliest)) earliest = one;
    }
    return earliest;
}

std::size_t Outbox::pull_back(std::chrono::sys_seconds now, std::chrono::sys_seconds latest) {
    std::size_t pulled = 0;
    for (const bool automatic : {false, true}) {
        database_
            .prepare(
                "UPDATE outbox SET next_attempt_at = ?1 "
                "WHERE state = 'queued' AND automatic = ?2 AND next_attempt_at > ?3",
                now, automatic, latest)
            .run();
        pulled += static_cast<std::size_t>(database_.changes());
    }
    return pulled;
}

std::vector<OutboxId> Outbox::claim(const std::vector<OutboxId>& ids) {
    AtomicWrite write{database_};
    std::vector<OutboxId> claimed;
    for (const OutboxId id : ids) {
        database_
            .prepare(
                "UPDATE outbox SET state = 'sending', attempts = attempts + 1, shown = 1 "
                "WHERE id = ?1 AND state = 'queued'",
                id)
            .run();
        if (database_.changes() > 0) claimed.push_back(id);
    }
    write.commit();
    return claimed;
}

void Outbox::release(const OutboxMail& mail) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'queued', attempts = ?2, shown = ?3 "
            "WHERE id = ?1 AND state = 'sending'",
            mail.id, static_cast<std::int64_t>(mail.attempts), mail.shown)
        .run();
}

bool Outbox::accepted(OutboxId id,
                      std::chrono::sys_seconds at,
                      const std::string& reply,
                      const std::string& envelope_sender) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'sent', sent_at = ?2, last_reply = ?3, "
            "envelope_sender = ?4 WHERE id = ?1 AND state = 'sending'",
            id, at, reply, envelope_sender)
        .run();
    return database_.changes() > 0;
}

bool Outbox::deferred(OutboxId id,
                      std::chrono::sys_seconds next_attempt,
                      const std::string& reply,
                      Exposure exposure) {
    AtomicWrite write{database_};
    database_
        .prepare(
            "UPDATE outbox SET state = 'queued', next_attempt_at = ?2, last_reply = ?3, "
            "shown = ?4 WHERE id = ?1 AND state = 'sending'",
            id, next_attempt, reply, exposure == Exposure::possible)
        .run();
    const bool is_there = database_.changes() > 0;
    // What came after it to the same reader stays behind it.
    database_
        .prepare(
            "UPDATE outbox SET next_attempt_at = max(next_attempt_at, min(?2, created_at + ?3)) "
            "WHERE ticket = (SELECT ticket FROM outbox WHERE id = ?1) AND "
            "recipient = (SELECT recipient FROM outbox WHERE id = ?1) AND "
            "id > ?1 AND +state = 'queued'",
            id, next_attempt, longest_wait_for_others.count())
        .run();
    write.commit();
    return is_there;
}

bool Outbox::failed(OutboxId id, const std::string& reply) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'failed', last_reply = ?2 "
            "WHERE id = ?1 AND state = 'sending'",
            id, reply)
        .run();
    return database_.changes() > 0;
}

bool Outbox::given_up(OutboxId id, const std::string& reply) {
    return failed(id, given_up_mark + reply);
}

bool Outbox::came_back(OutboxId id, const std::string& words) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'failed', last_reply = ?2 "
            "WHERE id = ?1 AND state IN ('sent', 'sending')",
            id, words)
        .run();
    return database_.changes() > 0;
}

std::size_t Outbox::recover(std::chrono::sys_seconds now) {
    // The second term follows from the first one: without it SQLite does not see that the index of
    // the unsent serves here.
    database_
        .prepare(
            "UPDATE outbox SET state = 'queued', next_attempt_at = ?1 "
            "WHERE state = 'sending' AND state <> 'sent'",
            now)
        .run();
    return static_cast<std::size_t>(database_.changes());
}

void Outbox::compose_anew(OutboxId id, const std::string& bytes, std::chrono::sys_seconds at) {
    AtomicWrite write{database_};
    Statement query = database_.prepare("SELECT bytes FROM outbox WHERE id = ?1", id);
    if (!query.step()) return;
    BlobStore{database_}.replace(query.id<BlobId>(0), bytes);
    database_.prepare("UPDATE outbox SET composed_at = ?2 WHERE id = ?1", id, at).run();
    write.commit();
}

bool Outbox::retry(OutboxId id, std::chrono::sys_seconds now) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'queued', next_attempt_at = ?2, "
            "expires_at = max(expires_at, ?2 + expires_at - created_at) "
            "WHERE id = ?1 AND state IN ('queued', 'failed', 'cancelled')",
            id, now)
        .run();
    if (database_.changes() == 0) return false;
    Facts{database_}.set(asked, std::to_string(now.time_since_epoch().count()) + " " +
                                    std::to_string(static_cast<std::int64_t>(id)));
    return true;
}

std::string Outbox::last_retry() const {
    return Facts{database_}.find(asked);
}

bool Outbox::cancel(OutboxId id, const std::string& reason) {
    database_
        .prepare(
            "UPDATE outbox SET state = 'cancelled', last_reply = ?2 "
            "WHERE id = ?1 AND state IN ('queued', 'failed')",
            id, reason)
        .run();
    return database_.changes() > 0;
}

std::vector<OutboxMail> Outbox::list(const OutboxFilter& filter) const {
    const auto most = static_cast<std::int64_t>(filter.limit);
    if (filter.states.empty()) {
        return all_of(database_.prepare(OUTBOX_MAILS "ORDER BY id DESC LIMIT ?1", most));
    }
    std::vector<OutboxMail> mails;
    for (const OutboxState state : filter.states) {
        for (OutboxMail& mail : of_state(state, most)) mails.push_back(std::move(mail));
    }
    std::sort(mails.begin(), mails.end(),
              [](const OutboxMail& left, const OutboxMail& right) { return left.id > right.id; });
    if (mails.size() > filter.limit) mails.resize(filter.limit);
    return mails;
}

std::vector<OutboxMail> Outbox::of_state(OutboxState state, std::int64_t most) const {
    // Nearly all mails are sent: those are met at once on the way back through the table, and the
    // others have an index of their own, which SQLite sees by the second term.
    if (state == OutboxState::sent) {
        return all_of(
            database_.prepare(OUTBOX_MAILS "WHERE state = 'sent' ORDER BY id DESC LIMIT ?1", most));
    }
    return all_of(database_.prepare(
        OUTBOX_MAILS "WHERE state = ?1 AND state <> 'sent' ORDER BY id DESC LIMIT ?2",
        to_string(state), most));
}

std::size_t Outbox::count(const std::vector<OutboxState>& states) const {
    const auto of = [this](OutboxState state) {
        Statement query =
            state == OutboxState::sent
                ? database_.prepare("SELECT count(*) FROM outbox WHERE state = 'sent'")
                : database_.prepare(
                      "SELECT count(*) FROM outbox WHERE state = ?1 AND state <> 'sent'",
                      to_string(state));
        return query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
    };
    std::size_t sum = 0;
    if (states.empty()) {
        for (std::size_t state = 0; state < state_names.size(); ++state) {
            sum += of(static_cast<OutboxState>(state));
        }
    }
    for (const OutboxState state : states) sum += of(state);
    return sum;
}

OutboxSummary Outbox::summary() const {
    OutboxSummary summary;
    Statement query = database_.prepare(
        "SELECT state, count(*), sum(automatic = 0), min(created_at), "
        "sum(substr(last_reply, 1, length(?1)) = ?1), "
        "max(iif(substr(last_reply, 1, length(?1)) = ?1, id, 0)) FROM outbox "
        "WHERE state <> 'sent' AND state <> 'cancelled' GROUP BY state",
        given_up_mark);
    while (query.step()) {
        const auto all = static_cast<std::size_t>(query.integer(1));
        const auto written = static_cast<std::size_t>(query.integer(2));
        if (state_of(query.text(0)) == OutboxState::failed) {
            summary.failed = all;
            summary.failed_written = written;
            summary.given_up = static_cast<std::size_t>(query.integer(4));
            summary.last_given_up = query.id<OutboxId>(5);
            continue;
        }
        summary.queued += all;
        summary.written += written;
        const std::chrono::sys_seconds oldest = query.instant(3);
        summary.oldest_queued_at = std::min(summary.oldest_queued_at.value_or(oldest), oldest);
    }
    return summary;
}

std::vector<OutboxMail> Outbox::of_ticket(rules::TicketId ticket) const {
    return all_of(database_.prepare(OUTBOX_MAILS "WHERE ticket = ?1 ORDER BY id", ticket));
}

std::optional<OutboxMail> Outbox::find(OutboxId id) const {
    Statement query = database_.prepare(OUTBOX_MAILS "WHERE id = ?1", id);
    if (!query.step()) return std::nullopt;
    return mail_with_bytes(database_, query);
}

std::vector<OutboxMail> Outbox::with_message_id(const std::string& message_id) const {
    if (message_id.empty()) return {};
    return all_of(database_.prepare(OUTBOX_MAILS "WHERE message_id = ?1 ORDER BY id", message_id));
}

std::vector<OutboxMail> Outbox::failed_about_none(std::size_t limit) const {
    return all_of(database_.prepare(OUTBOX_MAILS
                                    "WHERE state = 'failed' AND state <> 'sent' AND ticket IS NULL "
                                    "ORDER BY id DESC LIMIT ?1",
                                    static_cast<std::int64_t>(limit)));
}

std::size_t Outbox::automatic_mails_to(const std::string& recipient,
                                       std::chrono::sys_seconds since) const {
    Statement query = database_.prepare(
        "SELECT count(*) FROM outbox WHERE recipient = ?1 AND automatic = 1 "
        "AND created_at >= ?2 AND state IN ('queued', 'sending', 'sent')",
        recipient, since);
    return query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
}

std::size_t Outbox::mails_of_kind(rules::MailKind kind,
                                  const std::string& recipient,
                                  std::chrono::sys_seconds since) const {
    Statement query = database_.prepare(
        "SELECT count(*) FROM outbox WHERE recipient = ?1 AND kind = ?2 AND created_at >= ?3",
        recipient, name_of(kind), since);
    return query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
}

}  // namespace bellhop::storage
