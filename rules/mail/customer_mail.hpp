// Mail to a ticket's requester that nobody has written by hand: whether it may go, what it is
// called.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/people/staff.hpp"
#include "rules/sla/sla_policy.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/ticket_in_time.hpp"

namespace bellhop::rules {

/// Why no automatic mail goes to the requester, one line; nothing where it may.
std::optional<std::string> why_not_to_mail(const Ticket& ticket,
                                           const std::vector<TicketEvent>& log,
                                           const Staff& staff);

/// Labels for mails about a ticket: no two lists of actions that are carried out one after the
/// other give the same, since each leaves an entry in the log.
class MailLabels {
public:
    explicit MailLabels(const std::vector<TicketEvent>& log) : entries_(log.size()) {}

    /// "reminder-17-1"
    std::string next(MailKind kind);

private:
    std::size_t entries_;
    int mails_ = 0;
};

/// Until when a reply brings a ticket back that is resolved at `now`, and whether the requester is
/// asked how the desk did: the placeholders "reopen_until" and "survey".
TemplateValues resolved_values(const TicketInTime& subject,
                               const SlaPolicy& policy,
                               std::chrono::sys_seconds now);

/// A mail to the requester. Where none may go, the entry "visit_withheld" or the like that says
/// why. `until`: see SendMail.
Action tell_requester(MailKind kind,
                      TemplateValues values,
                      const TicketInTime& subject,
                      const Staff& staff,
                      MailLabels& labels,
                      std::chrono::sys_seconds now,
                      std::optional<std::chrono::sys_seconds> until);

/// What the requester is told where the ticket is resolved: the reason, until when a reply brings
/// it back, the survey. Where no mail may go, the entry that says why.
Action tell_resolved(const TicketInTime& subject,
                     const SlaPolicy& policy,
                     const Staff& staff,
                     const std::string& reason,
                     MailLabels& labels,
                     std::chrono::sys_seconds now);

}  // namespace bellhop::rules
