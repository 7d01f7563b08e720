#include "storage/ledger.hpp"

#include <array>
#include <cstddef>
#include <string_view>

#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

constexpr std::array<std::string_view, 5> outcome_names{"ticket", "follow_up", "duplicate",
                                                        "ignored", "quarantined"};

Outcome outcome_of(std::string_view name) {
    for (std::size_t index = 0; index < outcome_names.size(); ++index) {
        if (outcome_names[index] == name) return static_cast<Outcome>(index);
    }
    throw DatabaseError(DatabaseFault::damaged,
                        "unknown outcome \"" + std::string{name} + "\" in the ledger");
}

// Literals concatenate, constants do not: hence the macro.
#define LEDGER_ENTRIES                                                                           \
    "SELECT name, uidvalidity, uid, outcome, reason, ticket, message, message_id, content_key, " \
    "decided_at, processed, unread, internal_at, listed_size FROM ledger JOIN mailboxes ON "     \
    "mailboxes.id = ledger.mailbox "

LedgerEntry entry_of(const Statement& row) {
    LedgerEntry entry;
    entry.key = {row.text(0), row.integer(1), static_cast<std::uint32_t>(row.integer(2))};
    entry.outcome = outcome_of(row.text(3));
    entry.reason = row.text(4);
    entry.ticket = row.optional_id<rules::TicketId>(5);
    entry.message = row.optional_id<rules::MessageId>(6);
    entry.message_id = row.text(7);
    entry.content_key = row.text(8);
    entry.at = row.instant(9);
    entry.processed = row.integer(10) != 0;
    entry.unread = row.integer(11) != 0;
    entry.internal_at = row.optional_instant(12);
    if (!row.is_null(13)) entry.listed_size = row.integer(13);
    return entry;
}

/// uid, unread, internal_at, listed_size.
std::vector<KnownMail> known_mails_of(Statement query) {
    std::vector<KnownMail> mails;
    while (query.step()) {
        KnownMail mail{static_cast<std::uint32_t>(query.integer(0)), query.integer(1) != 0,
                       query.optional_instant(2), std::nullopt};
        if (!query.is_null(3)) mail.listed_size = query.integer(3);
        mails.push_back(mail);
    }
    return mails;
}

constexpr int life_begins_at = 32;  // bit: below stands the server's number, which has no more

std::optional<LedgerEntry> first_entry(Statement query) {
    if (!query.step()) return std::nullopt;
    return entry_of(query);
}

}  // namespace

std::int64_t next_life(std::int64_t uidvalidity) {
    return uidvalidity + (std::int64_t{1} << life_begins_at);
}

std::uint32_t server_uidvalidity(std::int64_t uidvalidity) {
    return static_cast<std::uint32_t>(uidvalidity);
}

std::string uidvalidity_text(std::int64_t uidvalidity) {
    const std::int64_t life = uidvalidity >> life_begins_at;
    const std::string number = std::to_string(server_uidvalidity(uidvalidity));
    return life == 0 ? number : number + '+' + std::to_string(life);
}

std::string to_string(Outcome outcome) {
    return std::string{outcome_names.at(static_cast<std::size_t>(outcome))};
}

std::int64_t mailbox_row(Database& database, const std::string& mailbox) {
    {
        Statement query = database.prepare("SELECT id FROM mailboxes WHERE name = ?1", mailbox);
        if (query.step()) return query.integer(0);
    }
    database.prepare("INSERT INTO mailboxes (name) VALUES (?1)", mailbox).run();
    return database.last_insert_rowid();
}

Ledger::Ledger(Database& database) : database_(database) {}

std::optional<LedgerEntry> Ledger::find(const MailKey& key) const {
    return first_entry(
        database_.prepare(LEDGER_ENTRIES
                          "WHERE ledger.mailbox = (SELECT id FROM mailboxes WHERE name = ?1) "
                          "AND uidvalidity = ?2 AND uid = ?3",
                          key.mailbox, key.uidvalidity, key.uid));
}

