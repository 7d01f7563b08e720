// The mails that a server lists and has not handed over yet, and what is remembered of each.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/mail/withheld_mail.hpp"
#include "storage/ledger.hpp"

namespace bellhop::storage {

class Database;

struct WithheldRow {
    MailKey key = {};
    rules::WithheldMail mail = {};

    friend bool operator==(const WithheldRow&, const WithheldRow&) = default;
};

class WithheldMails {
public:
    explicit WithheldMails(Database& database);

    std::optional<rules::WithheldMail> find(const MailKey& key) const;
    void set(const MailKey& key, const rules::WithheldMail& mail);
    void forget(const MailKey& key);

    /// Of a mailbox whose UIDs have become void: those under another UIDVALIDITY than this.
    void forget_others(const std::string& mailbox, std::int64_t uidvalidity);

    /// Notes that a mail of the mailbox, other than these, was handed over.
    void note_others(const std::string& mailbox, std::int64_t uidvalidity);

    /// Of one mailbox, by UID.
    std::vector<WithheldRow> of_mailbox(const std::string& mailbox, std::int64_t uidvalidity) const;

    /// Of all mailboxes, the longest waiting first; for people.
    std::vector<WithheldRow> list() const;

private:
    Database& database_;
};

}  // namespace bellhop::storage
