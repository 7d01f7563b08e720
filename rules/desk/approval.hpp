// A request that waits for somebody's yes: what his answer says, and what follows from it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "rules/mail/customer_mail.hpp"
#include "rules/people/staff.hpp"
#include "rules/sla/sla_policy.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/ticket_in_time.hpp"

namespace bellhop::rules {

enum class ApprovalAnswer {
    yes,
    no,
    unclear  ///< a question, a condition, both or neither: a person has to read it
};

/// What somebody answers to a request for his approval; `words` are his own new ones
/// (Message::reply_text). The first sentence that decides counts, unless a later one takes it back:
/// a request is never released by a yes that has an "if" or a "but" behind it. Linear in the size
/// of `words`; the first 4,000 bytes are read.
ApprovalAnswer approval_answer(std::string_view words);

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

/// All that follows: the status, and the mail to the requester. The team hears of it by
/// rules/desk/tell. Nothing for a ticket that does not wait for approval.
Actions approval_actions(const ApprovalVerdict& verdict,
                         const TicketInTime& subject,
                         const SlaPolicy& policy,
                         const Staff& staff,
                         std::chrono::sys_seconds now);

}  // namespace bellhop::rules
