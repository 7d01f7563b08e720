// An order of somebody of the desk, carried out.
#pragma once

#include <string>

#include <boost/system/result.hpp>

#include "daemon/work/filing.hpp"
#include "rules/desk/desk_order.hpp"

namespace bellhop::daemon {

/// What orders are judged by, but for what depends on a ticket. Both outlive the result.
rules::DeskRules desk_rules(const Desk& desk, const rules::Staff& staff);

/// Carries out `order`, given by `actor` ("agent Tom"), in a transaction of its own: ticket, log,
/// mails and timers together. Returns the ticket as it is then.
///
/// Errors: why it cannot be done, one line (it is gone, ...); then nothing was done. Throws
/// storage::DatabaseError.
boost::system::result<rules::Ticket, std::string> carry_out(const Filing& filing,
                                                            rules::TicketId id,
                                                            const rules::DeskOrder& order,
                                                            const std::string& actor);

/// The same in the caller's transaction, which he rolls back where it cannot be done. What is
/// ordered on the parent of an outage is done for its children, as rules/desk/outage says, and
/// taken back with it.
boost::system::result<rules::Ticket, std::string> carry_out_within(const Filing& filing,
                                                                   rules::TicketId id,
                                                                   const rules::DeskOrder& order,
                                                                   const std::string& actor);

/// Where time has given the ticket `before` the status `to`: ends the children of the outage that
/// it is, too. In the caller's transaction.
void end_children(const Filing& filing, const rules::Ticket& before, const std::string& to);

}  // namespace bellhop::daemon
