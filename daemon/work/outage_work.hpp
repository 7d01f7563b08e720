// The tickets of one outage: found, joined, and answered together (rules/desk/outage).
#pragma once

#include <string>
#include <vector>

#include "daemon/work/filing.hpp"
#include "rules/desk/desk_order.hpp"
#include "rules/rule/ruling.hpp"

namespace bellhop::daemon {

/// The parts of an outage's first ticket that are still worked on, oldest first; at most 1,000.
std::vector<rules::TicketId> open_parts(const storage::TicketStore& tickets,
                                        const rules::StatusRules& statuses,
                                        rules::TicketId first);

/// The parts that an order of `actor` on the first ticket is carried out on as well: those that are
/// worked on; what is taken back, where it was ordered on the first.
std::vector<rules::TicketId> parts_reached(const Filing& filing,
                                           rules::TicketId first,
                                           const rules::DeskOrder& order,
                                           const std::string& actor);

/// Whether the ticket is a part of one that is still worked on.
bool is_part_of_open(const storage::TicketStore& tickets,
                     const rules::StatusRules& statuses,
                     rules::TicketId id);

/// After a mail that a surge rule has joined to the first ticket: the tickets that came before it
/// are joined, too, and the first is raised to what the rules say now.
void join_outage(const Filing& filing, const rules::Ruling& ruling);

}  // namespace bellhop::daemon
