#include "rules/desk/decide.hpp"

#include <gtest/gtest.h>

#include "rules/sla/ticket_history.hpp"
#include "rules/ticket/own_message_id.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds now{1'790'000'000s};

MailPolicy policy() {
    MailPolicy rules;
    rules.tag = "HELP";
    rules.keys = "the key";
    return rules;
}

MailReceived mail_from(const std::string& address) {
    MailReceived mail;
    mail.message.from = parsers::Address{"Ann", address};
    mail.message.subject = "projector";
    mail.mailbox = "support";
    mail.mailbox_address = "support@desk.example";
    mail.at = now;
    return mail;
}

Ticket ticket_with(const std::string& status) {
    Ticket ticket;
    ticket.id = TicketId{7};
    ticket.status = status;
    ticket.participants = {"ann@school.example"};
    return ticket;
}

Situation reply_to(const Ticket& ticket) {
    Situation situation;
    situation.thread.ticket = ticket.id;
    situation.ticket = ticket;
    return situation;
}

/// A new mail of which the rules say `outcome`.
Situation ruled(Outcome outcome) {
    Situation situation;
    situation.ruling = {std::move(outcome), {"SIMS down"}, {}, {}, "abc"};
    return situation;
}

template <class Wanted>
std::vector<Wanted> all(const Actions& actions) {
    std::vector<Wanted> found;
    for (const Action& action : actions) {
        if (const auto* one = std::get_if<Wanted>(&action)) found.push_back(*one);
    }
    return found;
}

TEST(Decide, OpensATicketAndAcknowledgesIt) {
    Ticket ticket;
    ticket.subject = "projector";
    ticket.requester = {"Ann", "ann@school.example"};
    ticket.status = "open";
    ticket.priority = "P3";
    ticket.mailbox = "support";
    ticket.opened_at = now;
    ticket.participants = {"ann@school.example"};
    Situation situation;
    situation.ruling.outcome.priority = "P3";
    EXPECT_EQ(
        decide(mail_from("ann@school.example"), situation, policy()),
        (Actions{
            OpenTicket{ticket},
            Record{{now,
                    Event::created,
                    "gateway",
                    "mail to support@desk.example",
                    {{"priority", "P3"}, {"status", "open"}}}},
            Record{{now, Event::rules, "gateway", "by the default rule", {{"priority", "P3"}}}},
            SendMail{MailKind::acknowledgement, "ann@school.example", {}, {}}}));
}

/// A technician forwards a teacher's mail: the teacher asks, and is answered.
TEST(Decide, OpensTheTicketOfWhoeverWroteTheMailThatATechnicianForwards) {
    MailReceived mail = mail_from("tess@desk.example");
    mail.message.subject = "Fwd: [HELP#3] projector";
    mail.message.forwarded = parsers::Forwarded{{"Bob", "bob@dale.example"}, "projector", {}, "x"};
    Situation situation;
    situation.parties =
        Parties{{"Bob", "bob@dale.example"}, true, "projector", false, {"bob@dale.example"}};
    const Actions actions = decide(mail, situation, policy());
    const Ticket ticket = all<OpenTicket>(actions).at(0).ticket;
    EXPECT_EQ(ticket.requester.address, "bob@dale.example");
    EXPECT_EQ(ticket.participants, (std::vector<std::string>{"bob@dale.example"}));
    EXPECT_EQ(ticket.subject, "projector");
    EXPECT_EQ(all<Record>(actions).at(0).event.detail,
              "mail to support@desk.example, forwarded by tess@desk.example");
    EXPECT_EQ(all<SendMail>(actions).at(0).recipient, "bob@dale.example");
}

