// The intake ledger: what became of each mail that a mailbox has ever shown us.
//
// The identity of a mail is (mailbox, UIDVALIDITY, UID), RFC 9051 section 2.3.1.1. Each gets
// exactly one outcome. The ledger, not the \Seen flag, says what has been taken: people open shared
// mailboxes.
//
// A mail server that was restored from a backup gives UIDs twice under one UIDVALIDITY. Then the
// mailbox begins a new life (next_life()): the old rows stay, and what lies there now is looked at
// anew and recognised by its content.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/ticket/ticket.hpp"

namespace bellhop::storage {

class Database;

struct MailKey {
    std::string mailbox = {};      ///< its name in the configuration
    std::int64_t uidvalidity = 0;  ///< the server's, and the life of the mailbox: see next_life()
    std::uint32_t uid = 0;

    friend bool operator==(const MailKey&, const MailKey&) = default;
};

/// The same UIDVALIDITY, after UIDs were given anew under it.
std::int64_t next_life(std::int64_t uidvalidity);
/// What the server said.
std::uint32_t server_uidvalidity(std::int64_t uidvalidity);
/// "14", and "14+2" in the third life of a mailbox.
std::string uidvalidity_text(std::int64_t uidvalidity);

enum class Outcome { ticket, follow_up, duplicate, ignored, quarantined };

struct LedgerEntry {
    MailKey key = {};
    Outcome outcome = Outcome::ticket;
    std::string reason = {};  ///< why ignored, quarantined or a duplicate; else how it was threaded
    std::optional<rules::TicketId> ticket = {};
    std::optional<rules::MessageId> message = {};
    std::string message_id = {};   ///< RFC 5322 msg-id without brackets; may be empty
    std::string content_key = {};  ///< the same for two deliveries of one mail; see content_key()
    std::chrono::sys_seconds at = {};
    bool processed = false;  ///< moved or flagged on the server, which has confirmed it
    bool unread = false;     ///< given up without its bytes: only the server has them
    /// As the server listed the mail: INTERNALDATE and RFC822.SIZE.
    std::optional<std::chrono::sys_seconds> internal_at = {};
    std::optional<std::int64_t> listed_size = {};

    friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

/// A mail that has an outcome, as the server listed it then.
struct KnownMail {
    std::uint32_t uid = 0;
    bool unread = false;
    std::optional<std::chrono::sys_seconds> internal_at = {};
    std::optional<std::int64_t> listed_size = {};

    friend bool operator==(const KnownMail&, const KnownMail&) = default;
};

/// Where the intake stands in a mailbox.
struct MailboxCursor {
    std::string mailbox = {};
    std::int64_t uidvalidity = 0;
    /// Every UID below has an outcome, stands among the withheld mails, or was there before the
    /// first start.
    std::uint32_t next_uid = 1;
    std::chrono::sys_seconds polled_at = {};  ///< last complete poll
    /// Set where only mail from then on is taken; what is older stays as it is.
    std::optional<std::chrono::sys_seconds> first_start_at = {};
    /// The server has renumbered the mailbox (a new UIDVALIDITY): the UIDs below were there then.
    std::uint32_t renumbered_below = 0;
    /// The mails with a lower UID were there before the first start. nullopt: only the date tells,
    /// as of mailboxes that an earlier version has begun.
    std::optional<std::uint32_t> first_uid = {};

    friend bool operator==(const MailboxCursor&, const MailboxCursor&) = default;
};

class Ledger {
public:
    explicit Ledger(Database& database);

    std::optional<LedgerEntry> find(const MailKey& key) const;

    /// The mails with a UID in [first, last] that have an outcome, ascending.
    std::vector<KnownMail> known_mails(const std::string& mailbox,
                                       std::int64_t uidvalidity,
                                       std::uint32_t first,
                                       std::uint32_t last) const;

    /// The earliest entry of the same mail since then, in whatever mailbox and under whatever
    /// UIDVALIDITY; not one whose outcome is `duplicate`.
    std::optional<LedgerEntry> find_same_mail(const std::string& content_key,
                                              std::chrono::sys_seconds since) const;

    /// Writes the outcome and forgets the attempts, and how often the mail was asked for in vain,
    /// unless it still is. Precondition: the key has no outcome yet.
    void record(const LedgerEntry& entry);

    /// Mails with an outcome that have not been moved or flagged yet, oldest first, with a UID
    /// above `after`. None whose bytes we do not have.
    std::vector<KnownMail> unprocessed(const std::string& mailbox,
                                       std::int64_t uidvalidity,
                                       std::uint32_t after,
                                       std::size_t limit) const;
    void mark_processed(const std::vector<MailKey>& keys);
    /// The server still shows them in place, whatever it said before.
    void mark_unprocessed(const std::vector<MailKey>& keys);

    /// Takes back an outcome and the attempts: the mail is to be read once more.
    void forget(const MailKey& key);

    /// Counts an attempt to read this mail, so that one that kills the process is known at the next
    /// start. Returns how many attempts there have been, this one included. To be committed before
    /// the parsing.
    int begin_attempt(const MailKey& key);
    /// How many attempts stand open: above zero for a mail that an earlier process died over.
    int attempts(const MailKey& key) const;

    std::optional<MailboxCursor> cursor(const std::string& mailbox) const;
    void set_cursor(const MailboxCursor& cursor);

    /// Entries of a mailbox by outcome, newest first; for `ledger` commands.
    std::vector<LedgerEntry> list(const std::string& mailbox,
                                  std::optional<Outcome> outcome,
                                  std::size_t limit) const;

private:
    void set_processed(const std::vector<MailKey>& keys, bool processed);

    Database& database_;
};

std::string to_string(Outcome outcome);

/// The row of a mailbox's name, made where the name is new. For the stores.
std::int64_t mailbox_row(Database& database, const std::string& mailbox);

}  // namespace bellhop::storage
