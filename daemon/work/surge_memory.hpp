// Tickets of the last while, as far as rules with a surge go by them.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "rules/rule/mail_facts.hpp"
#include "rules/rule/ruling.hpp"
#include "storage/ticket_store.hpp"

namespace bellhop::daemon {

/// Reads from the store what it has not seen itself, so a restart forgets no surge.
class SurgeMemory {
public:
    /// `tickets` outlives this object.
    explicit SurgeMemory(const storage::TicketStore& tickets) : tickets_(tickets) {}

    /// Tickets opened in [now - within, now] whose first mail met the other conditions of a rule
    /// with a surge; at most the newest 1,000. Empty where `within` is zero: no rule asks.
    const std::vector<rules::RecentTicket>& recent(std::chrono::sys_seconds now,
                                                   std::chrono::seconds within);

    /// A ticket opened now; its first mail's ruling. To be called once the mail is filed: a mail
    /// that is given up must not count.
    void add(const rules::Ticket& ticket, const rules::Ruling& ruling);

    /// What was added may not have been committed: the store is read again.
    void forget() { known_.reset(); }

private:
    void read(std::chrono::sys_seconds since);

    const storage::TicketStore& tickets_;
    std::optional<std::vector<rules::RecentTicket>> known_ = {};  // oldest first
    std::chrono::seconds within_{0};                              // that `known_` covers
};

/// Those of `opened` whose first mail met the other conditions of a rule with a surge, as their
/// logs say.
std::vector<rules::RecentTicket> with_surges(const storage::TicketStore& tickets,
                                             const std::vector<rules::Ticket>& opened);

/// More tickets than that are not looked at, the newest count.
inline constexpr std::size_t most_surge_tickets = 1000;

/// The longest while that a surge of these rules looks back.
std::chrono::seconds longest_surge(const rules::RuleBook& book);

}  // namespace bellhop::daemon