TEST(Decide, MakesTheTicketAsTheRulesSay) {
    Outcome outcome;
    outcome.priority = "P1";
    outcome.team = "MIS";
    outcome.assignee = "Mia";
    outcome.category = "SIMS";
    outcome.tags = {"outage"};
    outcome.restricted = true;
    outcome.acknowledgement = "outage";
    outcome.notes = {"Ofsted is here."};
    outcome.parent = TicketId{5};
    outcome.notify = {"MIS"};
    Situation situation = ruled(outcome);
    situation.school = "Hill Primary";
    const Actions actions = decide(mail_from("ann@school.example"), situation, policy());
    const Ticket ticket = all<OpenTicket>(actions).front().ticket;
    EXPECT_EQ(ticket.priority, "P1");
    EXPECT_EQ(ticket.team, "MIS");
    EXPECT_EQ(ticket.assignee, "Mia");
    EXPECT_EQ(ticket.category, "SIMS");
    EXPECT_EQ(ticket.tags, std::vector<std::string>{"outage"});
    EXPECT_TRUE(ticket.restricted);
    EXPECT_EQ(ticket.school, "Hill Primary");
    EXPECT_EQ(all<LinkTo>(actions), (std::vector<LinkTo>{{TicketId{5}, "child_of"}}));
    EXPECT_EQ(
        all<SendMail>(actions),
        (std::vector<SendMail>{
            {MailKind::acknowledgement, "ann@school.example", "outage", {"Ofsted is here."}}}));
    EXPECT_EQ(all<Notify>(actions), (std::vector<Notify>{{{"MIS"}, "by the rule \"SIMS down\""}}));
}

TEST(Decide, RunsNoClockForWhatStrangersSendToMany) {
    MailReceived mail = mail_from("sales@toner.example");
    mail.message.fields = {{"List-Unsubscribe", "<https://toner.example/out>"}};
    Outcome outcome;
    outcome.priority = "P3";
    Situation situation = ruled(outcome);
    EXPECT_EQ(all<OpenTicket>(decide(mail, situation, policy())).front().ticket.priority, "");
    situation.school = "Hill Primary";
    EXPECT_EQ(all<OpenTicket>(decide(mail, situation, policy())).front().ticket.priority, "P3");
    situation.school.clear();
    situation.ruling.outcome.restricted = true;
    EXPECT_EQ(all<OpenTicket>(decide(mail, situation, policy())).front().ticket.priority, "P3");
}

TEST(Decide, SendsNoAcknowledgementWhereARuleSaysSo) {
    Outcome outcome;
    outcome.acknowledge = false;
    const Actions actions = decide(mail_from("ann@school.example"), ruled(outcome), policy());
    EXPECT_TRUE(all<SendMail>(actions).empty());
    EXPECT_EQ(all<Record>(actions).back().event.detail, "by the rule \"SIMS down\"");
}

TEST(Decide, HoldsForApproval) {
    Outcome outcome;
    outcome.handling = Handling::hold;
    outcome.approver = "Diana Deputy";
    const Actions actions = decide(mail_from("ann@school.example"), ruled(outcome), policy());
    EXPECT_EQ(all<OpenTicket>(actions).front().ticket.status, "waiting_approval");
    EXPECT_EQ(all<Notify>(actions),
              (std::vector<Notify>{{{"Diana Deputy"}, {}, Occasion::approval_wanted}}));
}

TEST(Decide, IgnoresAndPutsAsideWhatTheRulesSay) {
    Outcome outcome;
    outcome.handling = Handling::ignore;
    MailReceived mail = mail_from("ann@school.example");
    EXPECT_EQ(decide(mail, ruled(outcome), policy()),
              (Actions{Ignore{"by the rule \"SIMS down\""}}));
    outcome.handling = Handling::quarantine;
    EXPECT_EQ(decide(mail, ruled(outcome), policy()),
              (Actions{Quarantine{"by the rule \"SIMS down\""}}));
    mail.is_released = true;
    EXPECT_EQ(all<OpenTicket>(decide(mail, ruled(outcome), policy())).size(), 1U);
}

TEST(Decide, ChangesOnAFollowUpWhatTheRulesSayAndNoMore) {
    Ticket ticket = ticket_with("open");
    ticket.priority = "P3";
    ticket.team = "MIS";
    ticket.tags = {"sims"};
    Situation situation = reply_to(ticket);
    situation.ruling.matched = {"still down"};
    situation.ruling.outcome.priority = "P1";
    situation.ruling.outcome.team = "MIS";
    situation.ruling.outcome.tags = {"sims", "chased"};
    situation.ruling.outcome.restricted = true;
    const Actions actions = decide(mail_from("ann@school.example"), situation, policy());
    const std::string reason = "by the rule \"still down\"";
    EXPECT_EQ(all<SetField>(actions),
              (std::vector<SetField>{{TicketField::priority, "P1", "gateway", reason}}));
    EXPECT_EQ(all<AddTags>(actions), (std::vector<AddTags>{{{"sims", "chased"}}}));
    EXPECT_EQ(all<Restrict>(actions), (std::vector<Restrict>{{reason}}));
}

