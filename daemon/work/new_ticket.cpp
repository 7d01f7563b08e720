#include "daemon/work/new_ticket.hpp"

#include "daemon/work/desk_work.hpp"
#include "daemon/work/due_round.hpp"
#include "daemon/work/mail_situation.hpp"
#include "parsers/message/parse_message.hpp"

namespace bellhop::daemon {
namespace {

rules::MailReceived received(const Filing& filing, const std::string& bytes) {
    const MailboxSettings& mailbox = filing.desk.settings.mailboxes.front();
    rules::MailReceived mail;
    mail.message = parsers::parse_message(bytes);
    mail.mailbox = mailbox.name;
    mail.mailbox_address = mailbox.address;
    mail.at = filing.now;
    mail.size = bytes.size();
    mail.is_released = true;  // somebody has looked at it: he has written it
    mail.author = rules::vouched_for();
    return mail;
}

rules::Situation situation_of_call(const Filing& filing,
                                   const rules::MailReceived& mail,
                                   const rules::MailPolicy& policy) {
    rules::Situation situation = situation_of(filing, mail, policy);
    situation.desk_writer.reset();  // whoever rings asks for something, of the desk or not
    SurgeMemory surges{filing.store.tickets};
    situation.ruling = ruling_on(mail, situation, rules::Way::open, filing.desk, surges);
    rules::Handling& handling = situation.ruling.outcome.handling;
    if (handling == rules::Handling::ignore) handling = rules::Handling::accept;
    return situation;
}

}  // namespace

boost::system::result<rules::Ticket, std::string> open_ticket_within(
    const Filing& filing, const rules::NewTicketOrder& order, const std::string& actor) {
    const rules::Staff staff = staff_of(filing.desk);
    const rules::DeskRules desk = desk_rules(filing.desk, staff);
    const auto mail = rules::mail_of_new_ticket(
        order, desk, filing.desk.settings.mailboxes.front().address, filing.now);
    if (mail.has_error()) return mail.error();
    const std::string bytes = parsers::compose(*mail);
    const rules::MailReceived event = received(filing, bytes);
    rules::MailPolicy policy = mail_policy(filing.desk, filing.key);
    policy.keys = filing.store.generations.keys(filing.key);
    const rules::Actions actions = rules::opened_by(
        actor, order, desk, rules::decide(event, situation_of_call(filing, event, policy), policy));
    const Filed filed = file_mail(filing, event, bytes, actions);
    if (!filed.ticket) return filed.reason;
    refresh_timers(filing, *filed.ticket);
    return filing.store.tickets.find(*filed.ticket).value();
}

boost::system::result<rules::Ticket, std::string> open_ticket(const Filing& filing,
                                                              const rules::NewTicketOrder& order,
                                                              const std::string& actor) {
    storage::Transaction transaction{filing.store.database};
    auto ticket = open_ticket_within(filing, order, actor);
    if (ticket.has_value()) transaction.commit();
    return ticket;
}

}  // namespace bellhop::daemon
