// The intake ledger: what became of each mail that a mailbox has ever shown us.
//
// The identity of a mail is (mailbox, UIDVALIDITY, UID), RFC 9051 section 2.3.1.1. Each gets
// exactly one outcome. The ledger, not the \Seen flag, says what has been taken: people open shared
// mailboxes.
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
    std::string mailbox = {};  ///< its name in the configuration
    std::uint32_t uidvalidity = 0;
    std::uint32_t uid = 0;

    friend bool operator==(const MailKey&, const MailKey&) = default;
};

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
    bool processed = false;  ///< moved or flagged on the server

    friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

/// Where the intake stands in a mailbox.
struct MailboxCursor {
    std::string mailbox = {};
    std::uint32_t uidvalidity = 0;
    /// Every UID below has an outcome or was there before the first start.
    std::uint32_t next_uid = 1;
    std::chrono::sys_seconds polled_at = {};  ///< last complete poll
    /// Set where only mail from then on is taken; what is older stays as it is.
    std::optional<std::chrono::sys_seconds> first_start_at = {};
    /// The server has renumbered the mailbox (a new UIDVALIDITY): the UIDs below were there then.
    std::uint32_t renumbered_below = 0;

    friend bool operator==(const MailboxCursor&, const MailboxCursor&) = default;
};

class Ledger {
public:
    explicit Ledger(Database& database);

    std::optional<LedgerEntry> find(const MailKey& key) const;

    /// The UIDs in [first, last] that have an outcome, ascending.
    std::vector<std::uint32_t> known_uids(const std::string& mailbox,
                                          std::uint32_t uidvalidity,
                                          std::uint32_t first,
                                          std::uint32_t last) const;

    /// The earliest entry of the same mail, in whatever mailbox and under whatever UIDVALIDITY; not
    /// one whose outcome is `duplicate`.
    std::optional<LedgerEntry> find_same_mail(const std::string& content_key) const;

    /// Writes the outcome and forgets the attempts. Precondition: the key has no outcome yet.
    void record(const LedgerEntry& entry);

    /// Mails with an outcome that have not been moved or flagged yet, oldest first.
    std::vector<MailKey> unprocessed(const std::string& mailbox,
                                     std::uint32_t uidvalidity,
                                     std::size_t limit) const;
    void mark_processed(const std::vector<MailKey>& keys);

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
    Database& database_;
};

std::string to_string(Outcome outcome);

/// The row of a mailbox's name, made where the name is new. For the stores.
std::int64_t mailbox_row(Database& database, const std::string& mailbox);

}  // namespace bellhop::storage
