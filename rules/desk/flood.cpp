#include "rules/desk/flood.hpp"

#include <utility>

#include "parsers/header/domain_name.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

/// Whose mails are in it is nobody in particular: nobody is written to about it.
Ticket collecting_ticket(const MailReceived& mail,
                         const Situation& situation,
                         const MailPolicy& policy) {
    Ticket ticket;
    ticket.subject = "Too many mails at once";
    ticket.requester.name = "many senders";
    ticket.status = status::open;
    ticket.team = policy.flood_team;
    ticket.tags = {flood_tag};
    ticket.restricted = situation.ruling.outcome.restricted;
    ticket.mailbox = mail.mailbox;
    ticket.opened_at = mail.at;
    ticket.requester_proof = ProofLevel::unknown;
    return ticket;
}

TicketEvent collected(const MailReceived& mail, const Exhausted& limit) {
    const std::string sender = mail.message.from && !mail.message.from->address.empty()
                                   ? parsers::readable_address(mail.message.from->address)
                                   : std::string{"nobody"};
    return {mail.at,
            Event::collected,
            "gateway",
            "mail from " + sender + ": " + in_words(limit, "opened", "tickets") + "; not answered",
            {{"budget", std::string{to_text(limit.whose)}}}};
}

}  // namespace

bool is_flood(const Ticket& ticket) {
    return ticket.requester.address.empty() &&
           parsers::contains(ticket.tags, std::string_view{flood_tag});
}

std::optional<Exhausted> flood_limit(const MailReceived& mail,
                                     const Situation& situation,
                                     const MailPolicy& policy) {
    if (mail.is_released) return std::nullopt;
    return exhausted(policy.tickets, situation.tickets, situation.familiarity);
}

Actions collect(const MailReceived& mail,
                const Situation& situation,
                const MailPolicy& policy,
                const Exhausted& limit) {
    Actions actions;
    const Ruling& ruling = situation.ruling;
    if (situation.flood) {
        actions.push_back(AppendTo{situation.flood->id});
        if (ruling.outcome.restricted && !situation.flood->restricted) {
            actions.push_back(Restrict{by_rules(ruling)});
        }
    } else {
        const Ticket ticket = collecting_ticket(mail, situation, policy);
        TicketEvent created{mail.at,
                            Event::created,
                            "gateway",
                            "too many mails to " + mail.mailbox_address +
                                "; without priority and clock: look through them",
                            {{"priority", ticket.priority}, {"status", ticket.status}}};
        actions.push_back(OpenTicket{ticket});
        actions.push_back(Record{std::move(created)});
    }
    actions.push_back(Record{collected(mail, limit)});
    if (ruling.outcome.restricted && !ruling.outcome.notify.empty()) {
        actions.push_back(Notify{ruling.outcome.notify, by_rules(ruling)});
    }
    return actions;
}

}  // namespace bellhop::rules
