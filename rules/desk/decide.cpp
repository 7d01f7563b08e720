#include "rules/desk/decide.hpp"

#include <algorithm>
#include <utility>

#include "parsers/message/automatic_mail.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"
#include "rules/desk/mail_orders.hpp"
#include "rules/desk/proof.hpp"
#include "rules/mail/answer_mail.hpp"
#include "rules/mail/customer_reply.hpp"
#include "rules/mail/no_request.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "rules/ticket/subject_tag.hpp"

namespace bellhop::rules {
namespace {

// What builtin:school tags a mail with that shows it.
constexpr const char* chased_tag = "chased";
constexpr const char* complaint_tag = "complaint";

/// Our own mail come back, by a copy to the desk's address or a rule in somebody's mail program.
/// Taking it would make a ticket about our acknowledgement of a ticket.
bool is_our_own(const parsers::Message& message, const MailPolicy& policy) {
    const auto own = read_message_id(message.message_id, policy.keys);
    return own && own->second != Genuine::no;
}

std::string sender_of(const MailReceived& mail) {
    return mail.message.from ? mail.message.from->address : std::string{};
}

Parties parties_in(const MailReceived& mail, const Situation& situation) {
    return situation.parties.value_or(parties_of(mail.message, nullptr, {}));
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
    actions.push_back(Record{
        event(mail, Event::not_proved,
              "not proved: in the name of " + writer.name + "; what it orders is not done yet")});
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

/// The mail as if the person had sent it himself whom it names: the machine is not answered, he is.
/// Where a rule says who asks, it is no matter that a machine has written it; else all counts that
/// speaks against an answer but the machine's address.
parsers::Message sent_by(const Parties& parties, parsers::Message message) {
    message.from = parties.requester;
    if (parties.named_by == NamedBy::reply_to) {
        message.reply_to.clear();
        message.answerable = parsers::classify(message).answerable;
    } else if (message.kind == parsers::MessageKind::automatic) {
        message.kind = parsers::MessageKind::human;
        message.answerable = true;
    }
    return message;
}

void answer_or_say_why_not(const MailReceived& mail,
                           const Situation& situation,
                           const MailPolicy& policy,
                           Actions& actions) {
    if (is_new_by_order(mail, situation)) {
        return ask_whether_he_ordered_it(mail, situation, actions);
    }
    const auto withhold = [&](const std::string& reason) {
        actions.push_back(
            Record{event(mail, MailEvent{MailKind::acknowledgement, MailStep::withheld}, reason)});
    };
    if (situation.may_have_been_answered) {
        return withhold("it came before the database was restored: it may have been answered then");
    }
    const Parties parties = parties_in(mail, situation);
    AnswerVerdict verdict =
        parties.named_by == NamedBy::from
            ? may_answer(mail.message, policy.answers, situation.recent)
            : may_answer(sent_by(parties, mail.message), policy.answers, situation.recent);
    if (!verdict.send) return withhold(verdict.reason);
    if (parties.on_behalf) verdict.recipient = parties.requester.address;
    const Ruling& ruling = situation.ruling;
    if (!ruling.outcome.acknowledge) return withhold(by_rules(ruling));
    if (mail.extent == Extent::header_only) {
        actions.push_back(SendMail{MailKind::oversize, verdict.recipient, {}, {}});
    } else {
        actions.push_back(SendMail{MailKind::acknowledgement, verdict.recipient,
                                   ruling.outcome.acknowledgement, ruling.outcome.notes});
    }
}

/// Why no clock runs: nobody asks. What may be about a child is looked at by the clock all the
/// same.
std::string why_without_clock(const MailReceived& mail, const Situation& situation) {
    if (situation.ruling.outcome.restricted) return {};
    return why_no_request(mail.message,
                          situation.school.empty() ? SenderIs::stranger : SenderIs::known);
}

Ticket new_ticket(const MailReceived& mail, const Situation& situation, const MailPolicy& policy) {
    const Outcome& outcome = situation.ruling.outcome;
    Ticket ticket;
    ticket.subject = subject_of(mail.message, situation, policy);
    Parties parties = parties_in(mail, situation);
    ticket.requester = std::move(parties.requester);
    ticket.participants = std::move(parties.participants);
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

/// ", sent by noreply@forms.example, whose Reply-To names the requester"
std::string how_named(const MailReceived& mail, const Situation& situation) {
    const NamedBy named_by = parties_in(mail, situation).named_by;
    if (named_by == NamedBy::from) return {};
    return ", sent by " + sender_of(mail) +
           (named_by == NamedBy::reply_to ? ", whose Reply-To names the requester"
                                          : ", whose text names the requester");
}

Actions open_new(const MailReceived& mail, const Situation& situation, const MailPolicy& policy) {
    const Ticket ticket = new_ticket(mail, situation, policy);
    Actions actions{OpenTicket{ticket}};
    const bool on_behalf = situation.parties && situation.parties->on_behalf;
    TicketEvent created = event(mail, Event::created,
                                "mail to " + mail.mailbox_address +
                                    (on_behalf ? ", forwarded by " + sender_of(mail) : "") +
                                    how_named(mail, situation));
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

/// Whether somebody of the desk writes. Technicians may ask for something themselves: then they are
/// customers. Whoever else proves that he was sent a mail to the desk's people answers that.
bool is_of_the_desk(const MailReceived& mail, const Situation& situation) {
    if (!situation.desk_writer || mail.message.kind != parsers::MessageKind::human) return false;
    if (!situation.ticket) return mail.was_sent_from_here || situation.desk_writer->proof;
    const std::string requester = parsers::address_key(situation.ticket->requester.address);
    return parsers::address_key(sender_of(mail)) != requester;
}

/// What a mail of the desk's own is quoted by: its proof has come into other hands.
void record_exposed(const MailReceived& mail, const MailPolicy& policy, Actions& actions) {
    if (auto entry = exposed_entry(mail.message, policy.keys, mail.at)) {
        actions.push_back(Record{*std::move(entry)});
    }
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
    const AnswerVerdict verdict = may_answer(mail.message, policy.answers, situation.recent);
    if (!verdict.send) return;
    SendMail answer{MailKind::acknowledgement, verdict.recipient, "chased", {}};
    answer.label = "chased-" + std::to_string(ticket.cycle);
    actions.push_back(std::move(answer));
}

Actions append_to(const Ticket& ticket,
                  const MailReceived& mail,
                  const Situation& situation,
                  const MailPolicy& policy) {
    Actions actions{AppendTo{ticket.id}};
    for (const std::string& line : situation.thread.evidence) {
        actions.push_back(Record{event(mail, Event::thread_evidence, line)});
    }
    // An out-of-office reply is not an answer: it must neither restart the clock of a ticket that
    // waits for its requester nor reopen a resolved one.
    if (mail.message.kind != parsers::MessageKind::human) {
        actions.push_back(
            Record{event(mail, Event::automatic_mail, "attached; it changes nothing")});
        return actions;
    }
    apply_reply(mail, verdict_on_mail(ticket, mail, situation, policy), actions);
    record_exposed(mail, policy, actions);
    apply_ruling(ticket, mail, situation.ruling, actions);
    answer_chase(ticket, mail, situation, policy, actions);
    return actions;
}

/// Whom of the readers of a person's mail the report names; the only one where the server calls him
/// otherwise, as behind an alias.
std::string reader_named(const Situation& situation, const std::string& address) {
    const std::vector<std::string>& readers = situation.bounced_reply_to;
    for (const std::string& one : readers) {
        if (parsers::address_key(one) == parsers::address_key(address)) return one;
    }
    return readers.size() == 1 ? readers.front() : std::string{};
}

/// Who has written it believes that it was read, and the clock that it was answered.
void take_back_reply(const Situation& situation,
                     const parsers::ReportedRecipient& failed,
                     Actions& actions) {
    const std::string reader = reader_named(situation, failed.address);
    if (situation.bounced_reply.empty() || reader.empty()) return;
    const std::string words = failed.diagnostic.empty() ? failed.status : failed.diagnostic;
    actions.push_back(
        MailCameBack{{MailWay::refused, MailKind::reply, reader, situation.bounced_reply, words}});
}

/// RFC 3464: a report about a mail of ours tells the desk that the customer was not reached. It
/// never makes a ticket of its own where we know which mail it is about.
Actions note_bounce(TicketId ticket, const MailReceived& mail, const Situation& situation) {
    Actions actions{AppendTo{ticket}};
    TicketEvent bounced = event(mail, Event::bounce, {});
    const parsers::DeliveryReport report = mail.message.report.value_or(parsers::DeliveryReport{});
    std::string failed;  // for good: RFC 3463 section 3.1, class 5
    Actions taken_back;
    if (report.recipients.empty()) {
        bounced.detail = "our mail to " + situation.bounced_recipient + " came back";
    }
    for (const parsers::ReportedRecipient& one : report.recipients) {
        if (!bounced.detail.empty()) bounced.detail += "; ";
        bounced.detail += one.address + ": " + one.action + " " + one.status + " " + one.diagnostic;
        const std::string key = parsers::address_key(one.address);
        const bool has_blank = key.find(' ') != std::string::npos;
        if (one.action != "failed" || !one.status.starts_with('5') || has_blank) continue;
        failed += (failed.empty() ? "" : " ") + key;
        take_back_reply(situation, one, taken_back);
    }
    if (!failed.empty()) bounced.values = {{"failed", failed}};
    actions.push_back(Record{std::move(bounced)});
    actions.insert(actions.end(), taken_back.begin(), taken_back.end());
    return actions;
}

}  // namespace

Way way_of(const MailReceived& mail, const Situation& situation, const MailPolicy& policy) {
    if (is_our_own(mail.message, policy)) return Way::drop;
    if (mail.message.kind == parsers::MessageKind::bounce && situation.bounced) return Way::bounce;
    if (is_of_the_desk(mail, situation)) return Way::desk;
    if (!situation.ticket) return Way::open;
    // A closed ticket has been reported on: a reply to it opens a new one that follows it.
    if (mail.message.kind != parsers::MessageKind::human) {
        return situation.ticket->status == status::closed ? Way::open : Way::append;
    }
    const ReplyVerdict verdict = verdict_on_mail(*situation.ticket, mail, situation, policy);
    return verdict.effect == ReplyEffect::follows ? Way::open : Way::append;
}

Actions decide(const MailReceived& mail, const Situation& situation, const MailPolicy& policy) {
    const Way way = way_of(mail, situation, policy);
    ensure(way != Way::desk);
    if (way == Way::drop) return {Ignore{"a mail of our own come back"}};
    if (way == Way::bounce) return note_bounce(*situation.bounced, mail, situation);
    const Ruling& ruling = situation.ruling;
    if (ruling.outcome.handling == Handling::ignore) return {Ignore{by_rules(ruling)}};
    if (ruling.outcome.handling == Handling::quarantine && !mail.is_released) {
        return {Quarantine{by_rules(ruling)}};
    }
    if (way == Way::append) return append_to(*situation.ticket, mail, situation, policy);
    return open_new(mail, situation, policy);
}

}  // namespace bellhop::rules
