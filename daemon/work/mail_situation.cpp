#include "daemon/work/mail_situation.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "daemon/work/desk_writer.hpp"
#include "daemon/work/mail_budget.hpp"
#include "daemon/work/mail_context.hpp"
#include "parsers/text/ascii.hpp"
#include "rules/mail/chase.hpp"
#include "rules/mail/customer_reply.hpp"
#include "rules/mail/other_gateway.hpp"
#include "rules/sla/ticket_history.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "rules/ticket/threading.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t most_reported = 20;  // msg-ids in a report that are looked up

/// The tickets that the claims are about.
std::vector<rules::Candidate> candidates_for(const storage::TicketStore& tickets,
                                             const std::vector<rules::Claim>& claims) {
    std::vector<rules::Candidate> candidates;
    for (const rules::Claim& claim : claims) {
        if (claim.ticket) {
            if (auto ticket = tickets.find(tickets.current(*claim.ticket))) {
                candidates.push_back({claim.value, std::move(*ticket), {}});
            }
            continue;
        }
        for (const storage::MessageIdSighting& sighting : tickets.sightings(claim.value)) {
            if (auto ticket = tickets.find(sighting.ticket)) {
                candidates.push_back({claim.value, std::move(*ticket), sighting.from});
            }
        }
    }
    return candidates;
}

/// What stands before the "@".
std::string local_part(std::string_view message_id) {
    return parsers::lower_case(message_id.substr(0, message_id.find('@')));
}

/// The mails of ours that a msg-id names, one for each reader. A relay may have given it another
/// domain: then our token in it tells.
std::vector<storage::OutboxMail> mails_named(const std::string& message_id,
                                             const rules::TokenKeys& keys,
                                             const storage::Outbox& outbox) {
    std::vector<storage::OutboxMail> mails = outbox.with_message_id(message_id);
    const auto own = rules::read_message_id(message_id, keys);
    if (!mails.empty() || !own || own->second != rules::Genuine::yes) return mails;
    mails = outbox.of_ticket(own->first.ticket);
    std::erase_if(mails, [wanted = local_part(message_id)](const storage::OutboxMail& one) {
        return local_part(one.message_id) != wanted;
    });
    return mails;
}

/// Whom reports about this mail have named since it was last sent.
std::vector<std::string> named_in_reports(const std::vector<rules::TicketEvent>& log,
                                          const std::string& message_id,
                                          std::chrono::sys_seconds sent_at) {
    std::vector<std::string> named;
    for (const rules::TicketEvent& entry : log) {
        const bool is_about_it = entry.type == rules::Event::bounce && entry.at >= sent_at &&
                                 rules::value_of(entry, "about") == message_id;
        if (!is_about_it) continue;
        std::istringstream words{std::string{rules::value_of(entry, "named")}};
        for (std::string word; words >> word;) named.push_back(word);
    }
    return named;
}

/// The mails with one msg-id as one, with its readers.
rules::BouncedMail bounced_mail(const std::vector<storage::OutboxMail>& mails,
                                const storage::TicketStore& tickets) {
    const storage::OutboxMail& first = mails.front();
    rules::BouncedMail bounced{first.message_id, first.kind, {}, {}, {}, {}};
    std::chrono::sys_seconds sent_at{};
    for (const storage::OutboxMail& mail : mails) {
        bounced.readers.push_back(mail.recipient);
        sent_at = std::max(sent_at, mail.sent_at.value_or(sent_at));
    }
    if (!first.ticket) return bounced;
    bounced.ticket = tickets.current(*first.ticket);
    bounced.writer = rules::writer_of_mail(tickets.events(*first.ticket), first.message_id);
    bounced.named_before =
        named_in_reports(tickets.events(*bounced.ticket), first.message_id, sent_at);
    return bounced;
}

/// Which mail of ours a delivery report is about.
void add_bounce(rules::Situation& situation,
                const parsers::Message& message,
                const rules::TokenKeys& keys,
                const storage::Store& store) {
    if (message.kind != parsers::MessageKind::bounce) return;
    std::vector<std::string> ids;
    if (message.report) ids.push_back(message.report->original_message_id);
    // Reports that leave out the mail they are about still often answer it.
    for (const auto* list : {&message.in_reply_to, &message.references}) {
        ids.insert(ids.end(), list->begin(), list->end());
    }
    if (ids.size() > most_reported) ids.resize(most_reported);
    for (const std::string& id : ids) {
        const std::vector<storage::OutboxMail> mails = mails_named(id, keys, store.outbox);
        if (mails.empty()) continue;
        situation.bounced = bounced_mail(mails, store.tickets);
        return;
    }
}

/// Until when a reply reopens the ticket.
void add_what_a_reply_needs(rules::Situation& situation, const Filing& filing) {
    const Desk& desk = filing.desk;
    if (!situation.ticket) return;
    const rules::Ticket& ticket = *situation.ticket;
    if (clock_of(desk.policy.statuses, ticket.status) == rules::ClockMode::stop) {
        situation.reopens_until = rules::reopens_until(
            filing.store.tickets.events(ticket.id), desk.policy, calendar_of(desk, ticket.school));
    }
}