std::vector<KnownMail> Ledger::known_mails(const std::string& mailbox,
                                           std::int64_t uidvalidity,
                                           std::uint32_t first,
                                           std::uint32_t last) const {
    return known_mails_of(
        database_.prepare("SELECT uid, unread, internal_at, listed_size FROM ledger "
                          "WHERE mailbox = (SELECT id FROM mailboxes WHERE name = ?1) "
                          "AND uidvalidity = ?2 AND uid BETWEEN ?3 AND ?4 ORDER BY uid",
                          mailbox, uidvalidity, first, last));
}

std::optional<LedgerEntry> Ledger::find_same_mail(const std::string& content_key,
                                                  std::chrono::sys_seconds since) const {
    if (content_key.empty()) return std::nullopt;
    // Both terms of the index must stand here for SQLite to use it.
    return first_entry(database_.prepare(LEDGER_ENTRIES
                                         "WHERE content_key = ?1 AND content_key <> '' "
                                         "AND outcome <> 'duplicate' AND decided_at >= ?2 "
                                         "ORDER BY decided_at LIMIT 1",
                                         content_key, since));
}

void Ledger::record(const LedgerEntry& entry) {
    AtomicWrite write{database_};
    const std::int64_t mailbox = mailbox_row(database_, entry.key.mailbox);
    database_
        .prepare(
            "INSERT INTO ledger (mailbox, uidvalidity, uid, outcome, reason, ticket, message, "
            "message_id, content_key, decided_at, processed, unread, internal_at, listed_size) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            mailbox, entry.key.uidvalidity, entry.key.uid, to_string(entry.outcome), entry.reason,
            entry.ticket, entry.message, entry.message_id, entry.content_key, entry.at,
            entry.processed, entry.unread, entry.internal_at, entry.listed_size)
        .run();
    database_
        .prepare("DELETE FROM intake_attempts WHERE mailbox = ?1 AND uidvalidity = ?2 AND uid = ?3",
                 mailbox, entry.key.uidvalidity, entry.key.uid)
        .run();
    if (!entry.unread) {
        database_
            .prepare(
                "DELETE FROM withheld_mails WHERE mailbox = ?1 AND uidvalidity = ?2 AND uid = ?3",
                mailbox, entry.key.uidvalidity, entry.key.uid)
            .run();
    }
    write.commit();
}

std::vector<KnownMail> Ledger::unprocessed(const std::string& mailbox,
                                           std::int64_t uidvalidity,
                                           std::uint32_t after,
                                           std::size_t limit) const {
    return known_mails_of(database_.prepare(
        "SELECT uid, unread, internal_at, listed_size FROM ledger "
        "WHERE mailbox = (SELECT id FROM mailboxes WHERE name = ?1) "
        "AND uidvalidity = ?2 AND processed = 0 AND unread = 0 AND uid > ?3 ORDER BY uid LIMIT ?4",
        mailbox, uidvalidity, after, static_cast<std::int64_t>(limit)));
}

void Ledger::mark_processed(const std::vector<MailKey>& keys) {
    set_processed(keys, true);
}

void Ledger::mark_unprocessed(const std::vector<MailKey>& keys) {
    set_processed(keys, false);
}

void Ledger::set_processed(const std::vector<MailKey>& keys, bool processed) {
    AtomicWrite write{database_};
    for (const MailKey& key : keys) {
        database_
            .prepare(
                "UPDATE ledger SET processed = ?1 "
                "WHERE mailbox = (SELECT id FROM mailboxes WHERE name = ?2) "
                "AND uidvalidity = ?3 AND uid = ?4",
                processed, key.mailbox, key.uidvalidity, key.uid)
            .run();
    }
    write.commit();
}