TEST(Decide, CallsATicketThatFollowsByTheNameOfTheEarlierOne) {
    Ticket closed = ticket_with("closed");
    closed.subject = "projector";
    MailReceived mail = mail_from("ann@school.example");
    mail.message.subject = "Re: [HELP#7] Resolved: projector";
    const auto opened = all<OpenTicket>(decide(mail, reply_to(closed), policy()));
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].ticket.subject, "projector");
    mail.message.subject = "Something else";
    EXPECT_EQ(all<OpenTicket>(decide(mail, reply_to(closed), policy()))[0].ticket.subject,
              "Something else");
}

TEST(Ruling, IsReadBackFromItsEvent) {
    Ruling ruling;
    ruling.matched = {"a, b", "c \"d\""};
    ruling.surge_rules = {"many"};
    ruling.proposed = "P1";
    ruling.digest = "abc";
    ruling.outcome.priority = "P2";
    ruling.outcome.team = "MIS";
    ruling.outcome.assignee = "Mia";
    ruling.outcome.category = "SIMS";
    ruling.outcome.handling = Handling::hold;
    const TicketEvent event = ruling_event(ruling, now);
    EXPECT_EQ(event.detail, "by the rules \"a, b\", \"c \"d\"\"");
    EXPECT_EQ(read_ruling(event), ruling);
    EXPECT_EQ(read_ruling(ruling_event({}, now)), Ruling{});
}

TEST(Decide, RecordsWhyNoAcknowledgementGoesOut) {
    MailReceived mail = mail_from("ann@school.example");
    mail.message.kind = parsers::MessageKind::automatic;
    const Actions actions = decide(mail, {}, policy());
    EXPECT_TRUE(all<SendMail>(actions).empty());
    EXPECT_EQ(all<Record>(actions).back(),
              (Record{{now,
                       MailEvent{MailKind::acknowledgement, MailStep::withheld},
                       "gateway",
                       "the mail was written by a machine",
                       {}}}));
}

TEST(Decide, AppendsAReplyWithoutAnsweringIt) {
    const Actions actions =
        decide(mail_from("ann@school.example"), reply_to(ticket_with("open")), policy());
    EXPECT_EQ(
        actions,
        (Actions{
            AppendTo{TicketId{7}},
            Record{{now, Event::customer_reply, "ann@school.example", "mail from a person", {}}}}));
}

TEST(Decide, ResumesATicketThatWaitedForTheCustomer) {
    const Actions actions = decide(mail_from("ann@school.example"),
                                   reply_to(ticket_with("waiting_customer")), policy());
    EXPECT_EQ(all<SetStatus>(actions), (std::vector<SetStatus>{{"open", "the customer replied"}}));
}

TEST(Decide, ReopensAResolvedTicket) {
    const Actions actions =
        decide(mail_from("ann@school.example"), reply_to(ticket_with("resolved")), policy());
    EXPECT_EQ(all<Reopen>(actions), (std::vector<Reopen>{{"a person replied"}}));
}

TEST(Decide, LetsNoRobotResumeOrReopen) {
    for (const char* status : {"waiting_customer", "resolved", "open"}) {
        MailReceived mail = mail_from("ann@school.example");
        mail.message.kind = parsers::MessageKind::automatic;
        EXPECT_EQ(
            decide(mail, reply_to(ticket_with(status)), policy()),
            (Actions{
                AppendTo{TicketId{7}},
                Record{
                    {now, Event::automatic_mail, "gateway", "attached; it changes nothing", {}}}}))
            << status;
    }
}

