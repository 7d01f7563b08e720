#include "rules/desk/flood.hpp"

#include <string_view>
#include <utility>

#include "parsers/header/domain_name.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

/// Whose mails are in it is nobody in particular: nobody is written to about it.
Ticket collecting_ticket(const SurplusMail& mail, const Ruling& ruling, const std::string& team) {
    Ticket ticket;
    ticket.subject = "Too many mails at once";
    ticket.requester.name = "many senders";
    ticket.status = status::open;
    ticket.team = team;
    ticket.tags = {flood_tag};
    ticket.restricted = ruling.outcome.restricted;
    ticket.mailbox = mail.mailbox;
    ticket.opened_at = mail.at;
    ticket.requester_proof = ProofLevel::unknown;
    return ticket;
}

TicketEvent created(const SurplusMail& mail, const Ticket& ticket) {
    return {mail.at,
            Event::created,
            "gateway",
            "too many mails to " + mail.mailbox_address +
                "; without priority and clock: look through them",
            {{"priority", ticket.priority}, {"status", ticket.status}}};
}

TicketEvent collected(const SurplusMail& mail) {
    const std::string sender =
        mail.sender.empty() ? std::string{"nobody"} : parsers::readable_address(mail.sender);
    return {
        mail.at,
        Event::collected,
        "gateway",
        "mail from " + sender + ": " + in_words(mail.limit, "opened", "tickets") + "; not answered",
        {{"budget", std::string{to_text(mail.limit.whose)}}}};
}

}  // namespace

bool is_flood(const Ticket& ticket) {
    return ticket.requester.address.empty() &&
           parsers::contains(ticket.tags, std::string_view{flood_tag});
}

Actions collect(const SurplusMail& mail,
                const Ruling& ruling,
                const std::optional<Ticket>& flood,
                const std::string& team) {
    Actions actions;
    if (flood) {
        actions.push_back(AppendTo{flood->id});
        if (ruling.outcome.restricted && !flood->restricted) {
            actions.push_back(Restrict{by_rules(ruling)});
        }
    } else {
        const Ticket ticket = collecting_ticket(mail, ruling, team);
        actions.push_back(OpenTicket{ticket});
        actions.push_back(Record{created(mail, ticket)});
    }
    actions.push_back(Record{collected(mail)});
    if (ruling.outcome.restricted && !ruling.outcome.notify.empty()) {
        actions.push_back(Notify{ruling.outcome.notify, by_rules(ruling)});
    }
    return actions;
}

}  // namespace bellhop::rules
