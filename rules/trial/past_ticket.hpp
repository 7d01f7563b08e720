// A ticket as it was: what its log tells about an earlier state, and about what staff made of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ticket/action.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// Whether a person of the desk did it: neither the gateway nor a rule.
bool is_by_staff(const TicketEvent& event);

/// The ticket as it was before entry number `entry` of its log: status, priority, team, assignee,
/// category, tags, restriction, cycle. The rest is taken from `now`, as it is today.
Ticket ticket_before(Ticket now, const std::vector<TicketEvent>& log, std::size_t entry);

/// What staff made of a field after entry number `entry`, before the gateway
/// changed it again. Nothing where they left it alone.
std::optional<std::string> corrected_after(const std::vector<TicketEvent>& log,
                                           std::size_t entry,
                                           TicketField field);

}  // namespace bellhop::rules
