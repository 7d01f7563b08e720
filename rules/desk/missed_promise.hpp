// An honest word to the requester when a promise was not kept, where the desk wants that.
#pragma once

#include <chrono>
#include <optional>

#include "rules/mail/customer_mail.hpp"
#include "rules/people/staff.hpp"
#include "rules/sla/sla_policy.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/cycle.hpp"
#include "rules/ticket/ticket_in_time.hpp"

namespace bellhop::rules {

struct MissedPromises {
    Actions actions = {};  ///< the mail, and that it is said; none where nothing is to be said now
    std::optional<std::chrono::sys_seconds> next_at = {};  ///< when to look again
};

/// What is to be said at `now` of the promises of a cycle: each once, and only what the requester
/// was told. A due instant that a later priority has brought was promised to nobody.
MissedPromises missed_promises(const TicketInTime& subject,
                               const SlaPolicy& policy,
                               const Staff& staff,
                               const Cycle& cycle,
                               MailLabels& labels,
                               std::chrono::sys_seconds now);

}  // namespace bellhop::rules
