// What is asked about tickets: "ticket.order".
#pragma once

#include "daemon/control/request_table.hpp"

namespace bellhop::daemon {

/// Carries out an order, in the JSON form of daemon/orders/given_order.hpp; "by" says who gives it.
/// The result is the ticket as it is then. Throws RequestRefused: 1 where there is no such ticket,
/// EX_USAGE where the order is wrong or cannot be carried out.
Answer order_ticket(const RequestContext& context, const Request& request);

}  // namespace bellhop::daemon
