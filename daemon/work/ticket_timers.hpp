// When something will be due for a ticket: the index that tells a round where to look.
#pragma once

#include "daemon/work/filing.hpp"
#include "rules/desk/due_work.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::daemon {

inline constexpr const char* overdue = "overdue";  ///< the timer of what is due already

enum class HeldNews {
    due,  ///< it is to be told at once
    wait  ///< a person has got too much: the next digest has it
};

/// What is due for the ticket, and when to look again.
rules::DueWork work_on(const Filing& filing, const rules::Ticket& ticket);

/// Writes down when there is something to do, in the caller's transaction.
void write_timers(const Filing& filing,
                  rules::TicketId ticket,
                  const rules::DueWork& work,
                  HeldNews held = HeldNews::due);

/// The same for the ticket as it is now, and for the children of an outage that it is: to be called
/// whenever its log has grown. What is due already is left to the next round.
void refresh_timers(const Filing& filing, rules::TicketId ticket);

}  // namespace bellhop::daemon
