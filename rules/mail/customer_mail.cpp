#include "rules/mail/customer_mail.hpp"

#include <utility>

#include "parsers/message/robot_address.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {

std::optional<std::string> why_not_to_mail(const Ticket& ticket,
                                           const std::vector<TicketEvent>& log,
                                           const Staff& staff) {
    const std::string& address = ticket.requester.address;
    if (address.empty()) return "the requester has no address";
    if (is_own_address(staff, address)) return address + " is an address of the desk itself";
    if (parsers::is_robot_address(address)) return "nobody reads the mail of " + address;
    if (const auto returned = mail_returned_from(log, address)) {
        return "mail to " + address + " came back (" + returned->why + ")";
    }
    return std::nullopt;
}

std::string MailLabels::next(MailKind kind) {
    return std::string{entry_of(kind).label} + "-" + std::to_string(entries_) + "-" +
           std::to_string(++mails_);
}

TemplateValues resolved_values(const TicketInTime& subject,
                               const SlaPolicy& policy,
                               std::chrono::sys_seconds now) {
    const BusinessCalendar& calendar = subject.calendar;
    TemplateValues values;
    // What was told in confidence is not asked about with numbers.
    if (!subject.ticket.restricted) values["survey"] = "yes";
    if (const auto until = calendar.add_business_days(now, policy.reopen_window_days)) {
        values["reopen_until"] = date_in_words(calendar.wall_clock(*until).date,
                                               calendar.wall_clock(now).date, subject.style);
    }
    return values;
}

Action tell_requester(MailKind kind,
                      TemplateValues values,
                      const TicketInTime& subject,
                      const Staff& staff,
                      MailLabels& labels,
                      std::chrono::sys_seconds now,
                      std::optional<std::chrono::sys_seconds> until) {
    if (const auto why_not = why_not_to_mail(subject.ticket, subject.log, staff)) {
        return Record{{now, MailEvent{kind, MailStep::withheld}, "gateway", *why_not, {}}};
    }
    SendMail mail{kind, subject.ticket.requester.address};
    mail.label = labels.next(kind);
    mail.values = std::move(values);
    mail.until = until;
    return mail;
}

Action tell_resolved(const TicketInTime& subject,
                     const SlaPolicy& policy,
                     const Staff& staff,
                     const std::string& reason,
                     MailLabels& labels,
                     std::chrono::sys_seconds now) {
    TemplateValues values = resolved_values(subject, policy, now);
    if (!subject.ticket.restricted) values["reason"] = reason;
    return tell_requester(MailKind::resolved, std::move(values), subject, staff, labels, now,
                          subject.calendar.add_business_days(now, policy.reopen_window_days));
}

}  // namespace bellhop::rules
