// One outage, many tickets: what is ordered on the parent is done for its children, too.
#pragma once

#include <vector>

#include "rules/desk/desk_order.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

struct ChildOrder {
    TicketId child = {};
    DeskOrder order = {};
};

/// What an order on `parent` is for its `children`, which are worked on: an answer reaches each
/// requester once, by whichever of his tickets is first, and who has had it from the parent not
/// again; what resolves or closes the parent does so with all of them. Any other order is about the
/// parent alone, and so is all on a restricted one. Pure.
std::vector<ChildOrder> orders_for_children(const DeskOrder& order,
                                            const Ticket& parent,
                                            const std::vector<Ticket>& children);

}  // namespace bellhop::rules
