#include "daemon/control/ticket_requests.hpp"

#include <boost/json.hpp>
#include <sysexits.h>

#include "daemon/orders/actor.hpp"
#include "daemon/orders/given_order.hpp"
#include "daemon/process/log.hpp"
#include "daemon/view/output.hpp"
#include "parsers/config/diagnostic.hpp"

namespace bellhop::daemon {
namespace {

std::string existing_ticket(const RequestContext& context, const GivenOrder& given) {
    const auto id = read_ticket_number(given.ticket);
    if (!id || !context.store.tickets.find(*id)) {
        throw RequestRefused(1, "no ticket " + parsers::in_quotes(given.ticket));
    }
    return std::to_string(number(*id));
}

}  // namespace

Answer order_ticket(const RequestContext& context, const Request& request) {
    const auto given = read_order(boost::json::value(request.arguments));
    if (given.has_error()) throw RequestRefused(EX_USAGE, given.error());
    const std::string ticket = existing_ticket(context, *given);
    const Actor actor = actor_of(context.desk, given->by);
    if (!actor.complaint.empty()) throw RequestRefused(EX_USAGE, actor.complaint);
    const Filing filing{context.store, context.desk, context.key, context.clock.now()};
    const auto done = carry_out(filing, *given, actor.name);
    if (done.has_error()) {
        throw RequestRefused(EX_USAGE, "ticket " + ticket + ": " + done.error());
    }
    log_event(LogLevel::info, "order",
              {{"order", given->name},
               {"ticket", ticket},
               {"by", actor.name},
               {"login", context.peer.login}});
    return {EX_OK, to_json(*done), {}};
}

}  // namespace bellhop::daemon
