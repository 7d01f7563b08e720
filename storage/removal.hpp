// Taking things out for good: what is older than the school's rules allow, and what belongs to a
// person who wants it gone. The ledger stays: it holds no text of a mail, and without it the mails
// that still lie on the server would be taken again.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/ticket/ticket.hpp"
#include "storage/retention_rules.hpp"

namespace bellhop::storage {

class Database;

/// What was taken out.
struct Removed {
    std::int64_t tickets = 0;
    std::int64_t messages = 0;  ///< with their tickets, or emptied
    std::int64_t mails = 0;     ///< of the outbox
    std::int64_t quarantined = 0;
    std::int64_t blobs = 0;
    std::int64_t bytes = 0;  ///< of the blobs

    Removed& operator+=(const Removed& other);
    friend bool operator==(const Removed&, const Removed&) = default;
};

class Removal {
public:
    explicit Removal(Database& database) : database_(database) {}

    /// Closed tickets that are too old, those opened first first, at most `most`.
    std::vector<rules::TicketId> outdated_tickets(const RetentionRules& rules,
                                                  std::chrono::sys_seconds now,
                                                  std::size_t most) const;
    std::int64_t count_outdated_tickets(const RetentionRules& rules,
                                        std::chrono::sys_seconds now) const;
    std::int64_t count_outdated_quarantine(const RetentionRules& rules,
                                           std::chrono::sys_seconds now) const;

    /// Removes some of what is too old: at most `most` tickets or mails in quarantine. Nothing is
    /// left to be done where nothing comes back. A transaction of its own, or the caller's.
    Removed remove_outdated(const RetentionRules& rules,
                            std::chrono::sys_seconds now,
                            std::size_t most);

    /// The ticket with all that hangs on it, and the blobs that nobody refers to any more.
    Removed remove_ticket(rules::TicketId ticket);

    /// Where a person stands, beyond `after`: a piece of the search for one address.
    struct Traces {
        std::vector<rules::TicketId> requested = {};  ///< tickets of which he is the requester
        std::vector<rules::TicketId> touched = {};    ///< others in which he writes or takes part
        rules::TicketId last = {};                    ///< looked at
        bool more = false;
    };
    /// Looks at `most` tickets with a number above `after`. `address` is compared by its key.
    Traces traces_of(const std::string& address, rules::TicketId after, std::size_t most) const;

    /// Takes a person out of a ticket that is another's: his messages keep their place and nothing
    /// else, he takes part no more, mails to him go. The entries of the log that name the address
    /// name it no more.
    Removed remove_person(const std::string& address, rules::TicketId ticket);

    /// Mails in quarantine whose bytes name the address, at most `most` of them looked at, behind
    /// `after`; returns the last one looked at, nothing at the end.
    std::optional<std::int64_t> remove_quarantined_of(const std::string& address,
                                                      std::int64_t after,
                                                      std::size_t most,
                                                      Removed& removed);

private:
    std::vector<std::int64_t> blobs_of_ticket(rules::TicketId ticket) const;
    void remove_unused_blobs(std::vector<std::int64_t> candidates, Removed& removed);

    Database& database_;
};

}  // namespace bellhop::storage