TEST(Decide, LeavesAResolvedTicketAloneForAThankYou) {
    MailReceived mail = mail_from("ann@school.example");
    mail.message.reply_text = "Brilliant, thank you!";
    const Actions actions = decide(mail, reply_to(ticket_with("resolved")), policy());
    EXPECT_TRUE(all<Reopen>(actions).empty());
    ASSERT_EQ(all<Record>(actions).size(), 2U);
    EXPECT_EQ(all<Record>(actions)[0].event.type, Event::customer_reply);
    EXPECT_EQ(all<Record>(actions)[1].event.type, Event::thanks);
    EXPECT_EQ(all<Record>(actions)[1].event.actor, "ann@school.example");
}

TEST(Decide, KeepsARatingWithTheTicketEvenWhereItIsClosed) {
    MailReceived mail = mail_from("ann@school.example");
    mail.message.reply_text = "4";
    const Actions actions = decide(mail, reply_to(ticket_with("closed")), policy());
    EXPECT_EQ(actions.front(), Action{AppendTo{TicketId{7}}});
    EXPECT_EQ(all<Record>(actions).back(),
              (Record{{now, Event::survey, "ann@school.example", "4 of 5", {{"rating", "4"}}}}));
}

TEST(Decide, OpensATicketThatFollowsWhereTheWindowHasPassed) {
    Situation late = reply_to(ticket_with("resolved"));
    late.reopens_until = now - 1s;
    const Actions actions = decide(mail_from("ann@school.example"), late, policy());
    EXPECT_EQ(all<LinkTo>(actions), (std::vector{LinkTo{TicketId{7}, "follows"}}));
    late.reopens_until = now;
    EXPECT_EQ(all<Reopen>(decide(mail_from("ann@school.example"), late, policy())).size(), 1U);
}

TEST(Decide, LeavesMailsOfTheDeskToTheirOwnDecision) {
    Ticket ticket = ticket_with("waiting_customer");
    ticket.requester = {"Ann", "ann@school.example"};
    Situation situation = reply_to(ticket);
    situation.desk_writer = DeskWriter{"Tess", "tess@desk.example"};
    MailReceived mail = mail_from("tess@desk.example");
    EXPECT_EQ(way_of(mail, situation, policy()), Way::desk);
    mail.message.kind = parsers::MessageKind::automatic;
    EXPECT_EQ(way_of(mail, situation, policy()), Way::append) << "her out-of-office says nothing";
    mail = mail_from("ann@school.example");
    situation.desk_writer = DeskWriter{"Ann", "ann@school.example"};
    EXPECT_EQ(all<SetStatus>(decide(mail, situation, policy())).size(), 1U)
        << "somebody of the desk may ask for something, too";
    situation.ticket.reset();
    EXPECT_EQ(way_of(mail, situation, policy()), Way::open);
}

/// A customer who quotes a mail of ours to the desk has read what proves something of its reader.
TEST(Decide, LetsWhatAnswersADigestGoBackToItsWriter) {
    MailReceived mail = mail_from("tess@desk.example");
    Situation situation;
    situation.thread.is_about_none = true;
    EXPECT_EQ(way_of(mail, situation, policy()), Way::open) << "a customer got it to read";
    situation.desk_writer = DeskWriter{"Tess", "tess@desk.example"};
    EXPECT_EQ(way_of(mail, situation, policy()), Way::desk);
    situation.desk_writer->address.clear();
    EXPECT_EQ(way_of(mail, situation, policy()), Way::open)
        << "from the desk's own address there is nobody to go back to";
    mail.message.kind = parsers::MessageKind::automatic;
    situation.desk_writer.reset();
    EXPECT_EQ(decide(mail, situation, policy()),
              Actions{Ignore{"an automatic answer to a mail of ours that is about no ticket"}});
    mail.message.kind = parsers::MessageKind::bounce;
    EXPECT_EQ(way_of(mail, situation, policy()), Way::open) << "somebody has to know";
}

TEST(Decide, NotesThatAMailToTheDeskIsInOtherHands) {
    MailReceived mail = mail_from("ann@school.example");
    const std::string id =
        make_message_id({TicketId{7}, "notify-1-1"}, Bond{"tess@desk.example", ReplyMeans::answer},
                        "the key", "desk.example");
    mail.message.references = {id};
    const Actions actions = decide(mail, reply_to(ticket_with("open")), policy());
    bool is_noted = false;
    for (const Record& one : all<Record>(actions)) {
        if (one.event.type != Event::token_exposed) continue;
        is_noted = true;
        EXPECT_EQ(value_of(one.event, "mails"), id);
    }
    EXPECT_TRUE(is_noted);
}

