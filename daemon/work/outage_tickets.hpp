// The tickets of one outage: a parent, and children that say the same.
#pragma once

#include <vector>

#include "daemon/work/filing.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::daemon {

/// All that are children of the ticket, or of what has become a part of it; at most the first 500.
std::vector<rules::Ticket> children_of(const Filing& filing, rules::TicketId parent);

/// Those that are worked on still. What was told in confidence stays apart.
std::vector<rules::Ticket> open_children(const Filing& filing, rules::TicketId parent);

/// Whether the ticket is a child of one that is worked on: that one's clock counts for it.
bool is_in_outage(const Filing& filing, rules::TicketId child);

}  // namespace bellhop::daemon
