// A mail that has waited: a server was away, or the gateway itself. What it says may be past by
// now.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "rules/sla/sla_policy.hpp"
#include "rules/ticket/mail_kind.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

struct WaitingMail {
    MailKind kind = MailKind::acknowledgement;
    std::chrono::sys_seconds composed_at = {};           ///< the instant that it speaks from
    std::optional<std::chrono::sys_seconds> until = {};  ///< it has no point afterwards
};

/// Whether it was composed so long ago that what it says of time must be looked at again, or by a
/// clock that was ahead.
bool is_late(const WaitingMail& mail, std::chrono::sys_seconds now);

/// Why it is not to be sent any more, one line; nothing where it still has a point. Nobody needs a
/// promise to be answered when he has been, or a warning of what has happened.
std::optional<std::string> why_pointless(const WaitingMail& mail,
                                         const Ticket& ticket,
                                         const std::vector<TicketEvent>& log,
                                         const StatusRules& statuses,
                                         std::chrono::sys_seconds now);

}  // namespace bellhop::rules
