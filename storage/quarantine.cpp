#include "storage/quarantine.hpp"

#include <string_view>

#include "parsers/text/digest.hpp"
#include "storage/blob_store.hpp"
#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

constexpr std::string_view dropped_by = "dropped from quarantine by ";  // begins a reason

#define QUARANTINED_MAILS                                                                 \
    "SELECT q.id, name, q.uidvalidity, q.uid, q.reason, sha256, q.size, quarantined_at, " \
    "released_at, l.reason "                                                              \
    "FROM quarantine q JOIN mailboxes ON mailboxes.id = q.mailbox "                       \
    "LEFT JOIN blobs ON blobs.id = q.raw "                                                \
    "LEFT JOIN ledger l ON released_at IS NOT NULL AND l.outcome = 'ignored' AND "        \
    "l.mailbox = q.mailbox AND l.uidvalidity = q.uidvalidity AND l.uid = q.uid "

QuarantinedMail mail_of(const Statement& row) {
    QuarantinedMail mail;
    mail.id = row.id<QuarantineId>(0);
    mail.key = {row.text(1), row.integer(2), static_cast<std::uint32_t>(row.integer(3))};
    mail.reason = row.text(4);
    mail.raw_sha256 = row.is_null(5) ? std::string{} : parsers::hex(row.text(5));
    mail.size = static_cast<std::uint64_t>(row.integer(6));
    mail.at = row.instant(7);
    mail.released_at = row.optional_instant(8);
    const std::string fate = row.is_null(9) ? std::string{} : row.text(9);
    if (fate.starts_with(dropped_by)) mail.dropped = fate.substr(dropped_by.size());
    return mail;
}

}  // namespace

Quarantine::Quarantine(Database& database) : database_(database) {}

QuarantineId Quarantine::put(const QuarantinedMail& mail) {
    AtomicWrite write{database_};
    database_
        .prepare(
            "INSERT INTO quarantine (mailbox, uidvalidity, uid, reason, raw, size, "
            "quarantined_at, released_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            mailbox_row(database_, mail.key.mailbox), mail.key.uidvalidity, mail.key.uid,
            mail.reason, BlobStore{database_}.reference(mail.raw_sha256),
            static_cast<std::int64_t>(mail.size), mail.at, mail.released_at)
        .run();
    const QuarantineId id{database_.last_insert_rowid()};
    write.commit();
    return id;
}

std::vector<QuarantinedMail> Quarantine::list(bool released_too, std::size_t limit) const {
    Statement query = database_.prepare(
        released_too ? QUARANTINED_MAILS "ORDER BY q.id DESC LIMIT ?1"
                     : QUARANTINED_MAILS "WHERE released_at IS NULL ORDER BY q.id DESC LIMIT ?1",
        static_cast<std::int64_t>(limit));
    std::vector<QuarantinedMail> mails;
    while (query.step()) mails.push_back(mail_of(query));
    return mails;
}

std::size_t Quarantine::count(bool released_too) const {
    Statement query = database_.prepare(
        released_too ? "SELECT count(*) FROM quarantine"
                     : "SELECT count(*) FROM quarantine WHERE released_at IS NULL");
    return query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
}

std::optional<QuarantinedMail> Quarantine::find(QuarantineId id) const {
    Statement query = database_.prepare(QUARANTINED_MAILS "WHERE q.id = ?1", id);
    if (!query.step()) return std::nullopt;
    return mail_of(query);
}

std::optional<QuarantinedMail> Quarantine::waiting(const MailKey& key) const {
    Statement query = database_.prepare(
        QUARANTINED_MAILS
        "WHERE released_at IS NULL AND q.mailbox = (SELECT id FROM mailboxes WHERE name = ?1) "
        "AND q.uidvalidity = ?2 AND q.uid = ?3 ORDER BY q.id DESC LIMIT 1",
        key.mailbox, key.uidvalidity, key.uid);
    if (!query.step()) return std::nullopt;
    return mail_of(query);
}

void Quarantine::mark_released(QuarantineId id, std::chrono::sys_seconds at) {
    database_.prepare("UPDATE quarantine SET released_at = ?2 WHERE id = ?1", id, at).run();
}

void Quarantine::drop(const QuarantinedMail& mail,
                      const std::string& who,
                      const std::string& why,
                      std::chrono::sys_seconds at) {
    AtomicWrite write{database_};
    mark_released(mail.id, at);
    database_
        .prepare(
            "UPDATE ledger SET outcome = 'ignored', reason = ?4 WHERE mailbox = ?1 AND "
            "uidvalidity = ?2 AND uid = ?3 AND outcome = 'quarantined'",
            mailbox_row(database_, mail.key.mailbox), mail.key.uidvalidity, mail.key.uid,
            std::string{dropped_by} + who + ": " + why)
        .run();
    write.commit();
}

}  // namespace bellhop::storage
