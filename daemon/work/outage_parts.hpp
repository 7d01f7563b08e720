// The tickets that are parts of an outage's first one (rules/desk/outage).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/work/filing.hpp"
#include "rules/desk/desk_order.hpp"

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

/// Whether the ticket is a part of another one.
bool is_part(const storage::TicketStore& tickets, rules::TicketId id);

/// The outage's first ticket that it is a part of, where that is still worked on.
std::optional<rules::Ticket> open_first_of(const storage::TicketStore& tickets,
                                           const rules::StatusRules& statuses,
                                           rules::TicketId id);

}  // namespace bellhop::daemon
