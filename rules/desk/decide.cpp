#include "rules/desk/decide.hpp"

#include <algorithm>
#include <utility>

#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"
#include "parsers/text/plain_text.hpp"
#include "rules/desk/flood.hpp"
#include "rules/desk/mail_orders.hpp"
#include "rules/desk/proof.hpp"
#include "rules/mail/answer_mail.hpp"
#include "rules/mail/customer_reply.hpp"
#include "rules/mail/no_request.hpp"
#include "rules/ticket/actor.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "rules/ticket/subject_tag.hpp"

namespace bellhop::rules {
namespace {

// What builtin:school tags a mail with that shows it.
constexpr const char* chased_tag = "chased";
constexpr const char* complaint_tag = "complaint";

/// Our own mail come back, by a copy to the desk's address or a rule in somebody's mail program.
/// Taking it would make a ticket about our acknowledgement of a ticket. Relays that give msg-ids of
/// their own file what we send as well: there only the loop mark tells.
bool is_our_own(const MailReceived& mail, const MailPolicy& policy) {
    if (is_ours(mail.message.message_id, policy.keys)) return true;
    const std::string& mark = policy.answers.loop_mark;
    return mail.was_sent_from_here && !mark.empty() &&
           parsers::stripped(mail.message.field("X-Bellhop-Loop")) == mark;
}

std::string sender_of(const MailReceived& mail) {
    return mail.message.from ? mail.message.from->address : std::string{};
}

Parties parties_in(const MailReceived& mail, const Situation& situation) {
    return situation.parties.value_or(parties_of(mail.message, Staff{}, mail.author.standing));
}

/// What follows an earlier ticket keeps its subject, where the mail's only has something before it:
/// "Re: Resolved: phones" of a new ticket would be a lie.
std::string subject_of(const parsers::Message& message,
                       const Situation& situation,
                       const MailPolicy& policy) {
    const bool is_theirs =
        situation.parties && situation.parties->on_behalf && !situation.parties->subject.empty();
    const std::string subject =
        without_tags(is_theirs ? situation.parties->subject : message.subject, policy.tag);
    if (situation.ticket && subject.ends_with(situation.ticket->subject)) {
        return situation.ticket->subject;
    }
    return subject.empty() ? no_subject : subject;
}

TicketEvent event(const MailReceived& mail, EventType type, std::string detail) {
    return {mail.at, std::move(type), "gateway", std::move(detail), {}};
}

/// A technician opens a ticket by mail, perhaps for somebody else. Without a mail of ours that he
/// answers nothing proves that it is him: the ticket is his for now.
bool is_new_by_order(const MailReceived& mail, const Situation& situation) {
    return situation.desk_writer && !situation.desk_writer->name.empty() &&
           mail.message.kind == parsers::MessageKind::human && opens_ticket(mail.message);
}

void ask_whether_he_ordered_it(const MailReceived& mail,
                               const Situation& situation,
                               Actions& actions) {
    const DeskWriter& writer = *situation.desk_writer;
    actions.push_back(
        Record{event(mail, Event::not_proved,
                     unproved_mark + writer.name + "; what it orders is not done yet")});
    actions.push_back(
        Record{event(mail, MailEvent{MailKind::acknowledgement, MailStep::withheld},
                     "somebody of the desk opens it: he is asked whether it was him")});
    if (writer.asked >= most_asked) return;
    SendMail question{MailKind::confirm, writer.address};
    question.label = "confirm-";
    question.values = {{"reason", "the ticket is then as its first lines say"},
                       {"words", mail.message.reply_text}};
    actions.push_back(std::move(question));
}

AnswerSeeker seeker_of(const MailReceived& mail, const Situation& situation) {
    return {names_one_author(mail.author), situation.familiarity, situation.answers};
}

/// Why no clock runs: nobody asks. What may be about a child is looked at by the clock all the
/// same.
std::string why_without_clock(const MailReceived& mail, const Situation& situation) {
    if (situation.ruling.outcome.restricted) return {};
    const bool is_known = !situation.school.empty() && mail.author.standing == Standing::himself;
    return why_no_request(mail.message, is_known ? SenderIs::known : SenderIs::stranger);
}

void answer_or_say_why_not(const MailReceived& mail,
                           const Situation& situation,
                           const MailPolicy& policy,
                           Actions& actions) {
    if (is_new_by_order(mail, situation)) {
        return ask_whether_he_ordered_it(mail, situation, actions);
    }
    const auto withhold = [&](const std::string& reason, std::optional<BudgetOf> budget = {}) {
        TicketEvent entry =
            event(mail, MailEvent{MailKind::acknowledgement, MailStep::withheld}, reason);
        if (budget) entry.values = {{"budget", std::string{to_text(*budget)}}};
        actions.push_back(Record{std::move(entry)});
    };
    if (situation.may_have_been_answered) {
        return withhold("it came before the database was restored: it may have been answered then");
    }
    AnswerVerdict verdict = may_answer(mail.message, policy.answers, seeker_of(mail, situation));
    if (!verdict.send) return withhold(verdict.reason, verdict.kept_by);
    if (const std::string why = why_without_clock(mail, situation); !why.empty()) {
        return withhold("nobody asks for anything: " + why);
    }
    const Parties parties = parties_in(mail, situation);
    verdict.recipient = parties.requester.address;
    const Ruling& ruling = situation.ruling;
    if (!ruling.outcome.acknowledge) return withhold(by_rules(ruling));
    if (mail.extent == Extent::header_only) {
        actions.push_back(SendMail{MailKind::oversize, verdict.recipient, {}, {}});
    } else {
        actions.push_back(SendMail{MailKind::acknowledgement, verdict.recipient,
                                   ruling.outcome.acknowledgement, ruling.outcome.notes});
    }
}

Ticket new_ticket(const MailReceived& mail, const Situation& situation, const MailPolicy& policy) {
    const Outcome& outcome = situation.ruling.outcome;
    Ticket ticket;
    ticket.subject = subject_of(mail.message, situation, policy);
    Parties parties = parties_in(mail, situation);
    ticket.requester = std::move(parties.requester);
    ticket.participants = std::move(parties.participants);
    ticket.requester_proof =
        parties.is_named_by_program ? ProofLevel::unknown : noted_proof(mail.author);
    ticket.status = outcome.handling == Handling::hold ? status::waiting_approval : status::open;
    if (why_without_clock(mail, situation).empty()) ticket.priority = outcome.priority;
    ticket.team = outcome.team;
    ticket.assignee = outcome.assignee;
    ticket.category = outcome.category;
    ticket.tags = outcome.tags;
    ticket.restricted = outcome.restricted;
    ticket.school = situation.school;
    ticket.mailbox = mail.mailbox;
    ticket.opened_at = mail.at;
    return ticket;
}

void link_new(const Situation& situation, Actions& actions) {
    if (situation.ticket) {
        actions.push_back(LinkTo{situation.ticket->id, "follows"});
    } else if (situation.thread.possibly_belongs_to) {
        actions.push_back(LinkTo{*situation.thread.possibly_belongs_to, "possibly_belongs_to"});
    }
    if (const auto parent = situation.ruling.outcome.parent) {
        actions.push_back(LinkTo{*parent, "child_of"});
    }
}

/// Before the requester is answered: he learns from whom it waits.
void hold(const MailReceived& mail, const Ruling& ruling, Actions& actions) {
    const std::string& approver = ruling.outcome.approver;
    if (ruling.outcome.handling != Handling::hold) return;
    TicketEvent held =
        event(mail, Event::held,
              "waits for " +
                  (approver.empty() ? std::string{"approval"} : "the approval of " + approver) +
                  ", " + by_rules(ruling));
    held.values = {{"approver", approver}};
    actions.push_back(Record{std::move(held)});
    const std::vector<std::string> whom{approver.empty() ? std::string{"team"} : approver};
    actions.push_back(Notify{whom, {}, Occasion::approval_wanted});
}

/// What a mail shows, and those whom a rule wants to know of it.
void notify(const Ruling& ruling, Actions& actions) {
    for (const auto& [tag, occasion] :
         {std::pair{chased_tag, Occasion::chased}, std::pair{complaint_tag, Occasion::complaint}}) {
        if (parsers::contains(ruling.tags, tag)) actions.push_back(Notify{{}, {}, occasion});
    }
    const Outcome& outcome = ruling.outcome;
    if (!outcome.notify.empty()) actions.push_back(Notify{outcome.notify, by_rules(ruling)});
}

/// What is quoted of mails to the desk's people by somebody else: their proof has come into other
/// hands.
void expose_to_others(const MailReceived& mail,
                      std::optional<TicketId> here,
                      const Situation& situation,
                      const MailPolicy& policy,
                      Actions& actions) {
    if (situation.desk_writer) return;
    append(expose(mail.message, here, policy.keys, mail.at), actions);
}

Actions open_new(const MailReceived& mail, const Situation& situation, const MailPolicy& policy) {
    if (const auto limit = flood_limit(mail, situation, policy)) {
        return collect({sender_of(mail), mail.mailbox, mail.mailbox_address, mail.at, *limit},
                       situation.ruling, situation.flood, policy.flood_team);
    }
    const Ticket ticket = new_ticket(mail, situation, policy);
    Actions actions{OpenTicket{ticket}};
    const bool on_behalf = situation.parties && situation.parties->on_behalf;
    TicketEvent created = event(
        mail, Event::created,
        "mail to " + mail.mailbox_address + (on_behalf ? ", forwarded by " + sender_of(mail) : ""));
    if (const std::string why = why_without_clock(mail, situation); !why.empty()) {
        created.detail += "; without priority and clock: " + why;
    }
    created.values = {{"priority", ticket.priority}, {"status", ticket.status}};
    actions.push_back(Record{std::move(created)});
    actions.push_back(Record{ruling_event(situation.ruling, mail.at)});
    if (mail.extent == Extent::header_only) {
        actions.push_back(
            Record{event(mail, Event::oversize,
                         "the mail has " + std::to_string(mail.size) +
                             " bytes, more than is taken: only its header was read")});
    }
    for (const std::string& line : situation.thread.evidence) {
        actions.push_back(Record{event(mail, Event::thread_evidence, line)});
    }
    link_new(situation, actions);
    expose_to_others(mail, std::nullopt, situation, policy, actions);
    hold(mail, situation.ruling, actions);
    answer_or_say_why_not(mail, situation, policy, actions);
    notify(situation.ruling, actions);
    return actions;
}

/// What the rules change on a ticket that is there already.
void apply_ruling(const Ticket& ticket,
                  const MailReceived& mail,
                  const Ruling& ruling,
                  Actions& actions) {
    if (ruling.matched.empty()) return;
    actions.push_back(Record{ruling_event(ruling, mail.at)});
    const Outcome& outcome = ruling.outcome;
    const auto set = [&](TicketField field, const std::string& from, const std::string& to) {
        if (from != to) actions.push_back(SetField{field, to, "gateway", by_rules(ruling)});
    };
    set(TicketField::priority, ticket.priority, outcome.priority);
    set(TicketField::team, ticket.team, outcome.team);
    set(TicketField::assignee, ticket.assignee, outcome.assignee);
    set(TicketField::category, ticket.category, outcome.category);
    if (outcome.tags != ticket.tags) actions.push_back(AddTags{outcome.tags});
    if (outcome.restricted && !ticket.restricted) actions.push_back(Restrict{by_rules(ruling)});
    notify(ruling, actions);
}

/// "I am on holiday", in answer to a digest: about nothing, and nobody waits for it.
bool is_answer_of_robot_to_none(const MailReceived& mail, const Situation& situation) {
    return situation.thread.is_about_none && mail.message.kind == parsers::MessageKind::automatic;
}

/// Whether a person writes to the ticket as one of the desk. Its people may ask for something
/// themselves: then they are customers. Whoever else proves that he was sent a mail to the desk's
/// people answers that.
bool writes_as_desk(const MailReceived& mail, const Situation& situation) {
    if (!situation.desk_writer || mail.message.kind != parsers::MessageKind::human) return false;
    if (!situation.ticket) {
        // What answers a digest goes back to where its writer reads.
        return situation.thread.is_about_none && !situation.desk_writer->address.empty();
    }
    const std::string requester = parsers::address_key(situation.ticket->requester.address);
    return parsers::address_key(sender_of(mail)) != requester;
}

ReplyVerdict verdict_on_mail(const Ticket& ticket,
                             const MailReceived& mail,
                             const Situation& situation,
                             const MailPolicy& policy) {
    return verdict_on(mail.message, ticket, policy.statuses, situation.reopens_until, mail.at);
}

void apply_reply(const MailReceived& mail, const ReplyVerdict& verdict, Actions& actions) {
    const auto record = [&](TicketEvent entry) {
        entry.actor = sender_of(mail);
        actions.push_back(Record{std::move(entry)});
    };
    record(event(mail, Event::customer_reply, "mail from a person"));
    if (const auto rating = verdict.reading.rating) {
        TicketEvent survey = event(mail, Event::survey, std::to_string(*rating) + " of 5");
        survey.values = {{"rating", std::to_string(*rating)}};
        record(std::move(survey));
    } else if (!verdict.reading.wants_work) {
        record(
            event(mail, Event::thanks, "a thank-you: it opens nothing (\"ticket reopen\" would)"));
    }
    if (verdict.effect == ReplyEffect::reopens) {
        actions.push_back(Reopen{"a person replied", "gateway", verdict.to});
    } else if (verdict.effect == ReplyEffect::moves_on) {
        actions.push_back(SetStatus{verdict.to, "the customer replied"});
    }
}

/// Who asks again, or complains, is told once in a cycle by when he will hear: never later than he
/// was told before.
void answer_chase(const Ticket& ticket,
                  const MailReceived& mail,
                  const Situation& situation,
                  const MailPolicy& policy,
                  Actions& actions) {
    const auto& tags = situation.ruling.outcome.tags;
    const bool asks_again = std::any_of(tags.begin(), tags.end(), [&ticket](const auto& tag) {
        return (tag == "chased" || tag == "complaint") && !parsers::contains(ticket.tags, tag);
    });
    if (!asks_again || clock_of(policy.statuses, ticket.status) != ClockMode::run) return;
    const AnswerVerdict verdict =
        may_answer(mail.message, policy.answers, seeker_of(mail, situation));
    if (!verdict.send) return;
    SendMail answer{MailKind::acknowledgement, verdict.recipient, "chased", {}};
    answer.label = "chased-" + std::to_string(ticket.cycle);
    actions.push_back(std::move(answer));
}

/// Whom a participant puts in copy later takes part from then on, by the same rules as at the
/// start.
void add_colleagues(const Ticket& ticket,
                    const MailReceived& mail,
                    const Situation& situation,
                    Actions& actions) {
    if (!situation.parties || situation.school.empty() || situation.school != ticket.school) return;
    const std::string sender = sender_of(mail);
    if (!takes_part(ticket, sender)) return;
    std::size_t count = ticket.participants.size();
    for (const std::string& one : situation.parties->participants) {
        if (takes_part(ticket, one) || count >= most_participants) continue;
        actions.push_back(SetParticipant{one, true, sender});
        ++count;
    }
}

Actions append_to(const Ticket& ticket,
                  const MailReceived& mail,
                  const Situation& situation,
                  const MailPolicy& policy) {
    Actions actions{AppendTo{ticket.id}};
    for (const std::string& line : situation.thread.evidence) {
        actions.push_back(Record{event(mail, Event::thread_evidence, line)});
    }
    expose_to_others(mail, ticket.id, situation, policy, actions);
    // An out-of-office reply is not an answer: it must neither restart the clock of a ticket that
    // waits for its requester nor reopen a resolved one.
    if (mail.message.kind != parsers::MessageKind::human) {
        actions.push_back(
            Record{event(mail, Event::automatic_mail, "attached; it changes nothing")});
        return actions;
    }
    apply_reply(mail, verdict_on_mail(ticket, mail, situation, policy), actions);
    add_colleagues(ticket, mail, situation, actions);
    apply_ruling(ticket, mail, situation.ruling, actions);
    answer_chase(ticket, mail, situation, policy, actions);
    return actions;
}

/// A line for whoever has written the mail, or answers for it, where nobody can know which of its
/// readers has not got it.
std::string stranger_words(const BounceReading& reading, const BouncedMail& bounced) {
    const bool is_nameless = parsers::contains(reading.strangers, nobody_named);
    const std::string from =
        is_nameless ? "does not say from whom"
                    : "names " + harmless_line(parsers::joined(reading.strangers, ", "));
    return "A mail about this ticket has come back. The report " + from + "; it went to " +
           parsers::joined(bounced.readers, " and ") +
           ". Who has not got it is not known. Are the addresses right? Or ring them.";
}

/// RFC 3464: a report about a mail of ours takes back what it says has not arrived; who hears of
/// that is decided when the log is looked at. It never makes a ticket of its own.
Actions note_bounce(const MailReceived& mail, const BouncedMail& bounced) {
    const BounceReading reading = read_bounce(mail.message.report, bounced);
    Actions actions;
    if (bounced.ticket) {
        actions.push_back(AppendTo{*bounced.ticket});
        TicketEvent entry = event(mail, Event::bounce, reading.words);
        entry.values = {{"about", bounced.message_id},
                        {"named", parsers::joined(reading.named, " ")}};
        actions.push_back(Record{std::move(entry)});
    } else {
        actions.push_back(
            Ignore{"a report about our " + name_of(bounced.kind) + ": " + reading.words});
    }
    for (const MailReport& one : reading.failed) actions.push_back(MailCameBack{one});
    if (bounced.ticket && !reading.strangers.empty()) {
        actions.push_back(Notify{{name_in_actor(bounced.writer)},
                                 stranger_words(reading, bounced),
                                 Occasion::undelivered});
    }
    return actions;
}

}  // namespace

Way way_of(const MailReceived& mail, const Situation& situation, const MailPolicy& policy) {
    if (is_our_own(mail, policy)) return Way::drop;
    if (mail.was_sent_from_here) return Way::sent;
    if (is_answer_of_robot_to_none(mail, situation)) return Way::drop;
    if (mail.message.kind == parsers::MessageKind::bounce && situation.bounced) return Way::bounce;
    if (writes_as_desk(mail, situation)) return Way::desk;
    if (!situation.ticket) return Way::open;
    // Of a mail that we know nothing of: it lies with the ticket, and proves nothing.
    if (mail.message.kind == parsers::MessageKind::bounce) return Way::append;
    // A closed ticket has been reported on: a reply to it opens a new one that follows it.
    if (mail.message.kind != parsers::MessageKind::human) {
        return situation.ticket->status == status::closed ? Way::open : Way::append;
    }
    const ReplyVerdict verdict = verdict_on_mail(*situation.ticket, mail, situation, policy);
    return verdict.effect == ReplyEffect::follows ? Way::open : Way::append;
}

std::optional<Exhausted> flood_limit(const MailReceived& mail,
                                     const Situation& situation,
                                     const MailPolicy& policy) {
    if (mail.is_released) return std::nullopt;
    return exhausted(policy.tickets, situation.tickets, situation.familiarity);
}

Actions decide(const MailReceived& mail, const Situation& situation, const MailPolicy& policy) {
    const Way way = way_of(mail, situation, policy);
    ensure(way != Way::desk && way != Way::sent);
    if (way == Way::drop) {
        return {Ignore{is_answer_of_robot_to_none(mail, situation)
                           ? "an automatic answer to a mail of ours that is about no ticket"
                           : "a mail of our own come back"}};
    }
    if (way == Way::bounce) return note_bounce(mail, *situation.bounced);
    const Ruling& ruling = situation.ruling;
    if (ruling.outcome.handling == Handling::ignore) return {Ignore{by_rules(ruling)}};
    if (ruling.outcome.handling == Handling::quarantine && !mail.is_released) {
        return {Quarantine{by_rules(ruling)}};
    }
    if (way == Way::append) return append_to(*situation.ticket, mail, situation, policy);
    return open_new(mail, situation, policy);
}

}  // namespace bellhop::rules
