// Whether a request still wants somebody's yes, as its log tells.
//
// Only a person's yes settles that. A no ends the request, time and the customer's replies move it:
// whenever it would be worked on again, it wants its yes as before.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ticket/action.hpp"
#include "rules/ticket/cycle.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// What a change of status says to a request that wants a yes.
enum class ApprovalEnd { none, approved, refused };

/// Of the change from `from` to `to` by `actor`, on a request that wants a yes: somebody has let it
/// be worked on, or has ended it instead of saying yes. Neither where the gateway has done it,
/// where it waits for something else from now on, and where nobody asks for it any more (merged,
/// spam).
ApprovalEnd end_of_approval(std::string_view from,
                            std::string_view to,
                            std::string_view actor,
                            const StatusRules& statuses);

/// Whose yes the request wants: as the rule that held it names him, "team" where somebody has set
/// the status. Nothing where it wants none, or has it.
std::optional<std::string> wanted_approver(const std::vector<TicketEvent>& log,
                                           const StatusRules& statuses);

/// The status in which a ticket is worked on again that was done with, or has waited: `wanted`
/// where it wants no yes of `approver`.
std::string status_again(const std::optional<std::string>& approver,
                         const std::string& wanted,
                         const StatusRules& statuses);

/// Asks `approver` where the ticket goes into a status in which it waits for him.
Actions ask_again(const std::optional<std::string>& approver, const std::string& status);

}  // namespace bellhop::rules
