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

/// The number of the ticket that the order is given on; of one that opens one nothing.
std::string existing_ticket(const RequestContext& context, const GivenOrder& given) {
    if (order_form(given.name)->opens_ticket()) return {};
    const auto id = read_ticket_number(given.ticket);
    if (!id || !context.store.tickets.find(*id)) {
        throw RequestRefused(1, "no ticket " + parsers::in_quotes(given.ticket));
    }
    return std::to_string(number(*id));
}

/// "Raj has answered as well, 40 s before", where that has just been found out.
std::string crossed_answer(const Filing& filing, const rules::Ticket& ticket) {
    const auto log = filing.store.tickets.events(ticket.id);
    for (auto entry = log.rbegin(); entry != log.rend() && entry->at == filing.now; ++entry) {
        if (entry->type == rules::Event::answers_crossed) return entry->detail;
    }
    return {};
}

}  // namespace

Answer order_ticket(const RequestContext& context, const Request& request) {
    auto given = read_order(boost::json::value(request.arguments));
    if (given.has_error()) throw RequestRefused(EX_USAGE, given.error());
    if (std::string wrong = take_files(*given, request.body); !wrong.empty()) {
        throw RequestRefused(EX_USAGE, wrong);
    }
    const std::string ticket = existing_ticket(context, *given);
    const Actor actor = actor_of(context.desk, given->by);
    if (!actor.complaint.empty()) throw RequestRefused(EX_USAGE, actor.complaint);
    const Filing filing{context.store, context.desk, context.key, context.clock.now()};
    const auto done = carry_out(filing, *given, actor.name);
    if (done.has_error()) {
        const std::string about = ticket.empty() ? "no ticket: " : "ticket " + ticket + ": ";
        throw RequestRefused(EX_USAGE, about + done.error());
    }
    log_event(LogLevel::info, "order",
              {{"order", given->name},
               {"ticket", std::to_string(number(done->id))},
               {"by", actor.name},
               {"login", context.peer.login}});
    boost::json::object result = to_json(*done);
    if (std::string crossed = crossed_answer(filing, *done); !crossed.empty()) {
        result["crossed"] = std::move(crossed);
    }
    return {EX_OK, std::move(result), {}};
}

}  // namespace bellhop::daemon
