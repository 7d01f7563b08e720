// What is due now: reminders, ends of waits, warnings and breaches, done one ticket after the
// other.
#pragma once

#include <deque>

#include "daemon/work/filing.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::daemon {

/// One round over all tickets for which something is due, in steps that are short, so that mail
/// that arrives meanwhile is not kept waiting.
///
/// First come the actions on tickets, some in a transaction; then the news to the desk, many to one
/// person as one mail. What a step has not come to is still due after a crash.
class DueRound {
public:
    /// Begins a round where none is under way. Returns whether there is more to do at once. Throws
    /// storage::DatabaseError: then nothing of the step was done, and what it was about is left to
    /// the next round.
    bool step(const Filing& filing);

private:
    void begin(const Filing& filing);

    std::deque<rules::TicketId> tickets_ = {};    ///< still to be looked at
    std::deque<rules::TicketId> with_news_ = {};  ///< looked at: something is to be told
};

/// A whole round at one instant.
void run_due(const Filing& filing);

}  // namespace bellhop::daemon
