#include "daemon/history/past_decision.hpp"

#include <algorithm>
#include <utility>

#include "daemon/work/intake.hpp"
#include "daemon/work/mail_context.hpp"
#include "daemon/work/surge_memory.hpp"
#include "parsers/message/parse_message.hpp"
#include "rules/desk/flood.hpp"
#include "rules/trial/past_ticket.hpp"

namespace bellhop::daemon {
namespace {

using Log = std::vector<rules::TicketEvent>;

/// The entry that tells of the mail's arrival.
std::size_t entry_of(const Log& log, const storage::ReceivedMail& mail) {
    if (mail.opens_ticket) return 0;
    const auto told = std::find_if(log.begin(), log.end(), [&mail](const rules::TicketEvent& one) {
        return one.type == rules::Event::customer_reply && one.at == mail.at;
    });
    if (told != log.end()) return static_cast<std::size_t>(told - log.begin());
    const auto later = std::find_if(log.begin(), log.end(), [&mail](const rules::TicketEvent& one) {
        return one.at > mail.at;
    });
    return static_cast<std::size_t>(later - log.begin());
}

/// The ruling on the mail whose arrival is entry number `entry`: before the next mail's arrival.
std::optional<std::size_t> ruling_after(const Log& log, std::size_t entry) {
    for (std::size_t i = entry; i < log.size(); ++i) {
        if (log[i].type == rules::Event::rules) return i;
        if (i > entry && log[i].type == rules::Event::customer_reply) break;
    }
    return std::nullopt;
}

rules::Outcome as_it_was(const rules::Ticket& ticket) {
    rules::Outcome outcome;
    outcome.priority = ticket.priority;
    outcome.team = ticket.team;
    outcome.assignee = ticket.assignee;
    outcome.category = ticket.category;
    return outcome;
}

}  // namespace

std::optional<PastDecision> PastDecisions::of(const storage::ReceivedMail& mail) const {
    const bool has_say = mail.opens_ticket || mail.kind == parsers::MessageKind::human;
    if (!mail.raw || !has_say) return std::nullopt;
    const std::optional<rules::Ticket> ticket = store_.tickets.find(mail.ticket);
    // What was collected belongs to no request: nothing was decided about each mail of it.
    if (!ticket || rules::is_flood(*ticket)) return std::nullopt;
    const std::string bytes = store_.blobs.get(*mail.raw);
    rules::MailReceived received;
    received.message = parsers::parse_message(bytes);
    received.mailbox = mailbox_of(mail, *ticket, received.message, bytes);
    received.at = mail.at;

    const Log log = store_.tickets.events(mail.ticket);
    const std::size_t entry = entry_of(log, mail);
    rules::Ticket then = rules::ticket_before(*ticket, log, entry);
    const auto& from = received.message.from;
    const auto stored = store_.tickets.find_message(mail.id);
    if (stored) received.author = stored->author;
    rules::Sender sender = sender_at(mail.opens_ticket ? ticket->requester.address
                                     : from            ? from->address
                                                       : std::string{},
                                     received.author.standing, desk_);
    if (mail.opens_ticket && !ticket->school.empty()) {
        sender.school = ticket->school;
        sender.plan = plan_of(desk_, ticket->school);
    }
    PastDecision decision;
    decision.is_restricted = ticket->restricted;
    decision.then.outcome = as_it_was(then);
    const std::optional<std::size_t> ruling = ruling_after(log, entry);
    if (ruling) {
        decision.then = rules::read_ruling(log[*ruling]);
        decision.is_recorded = true;
    }
    decision.corrected_priority =
        rules::corrected_after(log, ruling.value_or(entry), rules::TicketField::priority);
    decision.facts = rules::facts_of(
        received.message,
        mail_context(received, sender,
                     mail.opens_ticket ? std::nullopt : std::optional{std::move(then)}, desk_));
    return decision;
}

std::vector<rules::RecentTicket> PastDecisions::surge_before(
    const storage::ReceivedMail& mail) const {
    const std::chrono::seconds window = longest_surge(desk_.rules.rule_set().book());
    if (!mail.opens_ticket || window == std::chrono::seconds{0}) return {};
    std::vector<rules::Ticket> opened =
        store_.tickets.opened_between(mail.at - window, mail.at, most_surge_tickets);
    std::erase_if(opened, [&mail](const rules::Ticket& one) { return one.id >= mail.ticket; });
    return with_surges(store_.tickets, opened);
}

/// A follow-up may have come in by another mailbox than its ticket: the ledger knows.
std::string PastDecisions::mailbox_of(const storage::ReceivedMail& mail,
                                      const rules::Ticket& ticket,
                                      const parsers::Message& message,
                                      std::string_view bytes) const {
    if (mail.opens_ticket || desk_.settings.mailboxes.size() == 1) return ticket.mailbox;
    const auto entry = store_.ledger.find_same_mail(content_key(message, bytes), {});
    return entry ? entry->key.mailbox : ticket.mailbox;
}

}  // namespace bellhop::daemon
