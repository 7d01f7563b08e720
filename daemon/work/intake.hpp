// The way of a mail: bytes -> Message -> ticket it belongs to -> decision -> one commit.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "daemon/desk/desk.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/work/filing.hpp"
#include "daemon/work/surge_memory.hpp"
#include "rules/desk/decide.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// A mail as it was fetched, from a mailbox, a file or standard input.
struct IncomingMail {
    storage::MailKey key = {};
    std::string mailbox = {};  ///< whose settings count: its name in the configuration
    std::string bytes = {};    ///< the whole mail, or its header where it is too large
    rules::Extent extent = rules::Extent::whole;
    std::uint64_t size = 0;  ///< of the whole mail
    std::chrono::sys_seconds arrived = {};
    /// When the server took it, in its own words; the greatest instant where no server has.
    std::chrono::sys_seconds internal_date = std::chrono::sys_seconds::max();
    bool is_released = false;     ///< a person has let it out of quarantine
    bool is_vouched_for = false;  ///< nobody has sent it: a person has written it down
    std::optional<std::int64_t> listed_size = {};  ///< RFC822.SIZE, where it came from a server
};

/// What became of one.
struct Taken {
    storage::MailKey key = {};
    storage::Outcome outcome = storage::Outcome::ticket;
    std::optional<rules::TicketId> ticket = {};
    std::string reason = {};
    std::string message_id = {};  ///< without brackets; empty where it is not known
    bool is_known = false;        ///< it had this outcome before
};

/// Takes mail into the store. Knows neither servers nor sockets.
class Intake {
public:
    /// All outlive this object. `desk` may be exchanged between two calls of take().
    Intake(storage::Store& store, const Clock& clock, std::string key);

    /// Takes the first mails of `mails`, in one commit, durable when it returns: all of them, or
    /// those before one that must be taken alone. At least one, if there is one. Returns what
    /// became of each, in order; a mail that has an outcome already keeps it.
    ///
    /// A mail over which a process has died before is taken alone, and quarantined unread where
    /// that has happened once more than `limits.attempts` says. Throws storage::DatabaseError: then
    /// nothing of the call was taken.
    std::vector<Taken> take(std::span<const IncomingMail> mails, const Desk& desk);

    /// How long a mail is better left alone: zero for nearly all. One over which processes have
    /// died `limits.attempts` times is perhaps innocent, and whoever kills us would kill the next
    /// process, too: it is tried once more, alone, when this process has lived for a minute. Left
    /// alone it is safe.
    std::chrono::seconds pause_before(const storage::MailKey& key, const Desk& desk) const;

    /// Reads a quarantined mail again, its attempts forgotten. Where it fails again it stays
    /// quarantined, with the new reason.
    Taken take_again(const IncomingMail& mail, const Desk& desk);

    /// Gives a mail whose bytes cannot be had its outcome: quarantined unread. Nothing where it has
    /// one already. When it is handed over after all, take() takes it like any other.
    void quarantine_unread(const IncomingMail& mail, const std::string& reason);

private:
    struct Opened;
    struct Decided;
    struct Attempt;
    std::vector<Taken> commit_batch(std::span<const IncomingMail> batch, const Desk& desk);
    int earlier_deaths(const storage::MailKey& key) const;
    std::size_t safe_together(std::span<const IncomingMail> mails) const;
    void count_attempts(std::span<const IncomingMail> mails);
    Attempt attempt(const IncomingMail& mail, const Desk& desk);
    Taken take_one(const IncomingMail& mail, const Desk& desk);
    Decided decide_and_file(const IncomingMail& mail, const Desk& desk);
    Taken write_down_filed(const Filing& filing,
                           const rules::Situation& situation,
                           const Filed& filed,
                           storage::LedgerEntry entry);
    Taken note_twin(const IncomingMail& mail,
                    std::chrono::sys_seconds at,
                    const storage::LedgerEntry& twin,
                    storage::LedgerEntry entry);
    void prove_twin(const Filing& filing,
                    const rules::MailReceived& sent,
                    const storage::LedgerEntry& twin);
    void link_same_message_id(rules::TicketId ticket, const std::string& message_id);
    Taken quarantine(const IncomingMail& mail, const std::string& reason);
    Taken write_down(const storage::LedgerEntry& entry);

    storage::Store& store_;
    const Clock& clock_;
    std::string key_;
    std::chrono::steady_clock::time_point begun_;  // of this process's work
    SurgeMemory surges_;
    std::vector<storage::MailKey> attempted_;  // counted by this process and not taken yet
};

/// Two deliveries of one mail have the same: Message-ID, From, Date, and the subject but for what
/// lists and gateways put before it. Not the body: they write into that, too. Where there is no
/// Date, the body tells; a mail without Message-ID is compared as a whole.
std::string content_key(const parsers::Message& message, std::string_view bytes);

}  // namespace bellhop::daemon