void Ledger::forget(const MailKey& key) {
    AtomicWrite write{database_};
    const std::int64_t mailbox = mailbox_row(database_, key.mailbox);
    database_
        .prepare("DELETE FROM ledger WHERE mailbox = ?1 AND uidvalidity = ?2 AND uid = ?3", mailbox,
                 key.uidvalidity, key.uid)
        .run();
    database_
        .prepare("DELETE FROM intake_attempts WHERE mailbox = ?1 AND uidvalidity = ?2 AND uid = ?3",
                 mailbox, key.uidvalidity, key.uid)
        .run();
    write.commit();
}

int Ledger::begin_attempt(const MailKey& key) {
    AtomicWrite write{database_};
    int attempts = 0;
    {
        Statement count = database_.prepare(
            "INSERT INTO intake_attempts (mailbox, uidvalidity, uid, attempts) "
            "VALUES (?1, ?2, ?3, 1) ON CONFLICT DO UPDATE SET attempts = attempts + 1 "
            "RETURNING attempts",
            mailbox_row(database_, key.mailbox), key.uidvalidity, key.uid);
        while (count.step()) attempts = static_cast<int>(count.integer(0));
    }
    write.commit();
    return attempts;
}

int Ledger::attempts(const MailKey& key) const {
    Statement query = database_.prepare(
        "SELECT attempts FROM intake_attempts "
        "WHERE mailbox = (SELECT id FROM mailboxes WHERE name = ?1) "
        "AND uidvalidity = ?2 AND uid = ?3",
        key.mailbox, key.uidvalidity, key.uid);
    return query.step() ? static_cast<int>(query.integer(0)) : 0;
}

std::optional<MailboxCursor> Ledger::cursor(const std::string& mailbox) const {
    Statement query = database_.prepare(
        "SELECT uidvalidity, next_uid, polled_at, first_start_at, renumbered_below, "
        "first_uid FROM mailbox_cursors "
        "WHERE mailbox = (SELECT id FROM mailboxes WHERE name = ?1)",
        mailbox);
    if (!query.step()) return std::nullopt;
    std::optional<std::uint32_t> first_uid;
    if (!query.is_null(5)) first_uid = static_cast<std::uint32_t>(query.integer(5));
    return MailboxCursor{
        mailbox,          query.integer(0),          static_cast<std::uint32_t>(query.integer(1)),
        query.instant(2), query.optional_instant(3), static_cast<std::uint32_t>(query.integer(4)),
        first_uid};
}

void Ledger::set_cursor(const MailboxCursor& cursor) {
    AtomicWrite write{database_};
    database_
        .prepare(
            "INSERT INTO mailbox_cursors (mailbox, uidvalidity, next_uid, polled_at, "
            "first_start_at, renumbered_below, first_uid) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET "
            "uidvalidity = excluded.uidvalidity, next_uid = excluded.next_uid, "
            "polled_at = excluded.polled_at, first_start_at = excluded.first_start_at, "
            "renumbered_below = excluded.renumbered_below, first_uid = excluded.first_uid",
            mailbox_row(database_, cursor.mailbox), cursor.uidvalidity, cursor.next_uid,
            cursor.polled_at, cursor.first_start_at, cursor.renumbered_below, cursor.first_uid)
        .run();
    write.commit();
}

std::vector<LedgerEntry> Ledger::list(const std::string& mailbox,
                                      std::optional<Outcome> outcome,
                                      std::size_t limit) const {
    std::optional<std::string> wanted;
    if (outcome) wanted = to_string(*outcome);
    Statement query =
        database_.prepare(LEDGER_ENTRIES
                          "WHERE ledger.mailbox = (SELECT id FROM mailboxes WHERE name = ?1) "
                          "AND (?2 IS NULL OR outcome = ?2) "
                          "ORDER BY uidvalidity DESC, uid DESC LIMIT ?3",
                          mailbox, wanted, static_cast<std::int64_t>(limit));
    std::vector<LedgerEntry> entries;
    while (query.step()) entries.push_back(entry_of(query));
    return entries;
}

}  // namespace bellhop::storage
