// What somebody is told of his request that has waited for a yes.
#pragma once

#include <chrono>
#include <string>

#include "rules/mail/customer_mail.hpp"
#include "rules/people/staff.hpp"
#include "rules/sla/sla_policy.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/ticket_in_time.hpp"

namespace bellhop::rules {

/// How it was decided, and by whom.
struct ApprovalVerdict {
    bool is_approved = false;
    std::string actor = {};   ///< for the log: an address, or "agent NAME"
    std::string by = {};      ///< for the requester: "Helen Head"; empty: nobody is named
    std::string reason = {};  ///< for the requester; may be empty
};

/// The mail that tells the requester, "approved" or "refused"; where none may go, the entry that
/// says why.
Action tell_of_approval(const ApprovalVerdict& verdict,
                        const TicketInTime& subject,
                        const SlaPolicy& policy,
                        const Staff& staff,
                        MailLabels& labels,
                        std::chrono::sys_seconds now);

}  // namespace bellhop::rules
