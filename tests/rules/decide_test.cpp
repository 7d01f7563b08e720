#include "rules/decide.hpp"

#include <gtest/gtest.h>

#include "rules/own_message_id.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds now{1'790'000'000s};

MailPolicy policy() {
    MailPolicy rules;
    rules.default_priority = "P3";
    rules.tag = "HELP";
    rules.key = "the key";
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
    EXPECT_EQ(decide(mail_from("ann@school.example"), {}, policy()),
              (Actions{OpenTicket{ticket},
                       Record{{now,
                               "created",
                               "gateway",
                               "mail to support@desk.example",
                               {{"priority", "P3"}, {"status", "open"}}}},
                       SendMail{MailKind::acknowledgement, "ann@school.example"}}));
}

TEST(Decide, RecordsWhyNoAcknowledgementGoesOut) {
    MailReceived mail = mail_from("ann@school.example");
    mail.message.kind = parsers::Kind::automatic;
    const Actions actions = decide(mail, {}, policy());
    EXPECT_TRUE(all<SendMail>(actions).empty());
    EXPECT_EQ(all<Record>(actions).back(), (Record{{now,
                                                    "acknowledgement_withheld",
                                                    "gateway",
                                                    "the mail was written by a machine",
                                                    {}}}));
}

TEST(Decide, AppendsAReplyWithoutAnsweringIt) {
    const Actions actions =
        decide(mail_from("ann@school.example"), reply_to(ticket_with("open")), policy());
    EXPECT_EQ(
        actions,
        (Actions{AppendTo{TicketId{7}},
                 Record{{now, "customer_reply", "ann@school.example", "mail from a person", {}}}}));
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
        mail.message.kind = parsers::Kind::automatic;
        EXPECT_EQ(
            decide(mail, reply_to(ticket_with(status)), policy()),
            (Actions{
                AppendTo{TicketId{7}},
                Record{{now, "automatic_mail", "gateway", "attached; it changes nothing", {}}}}))
            << status;
    }
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
    EXPECT_EQ(all<Record>(actions)[1].event.detail, situation.thread.evidence.front());
}

TEST(Decide, IgnoresItsOwnMailComeBack) {
    MailReceived mail = mail_from("support@desk.example");
    mail.message.message_id = make_message_id({TicketId{7}, "ack-1"}, "the key", "desk.example");
    EXPECT_EQ(decide(mail, {}, policy()), (Actions{Ignore{"a mail of our own come back"}}));
}

TEST(Decide, NotesABounceOnTheTicketWhoseMailItIsAbout) {
    MailReceived mail = mail_from("mailer-daemon@relay.example");
    mail.message.kind = parsers::Kind::bounce;
    mail.message.report =
        parsers::DeliveryReport{{{"ann@school.example", "failed", "5.1.1", "no such user"}}, "x"};
    Situation situation;
    situation.bounced = TicketId{7};
    EXPECT_EQ(
        decide(mail, situation, policy()),
        (Actions{
            AppendTo{TicketId{7}},
            Record{
                {now, "bounce", "gateway", "ann@school.example: failed 5.1.1 no such user", {}}}}));
}

TEST(Decide, MakesATicketOfABounceThatBelongsNowhere) {
    MailReceived mail = mail_from("mailer-daemon@relay.example");
    mail.message.kind = parsers::Kind::bounce;
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
              (std::vector<SendMail>{{MailKind::oversize, "ann@school.example"}}));
    EXPECT_EQ(all<Record>(actions)[1].event.detail,
              "the mail has 31000000 bytes, more than is taken: only its header was read");
}

TEST(Decide, NamesASubjectWhereThereIsNone) {
    MailReceived mail = mail_from("ann@school.example");
    mail.message.subject = "[HELP#7] ";
    EXPECT_EQ(all<OpenTicket>(decide(mail, {}, policy())).front().ticket.subject, "(no subject)");
}

}  // namespace
}  // namespace bellhop::rules
