// A ticket's clocks and the way to a due instant, as JSON and for people.
#pragma once

#include <chrono>
#include <string>

#include <boost/json.hpp>

#include "daemon/work/ticket_clocks.hpp"
#include "rules/sla/due_explanation.hpp"

namespace bellhop::daemon {

/// {"response": {"due", "met_at", "state"}, "resolution": {...}}
boost::json::object to_json(const TicketClocks& clocks);

/// Target, due instant, and every span that counted or did not.
boost::json::object to_json(const rules::DueExplanation& way);

/// "answer by Monday 2 November, 8.30 am", a line for each timer with a target; may be empty.
std::string in_words(const TicketClocks& clocks,
                     const Desk& desk,
                     const rules::Ticket& ticket,
                     std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