TEST(Decide, OpensANewLinkedTicketForAReplyToAClosedOne) {
    const Actions actions =
        decide(mail_from("ann@school.example"), reply_to(ticket_with("closed")), policy());
    EXPECT_EQ(all<OpenTicket>(actions).size(), 1U);
    EXPECT_EQ(all<LinkTo>(actions), (std::vector<LinkTo>{{TicketId{7}, "follows"}}));
    EXPECT_EQ(all<SendMail>(actions).size(), 1U);
}

TEST(Decide, LinksWhatPossiblyBelongsElsewhere) {
    Situation situation;
    situation.thread.possibly_belongs_to = TicketId{7};
    situation.thread.evidence = {
        "subject tag [HELP#7] names ticket 7, but the sender takes no part in it"};
    const Actions actions = decide(mail_from("mallory@elsewhere.example"), situation, policy());
    EXPECT_EQ(all<LinkTo>(actions), (std::vector<LinkTo>{{TicketId{7}, "possibly_belongs_to"}}));
    EXPECT_EQ(all<Record>(actions)[2].event.detail, situation.thread.evidence.front());
}

TEST(Decide, IgnoresItsOwnMailComeBack) {
    MailReceived mail = mail_from("support@desk.example");
    mail.message.message_id = make_message_id({TicketId{7}, "ack-1"}, "the key", "desk.example");
    EXPECT_EQ(decide(mail, {}, policy()), (Actions{Ignore{"a mail of our own come back"}}));
}

/// A digest, or the mail by which `doctor` looks whether mail comes in.
TEST(Decide, IgnoresItsOwnMailAboutNoTicket) {
    MailReceived mail = mail_from("support@desk.example");
    mail.message.message_id = make_message_id({TicketId{}, "doctor-1"}, "the key", "desk.example");
    EXPECT_EQ(way_of(mail, {}, policy()), Way::drop);
    mail.message.message_id = make_message_id({TicketId{}, "doctor-1"}, "no key", "desk.example");
    EXPECT_EQ(way_of(mail, {}, policy()), Way::open);
}

MailReceived bounce_of(const std::string& address, const std::string& status = "5.1.1") {
    MailReceived mail = mail_from("mailer-daemon@relay.example");
    mail.message.kind = parsers::MessageKind::bounce;
    mail.message.report =
        parsers::DeliveryReport{{{address, "failed", status, "no such user"}}, "x"};
    return mail;
}

Situation after(const std::vector<std::string>& readers) {
    Situation situation;
    situation.bounced = BouncedMail{"x", MailKind::reply, TicketId{7}, readers, "agent Mia", {}};
    return situation;
}

TEST(Decide, NotesABounceOnTheTicketWhoseMailItIsAbout) {
    EXPECT_EQ(decide(bounce_of("ann@school.example"), after({"Ann@school.example"}), policy()),
              (Actions{AppendTo{TicketId{7}},
                       Record{{now,
                               Event::bounce,
                               "gateway",
                               "ann@school.example: failed 5.1.1 no such user",
                               {{"about", "x"}, {"named", "ann@school.example"}}}},
                       MailCameBack{{MailWay::refused, MailKind::reply, "Ann@school.example", "x",
                                     "no such user"}}}));
}

/// Who of several has not got it nobody knows: its writer hears of that once, and nothing is taken
/// back.
TEST(Decide, NamesAnAddressThatFailedOnce) {
    const MailReceived mail = bounce_of("alias@other.example");
    Situation situation = after({"bob@x.example", "ann@school.example"});
    const Actions actions = decide(mail, situation, policy());
    EXPECT_TRUE(all<MailCameBack>(actions).empty());
    ASSERT_EQ(all<Notify>(actions).size(), 1U);
    const Notify notify = all<Notify>(actions).front();
    EXPECT_EQ(notify.whom, std::vector<std::string>{"Mia"});
    EXPECT_EQ(notify.occasion, Occasion::undelivered);
    EXPECT_EQ(notify.reason,
              "A mail about this ticket has come back. The report names alias@other.example; it "
              "went to bob@x.example and ann@school.example. Who has not got it is not known. Are "
              "the addresses right? Or ring them.");
    situation.bounced->named_before = {"alias@other.example"};
    const Actions again = decide(mail, situation, policy());
    EXPECT_TRUE(all<Notify>(again).empty());
    EXPECT_EQ(all<Record>(again).size(), 1U) << "the log has every report";
}

