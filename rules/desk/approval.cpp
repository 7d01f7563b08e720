#include "rules/desk/approval.hpp"

#include <utility>

namespace bellhop::rules {

Action tell_of_approval(const ApprovalVerdict& verdict,
                        const TicketInTime& subject,
                        const SlaPolicy& policy,
                        const Staff& staff,
                        MailLabels& labels,
                        std::chrono::sys_seconds now) {
    TemplateValues values;
    if (!verdict.is_approved) values = resolved_values(subject, policy, now);
    if (!verdict.by.empty()) values["approver"] = verdict.by;
    if (!verdict.reason.empty() && !subject.ticket.restricted) values["reason"] = verdict.reason;
    return tell_requester(verdict.is_approved ? MailKind::approved : MailKind::refused,
                          std::move(values), subject, staff, labels, now, std::nullopt);
}

}  // namespace bellhop::rules
