#include "daemon/work/mail_context.hpp"

#include <utility>

#include "rules/calendar/calendar_layers.hpp"

namespace bellhop::daemon {

rules::Sender sender_at(const std::string& address, const Desk& desk) {
    if (!desk.rules.people) return rules::People{}.sender({});
    return desk.rules.people->sender(address);
}

rules::Parties parties_of(const parsers::Message& mail, const Desk& desk) {
    return rules::parties_of(mail, staff_of(desk));
}

rules::MailContext mail_context(const rules::MailReceived& mail,
                                const rules::Sender& sender,
                                std::optional<rules::Ticket> ticket,
                                const Desk& desk) {
    const rules::BusinessCalendar& calendar = calendar_of(desk, sender.school);
    const std::chrono::local_days today = calendar.wall_clock(mail.at).date;
    rules::MailContext context;
    context.mailbox = mail.mailbox;
    context.school = sender.school;
    context.plan = sender.plan;
    context.groups = sender.groups;
    context.knows_people = desk.rules.people && desk.rules.people->are_real();
    context.arrival = ticket ? rules::Arrival::follow_up : rules::Arrival::new_ticket;
    context.open = calendar.is_open(mail.at);
    context.layers = rules::layers_on(calendar.plan(), today);
    context.date = std::chrono::year_month_day{today};
    context.at = mail.at;
    context.ticket = std::move(ticket);
    return context;
}

}  // namespace bellhop::daemon
