#include "daemon/work/mail_situation.hpp"

#include <utility>

#include "daemon/work/desk_writer.hpp"
#include "daemon/work/mail_context.hpp"
#include "rules/mail/chase.hpp"
#include "rules/mail/customer_reply.hpp"
#include "rules/mail/other_gateway.hpp"
#include "rules/people/named_requester.hpp"
#include "rules/ticket/threading.hpp"

namespace bellhop::daemon {
namespace {

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

/// A person's mail goes to each of its readers by itself, under one msg-id.
void add_bounced_reply(rules::Situation& situation,
                       const storage::OutboxMail& sent,
                       const storage::Outbox& outbox) {
    if (!sent.ticket || entry_of(sent.kind).writer != rules::MailWriter::person) return;
    situation.bounced_reply = sent.message_id;
    for (const storage::OutboxMail& mail : outbox.of_ticket(*sent.ticket)) {
        if (mail.message_id == sent.message_id) {
            situation.bounced_reply_to.push_back(mail.recipient);
        }
    }
}

/// Which mail of ours a delivery report is about.
void add_bounce(rules::Situation& situation,
                const parsers::Message& message,
                const storage::Outbox& outbox) {
    if (message.report && !message.report->original_message_id.empty()) {
        if (const auto sent = outbox.find_by_message_id(message.report->original_message_id)) {
            situation.bounced = sent->ticket;
            situation.bounced_recipient = sent->recipient;
            add_bounced_reply(situation, *sent, outbox);
        }
    }
    // Reports that leave out the mail they are about still often answer it.
    if (message.kind == parsers::MessageKind::bounce && !situation.bounced)
        situation.bounced = situation.thread.ticket;
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
                     const parsers::Message& message,
                     const std::string& tag,
                     const storage::Store& store) {
    const bool has_place = situation.thread.ticket || situation.thread.possibly_belongs_to;
    const bool on_behalf = situation.parties && situation.parties->on_behalf;
    if (has_place || on_behalf || !message.from || !rules::may_chase(message, tag)) return;
    const auto chased =
        rules::chased_ticket(message, own_tickets(message.from->address, store), tag);
    if (!chased) return;
    situation.thread.ticket = chased->ticket;
    situation.thread.evidence.push_back(chased->evidence + ": ticket " +
                                        std::to_string(static_cast<std::int64_t>(chased->ticket)));
}

/// By whom the mail is known: nobody is, by what stands in Reply-To.
std::string known_address(const parsers::Message& message, const rules::Parties& parties) {
    if (parties.named_by != rules::NamedBy::reply_to) return parties.requester.address;
    return message.from ? message.from->address : std::string{};
}

void count_recent_answers(rules::Situation& situation,
                          const Filing& filing,
                          const rules::MailPolicy& policy) {
    const std::string key = parsers::address_key(situation.parties->requester.address);
    situation.recent.clear();
    for (const rules::MailLimit& limit : policy.answers.limits) {
        situation.recent.push_back(
            filing.store.outbox.automatic_mails_to(key, filing.now - limit.window));
    }
}

/// The person whom the mail names in a form that a rule has pointed to.
std::optional<parsers::Address> requester_by_rule(const parsers::Message& message,
                                                  const rules::Situation& situation,
                                                  const Desk& desk) {
    const std::vector<std::string>& forms = situation.ruling.outcome.requester_from;
    if (forms.empty() || situation.parties->on_behalf) return std::nullopt;
    const rules::People* people = desk.rules.people ? &*desk.rules.people : nullptr;
    return rules::named_requester(message, forms, people, own_addresses(desk));
}

}  // namespace

rules::Situation situation_of(const Filing& filing,
                              const rules::MailReceived& mail,
                              const rules::MailPolicy& policy) {
    const Desk& desk = filing.desk;
    const storage::Store& store = filing.store;
    rules::Situation situation;
    situation.parties = parties_of(mail.message, desk);
    const parsers::Message& message = mail.message;
    situation.school = sender_at(known_address(message, *situation.parties), desk).school;
    const std::vector<rules::Claim> claims =
        rules::thread_claims(message, {policy.keys, policy.tag});
    const std::vector<rules::Candidate> candidates = candidates_for(store.tickets, claims);
    situation.thread = rules::thread_of(
        message, claims, candidates,
        is_of_the_desk(desk, mail) ? rules::Writer::of_the_desk : rules::Writer::anybody);
    situation.other_gateway =
        rules::sign_of_another_gateway(message, claims, candidates, own_addresses(desk));
    look_for_chased(situation, message, policy.tag, store);
    situation.desk_writer = desk_writer(filing, mail, situation.thread, policy);
    if (situation.thread.ticket) situation.ticket = store.tickets.find(*situation.thread.ticket);

    add_bounce(situation, message, store.outbox);
    count_recent_answers(situation, filing, policy);
    add_what_a_reply_needs(situation, filing);
    return situation;
}

rules::Ruling ruling_on(const rules::MailReceived& mail,
                        const rules::Situation& situation,
                        rules::Way way,
                        const Desk& desk,
                        SurgeMemory& surges) {
    if (way == rules::Way::drop || way == rules::Way::bounce) return {};
    const rules::RuleSet& rules = desk.rules.rule_set;
    const bool is_new = way == rules::Way::open;
    const std::string sender = is_new              ? known_address(mail.message, *situation.parties)
                               : mail.message.from ? mail.message.from->address
                                                   : std::string{};
    rules::MailContext context =
        mail_context(mail, sender_at(sender, desk), is_new ? std::nullopt : situation.ticket, desk);
    if (is_new) context.recent = surges.recent(mail.at, longest_surge(rules.book()));
    return rules::ruling_of(rules,
                            rules.evaluate(rules::facts_of(mail.message, std::move(context))));
}

void let_rules_decide(rules::Situation& situation,
                      const rules::MailReceived& mail,
                      rules::Way way,
                      const Filing& filing,
                      const rules::MailPolicy& policy,
                      SurgeMemory& surges) {
    const Desk& desk = filing.desk;
    situation.ruling = ruling_on(mail, situation, way, desk, surges);
    auto person =
        way == rules::Way::open ? requester_by_rule(mail.message, situation, desk) : std::nullopt;
    if (!person) return;
    rules::Parties& parties = *situation.parties;
    parties.participants = {parsers::address_key(person->address)};
    parties.requester = std::move(*person);
    parties.named_by = rules::NamedBy::text;
    situation.school = sender_at(parties.requester.address, desk).school;
    count_recent_answers(situation, filing, policy);
    situation.ruling = ruling_on(mail, situation, way, desk, surges);
}

}  // namespace bellhop::daemon