/// The sender's tickets that are worked on, the newest first.
std::vector<rules::OwnTicket> own_tickets(const std::string& address, const storage::Store& store) {
    constexpr std::size_t most = 20;
    std::vector<rules::OwnTicket> own;
    storage::ListFilter filter;
    filter.requester = address;
    const std::vector<rules::Ticket> open = store.lists.page(filter, {});
    for (auto ticket = open.rbegin(); ticket != open.rend() && own.size() < most; ++ticket) {
        const bool is_his =
            parsers::address_key(ticket->requester.address) == parsers::address_key(address);
        if (!is_his || ticket->restricted) continue;
        rules::OwnTicket one{ticket->id, ticket->subject, {}};
        const auto messages = store.tickets.messages(ticket->id);
        if (!messages.empty()) one.text = messages.front().reply_text;
        own.push_back(std::move(one));
    }
    return own;
}

/// Who asks again without a reference to any mail means a ticket that is there.
void look_for_chased(rules::Situation& situation,
                     const rules::MailReceived& mail,
                     const std::string& tag,
                     const storage::Store& store) {
    const parsers::Message& message = mail.message;
    if (mail.author.standing != rules::Standing::himself) return;
    const rules::ThreadDecision& thread = situation.thread;
    const bool has_place = thread.ticket || thread.possibly_belongs_to || thread.is_about_none;
    const bool on_behalf = situation.parties && situation.parties->on_behalf;
    if (has_place || on_behalf || !message.from || !rules::may_chase(message, tag)) return;
    const auto chased =
        rules::chased_ticket(message, own_tickets(message.from->address, store), tag);
    if (!chased) return;
    situation.thread.ticket = chased->ticket;
    situation.thread.evidence.push_back(chased->evidence + ": ticket " +
                                        std::to_string(static_cast<std::int64_t>(chased->ticket)));
}

rules::Writer writer_of(const rules::MailReceived& mail, const rules::Staff& staff) {
    if (mail.author.standing != rules::Standing::himself) return rules::Writer::not_believed;
    const std::string from = mail.message.from ? mail.message.from->address : std::string{};
    return rules::is_of_the_desk(staff, from) ? rules::Writer::of_the_desk : rules::Writer::anybody;
}

}  // namespace

rules::Situation situation_of(const Filing& filing,
                              const rules::MailReceived& mail,
                              const rules::MailPolicy& policy) {
    const Desk& desk = filing.desk;
    const storage::Store& store = filing.store;
    rules::Situation situation;
    situation.parties = parties_of(mail, desk);
    const std::string& requester = situation.parties->requester.address;
    const rules::Standing standing =
        standing_of_requester(*situation.parties, mail.author.standing);
    situation.school = sender_at(requester, standing, desk).school;
    situation.familiarity = familiarity(requester, standing, desk);
    const parsers::Message& message = mail.message;
    const std::vector<rules::Claim> claims =
        rules::thread_claims(message, {policy.keys, policy.tag});
    const std::vector<rules::Candidate> candidates = candidates_for(store.tickets, claims);
    situation.thread = rules::thread_of(message, claims, candidates, writer_of(mail, policy.staff));
    situation.other_gateway =
        rules::sign_of_another_gateway(message, claims, candidates, own_addresses(desk));
    if (!mail.was_sent_from_here) look_for_chased(situation, mail, policy.tag, store);
    situation.desk_writer = desk_writer(filing, mail, situation.thread, policy);
    if (situation.thread.ticket) situation.ticket = store.tickets.find(*situation.thread.ticket);

    add_bounce(situation, message, policy.keys, store);
    add_what_was_spent(situation, filing, mail, policy);
    add_what_a_reply_needs(situation, filing);
    return situation;
}

rules::Ruling ruling_on(const rules::MailReceived& mail,
                        const rules::Situation& situation,
                        rules::Way way,
                        const Desk& desk,
                        SurgeMemory& surges) {
    if (way == rules::Way::drop || way == rules::Way::bounce || way == rules::Way::sent) return {};
    const rules::RuleSet& rules = desk.rules.rule_set();
    const bool is_new = way == rules::Way::open;
    const std::string sender = is_new              ? situation.parties->requester.address
                               : mail.message.from ? mail.message.from->address
                                                   : std::string{};
    const rules::Standing standing =
        is_new ? standing_of_requester(*situation.parties, mail.author.standing)
               : mail.author.standing;
    rules::MailContext context = mail_context(mail, sender_at(sender, standing, desk),
                                              is_new ? std::nullopt : situation.ticket, desk);
    context.standing = standing;
    if (is_new) context.recent = surges.recent(mail.at, longest_surge(rules.book()));
    return rules::ruling_of(rules,
                            rules.evaluate(rules::facts_of(mail.message, std::move(context))));
}

}  // namespace bellhop::daemon
