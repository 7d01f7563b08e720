// Taking back what somebody of the desk has ordered last.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "rules/ticket/action.hpp"
#include "rules/ticket/ticket_in_time.hpp"

namespace bellhop::rules {

/// When `actor` has ordered last what he has not taken back; nothing where there is none.
std::optional<std::chrono::sys_seconds> last_order_of(const std::vector<TicketEvent>& log,
                                                      const std::string& actor);

/// The actions that take back what `actor` has ordered last on the ticket, as its log tells: all
/// of his entries of one instant that have not been taken back yet. Mails of it to the requester
/// must all be among `unsent`. A note stays. Pure.
///
/// Errors: why it cannot be taken back, one line; nothing of it is then.
boost::system::result<Actions, std::string> undo_actions(const TicketInTime& subject,
                                                         const std::vector<std::string>& unsent,
                                                         const std::string& actor,
                                                         std::chrono::sys_seconds now);

}  // namespace bellhop::rules
