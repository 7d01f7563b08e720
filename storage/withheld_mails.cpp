#include "storage/withheld_mails.hpp"

#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

#define WITHHELD_MAILS                                                                        \
    "SELECT name, uidvalidity, uid, setbacks, losses, sessions, first_alone_at, "             \
    "last_session_at, last_alone_at, others_came, since_at, ask_at, words, doubtful_digest, " \
    "given_up FROM withheld_mails JOIN mailboxes ON mailboxes.id = withheld_mails.mailbox "

WithheldRow row_of(const Statement& query) {
    WithheldRow row;
    row.key = {query.text(0), query.integer(1), static_cast<std::uint32_t>(query.integer(2))};
    rules::WithheldMail& mail = row.mail;
    mail.setbacks = static_cast<int>(query.integer(3));
    mail.losses = static_cast<int>(query.integer(4));
    mail.sessions = static_cast<int>(query.integer(5));
    mail.first_alone_at = query.optional_instant(6);
    mail.last_session_at = query.optional_instant(7);
    mail.last_alone_at = query.optional_instant(8);
    mail.others_came = query.integer(9) != 0;
    mail.since = query.instant(10);
    mail.ask_at = query.instant(11);
    mail.words = query.text(12);
    mail.doubtful_digest = query.text(13);
    mail.given_up = query.integer(14) != 0;
    return row;
}

std::vector<WithheldRow> rows_of(Statement query) {
    std::vector<WithheldRow> rows;
    while (query.step()) rows.push_back(row_of(query));
    return rows;
}

}  // namespace

WithheldMails::WithheldMails(Database& database) : database_(database) {}

std::optional<rules::WithheldMail> WithheldMails::find(const MailKey& key) const {
    Statement query = database_.prepare(
        WITHHELD_MAILS
        "WHERE withheld_mails.mailbox = (SELECT id FROM mailboxes WHERE name = ?1) "
        "AND uidvalidity = ?2 AND uid = ?3",
        key.mailbox, key.uidvalidity, key.uid);
    if (!query.step()) return std::nullopt;
    return row_of(query).mail;
}

void WithheldMails::set(const MailKey& key, const rules::WithheldMail& mail) {
    AtomicWrite write{database_};
    database_
        .prepare(
            "INSERT OR REPLACE INTO withheld_mails (mailbox, uidvalidity, uid, setbacks, losses, "
            "sessions, first_alone_at, last_session_at, last_alone_at, others_came, since_at, "
            "ask_at, words, doubtful_digest, given_up) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            mailbox_row(database_, key.mailbox), key.uidvalidity, key.uid, mail.setbacks,
            mail.losses, mail.sessions, mail.first_alone_at, mail.last_session_at,
            mail.last_alone_at, mail.others_came, mail.since, mail.ask_at, mail.words,
            mail.doubtful_digest, mail.given_up)
        .run();
    write.commit();
}

void WithheldMails::forget(const MailKey& key) {
    database_
        .prepare(
            "DELETE FROM withheld_mails "
            "WHERE mailbox = (SELECT id FROM mailboxes WHERE name = ?1) "
            "AND uidvalidity = ?2 AND uid = ?3",
            key.mailbox, key.uidvalidity, key.uid)
        .run();
}

void WithheldMails::forget_others(const std::string& mailbox, std::int64_t uidvalidity) {
    database_
        .prepare(
            "DELETE FROM withheld_mails "
            "WHERE mailbox = (SELECT id FROM mailboxes WHERE name = ?1) AND uidvalidity <> ?2",
            mailbox, uidvalidity)
        .run();
}

void WithheldMails::note_others(const std::string& mailbox, std::int64_t uidvalidity) {
    database_
        .prepare(
            "UPDATE withheld_mails SET others_came = 1 "
            "WHERE mailbox = (SELECT id FROM mailboxes WHERE name = ?1) "
            "AND uidvalidity = ?2 AND first_alone_at IS NOT NULL AND others_came = 0",
            mailbox, uidvalidity)
        .run();
}

std::vector<WithheldRow> WithheldMails::of_mailbox(const std::string& mailbox,
                                                   std::int64_t uidvalidity) const {
    return rows_of(database_.prepare(
        WITHHELD_MAILS
        "WHERE withheld_mails.mailbox = (SELECT id FROM mailboxes WHERE name = ?1) "
        "AND uidvalidity = ?2 ORDER BY uid",
        mailbox, uidvalidity));
}

std::vector<WithheldRow> WithheldMails::list() const {
    return rows_of(database_.prepare(WITHHELD_MAILS "ORDER BY since_at, uid"));
}

}  // namespace bellhop::storage