/// A report about a digest, which no ticket has, opens none.
TEST(Decide, TakesBackAMailAboutNoTicketWithoutMakingOne) {
    Situation situation = after({"tess@desk.example"});
    situation.bounced->ticket.reset();
    situation.bounced->kind = MailKind::digest;
    EXPECT_EQ(
        decide(bounce_of("tess@desk.example"), situation, policy()),
        (Actions{Ignore{"a report about our digest: tess@desk.example: failed 5.1.1 no such user"},
                 MailCameBack{{MailWay::refused, MailKind::digest, "tess@desk.example", "x",
                               "no such user"}}}));
}

/// Anybody can write a report: about a mail that we have not sent it changes nothing.
TEST(Decide, LaysABounceOfAMailThatWeDoNotKnowWithItsTicket) {
    for (const char* status : {"open", "resolved", "closed"}) {
        Situation situation;
        situation.ticket = Ticket{};
        situation.ticket->id = TicketId{7};
        situation.ticket->status = status;
        EXPECT_EQ(
            decide(bounce_of("ann@school.example"), situation, policy()),
            (Actions{
                AppendTo{TicketId{7}},
                Record{
                    {now, Event::automatic_mail, "gateway", "attached; it changes nothing", {}}}}))
            << status;
    }
}

TEST(Decide, MakesATicketOfABounceThatBelongsNowhere) {
    MailReceived mail = mail_from("mailer-daemon@relay.example");
    mail.message.kind = parsers::MessageKind::bounce;
    const Actions actions = decide(mail, {}, policy());
    EXPECT_EQ(all<OpenTicket>(actions).size(), 1U);
    EXPECT_TRUE(all<SendMail>(actions).empty());
}

TEST(Decide, TellsTheSenderOfAMailThatIsTooLargeHowToSendIt) {
    MailReceived mail = mail_from("ann@school.example");
    mail.extent = Extent::header_only;
    mail.size = 31'000'000;
    const Actions actions = decide(mail, {}, policy());
    EXPECT_EQ(all<SendMail>(actions),
              (std::vector<SendMail>{{MailKind::oversize, "ann@school.example", {}, {}}}));
    EXPECT_EQ(all<Record>(actions)[2].event.detail,
              "the mail has 31000000 bytes, more than is taken: only its header was read");
}

TEST(Decide, NamesASubjectWhereThereIsNone) {
    MailReceived mail = mail_from("ann@school.example");
    mail.message.subject = "[HELP#7] ";
    EXPECT_EQ(all<OpenTicket>(decide(mail, {}, policy())).front().ticket.subject, "(no subject)");
}

TEST(Decide, AnswersWhoAsksAgainOnceInACycle) {
    Ticket ticket;
    ticket.id = TicketId{7};
    ticket.status = "open";
    ticket.requester = {"Ann", "ann@school.example"};
    ticket.participants = {"ann@school.example"};
    ticket.cycle = 2;
    Outcome outcome;
    outcome.tags = {"chased"};
    Situation situation = ruled(outcome);
    situation.ticket = ticket;
    situation.thread.ticket = ticket.id;
    const auto answers = [&] {
        return all<SendMail>(decide(mail_from("ann@school.example"), situation, policy()));
    };
    ASSERT_EQ(answers().size(), 1U);
    EXPECT_EQ(answers().front().text, "chased");
    EXPECT_EQ(answers().front().label, "chased-2");
    situation.ticket->status = "waiting_third_party";
    EXPECT_TRUE(answers().empty()) << "no promise runs";
    situation.ticket->status = "open";
    situation.ruling.outcome.tags = {"sims"};
    EXPECT_TRUE(answers().empty());
}

}  // namespace
}  // namespace bellhop::rules
