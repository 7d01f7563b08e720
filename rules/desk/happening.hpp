// What has been decided about a ticket and done, for those who tell of it.
#pragma once

#include <optional>
#include <string>

#include "rules/ticket/action.hpp"
#include "rules/ticket/cycle.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// What has happened. What it refers to outlives it.
struct Happening {
    const Actions& actions;               ///< that were decided on
    const std::optional<Ticket>& before;  ///< nothing: the actions have opened it
    const Ticket& after;                  ///< as the actions leave it: merged, the other one
    std::string actor = {};               ///< an address, "agent NAME", or "gateway"
    std::string actor_name = {};          ///< as people call him; empty for the gateway
    std::string top_priority = {};        ///< the most urgent of the desk
    bool wants_yes = false;               ///< before it: wanted_approver()
    const StatusRules& statuses = shipped_statuses();
};

}  // namespace bellhop::rules
