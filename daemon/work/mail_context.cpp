#include "daemon/work/mail_context.hpp"

#include <utility>

#include "rules/calendar/calendar_layers.hpp"

namespace bellhop::daemon {
namespace {

constexpr const char* stranger = "unknown";  // the group of those whom nobody knows

}  // namespace

rules::Sender sender_at(const std::string& address, const Desk& desk) {
    if (!desk.rules.people) return rules::People{}.sender({});
    return desk.rules.people->sender(address);
}

rules::Sender sender_at(const std::string& address, rules::Standing standing, const Desk& desk) {
    rules::Sender sender = rules::People{}.sender({});
    if (standing == rules::Standing::nobody) return sender;
    sender = sender_at(address, desk);
    if (standing == rules::Standing::claimed) sender.groups = {stranger};
    return sender;
}

rules::Familiarity familiarity(const std::string& address,
                               rules::Standing standing,
                               const Desk& desk) {
    const bool is_unknown =
        sender_at(address, standing, desk).groups == std::vector<std::string>{stranger};
    return is_unknown ? rules::Familiarity::stranger : rules::Familiarity::known;
}

rules::Parties parties_of(const rules::MailReceived& mail, const Desk& desk) {
    return rules::parties_of(mail.message, staff_of(desk), mail.author.standing);
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
    context.proof = mail.author.proof;
    context.standing = mail.author.standing;
    context.arrival = ticket ? rules::Arrival::follow_up : rules::Arrival::new_ticket;
    context.open = calendar.is_open(mail.at);
    context.layers = rules::layers_on(calendar.plan(), today);
    context.date = std::chrono::year_month_day{today};
    context.at = mail.at;
    context.ticket = std::move(ticket);
    return context;
}

}  // namespace bellhop::daemon
