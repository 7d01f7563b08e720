#include "rules/desk/sent_mail.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

const std::string ann = "ann@hill.example";
const std::string desk = "it@desk.example";
constexpr std::chrono::sys_seconds noon{std::chrono::seconds{1'790'000'000}};

MailPolicy policy() {
    MailPolicy rules;
    rules.tag = "HELP";
    rules.keys = "the key";
    rules.answers.own_addresses = {desk};
    rules.answers.loop_mark = "ours";
    return rules;
}

Ticket printer() {
    Ticket ticket;
    ticket.id = TicketId{7};
    ticket.subject = "Printer";
    ticket.requester = {"Ann", ann};
    ticket.participants = {ann};
    ticket.status = "open";
    return ticket;
}

/// As it lies in the folder of sent mail.
MailReceived sent(const std::string& fields, const std::string& text = "Which room?") {
    MailReceived mail;
    mail.message = parsers::parse_message("From: IT <" + desk + ">\r\nSubject: Re: Printer\r\n" +
                                          fields + "\r\n" + text + "\r\n");
    mail.mailbox_address = desk;
    mail.at = noon;
    mail.was_sent_from_here = true;
    return mail;
}

Situation about_printer() {
    Situation situation;
    situation.ticket = printer();
    situation.thread.ticket = situation.ticket->id;
    situation.desk_writer = DeskWriter{};
    return situation;
}

Actions decided(const MailReceived& mail, const Situation& situation) {
    EXPECT_EQ(way_of(mail, situation, policy()), Way::sent);
    return sent_mail(mail, situation, policy());
}

/// The types of what the log gets, in order.
std::vector<EventType> entries(const Actions& actions) {
    std::vector<EventType> types;
    for (const Action& action : actions) {
        if (const auto* one = std::get_if<Record>(&action)) types.push_back(one->event.type);
    }
    return types;
}

TEST(SentMail, ToTheRequesterIsTheAnswerFromWhenItWasSent) {
    for (const char* fields : {"To: Ann <ann@hill.example>\r\n", "To: ANN@Hill.Example\r\n",
                               "To: head@hill.example\r\nCc: ann@hill.example\r\n"}) {
        const Actions actions = decided(sent(fields), about_printer());
        EXPECT_EQ(std::get<AppendTo>(actions.at(0)), (AppendTo{TicketId{7}, true})) << fields;
        const TicketEvent entry = std::get<Record>(actions.at(1)).event;
        EXPECT_EQ(entry.type, EventType{Event::agent_reply}) << fields;
        EXPECT_EQ(entry.at, noon);
        EXPECT_EQ(entry.actor, desk);
        EXPECT_EQ(actions.size(), 2U) << "nobody is answered, nothing is sent on";
    }
}

TEST(SentMail, ToOthersIsANote) {
    for (const char* fields : {"To: help@supplier.example\r\n", "Bcc: x@y.example\r\n"}) {
        EXPECT_EQ(entries(decided(sent(fields), about_printer())),
                  std::vector<EventType>{Event::staff_mail})
            << fields;
    }
}

TEST(SentMail, OrdersNothing) {
    const Actions actions = decided(
        sent("To: ann@hill.example\r\n", "#close\n#spam\n\nIt prints again."), about_printer());
    EXPECT_EQ(entries(actions), std::vector<EventType>{Event::agent_reply});
}

TEST(SentMail, IsOfTheTechnicianWhomItsServerNames) {
    Situation situation = about_printer();
    situation.desk_writer->name = "Tom Brown";
    const Actions actions = decided(sent("To: ann@hill.example\r\n"), situation);
    EXPECT_EQ(std::get<Record>(actions.at(1)).event.actor, "agent Tom Brown");
}

TEST(SentMail, NeverOpensATicket) {
    for (const char* fields :
         {"To: new@hill.example\r\n", "To: it@desk.example\r\n",
          "To: ann@hill.example\r\nAuto-Submitted: auto-replied\r\n", "From: x@y.example\r\n"}) {
        const Actions actions = decided(sent(fields), Situation{});
        ASSERT_EQ(actions.size(), 1U) << fields;
        EXPECT_TRUE(std::holds_alternative<Ignore>(actions[0])) << fields;
    }
}

/// An absence note, the answer to an invitation: Exchange files them, too.
TEST(SentMail, ByAProgramIsNoAnswer) {
    const Actions actions =
        decided(sent("To: ann@hill.example\r\nAuto-Submitted: auto-replied\r\n"), about_printer());
    ASSERT_EQ(actions.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<Ignore>(actions[0]));
}

/// Relays file what we send through them, some under a msg-id of their own.
TEST(SentMail, OfOursIsNotReadAgain) {
    const std::string own = make_message_id({TicketId{7}, "reply-1"}, "the key", "desk.example");
    for (const std::string& fields :
         {"Message-ID: <" + own + ">\r\nTo: ann@hill.example\r\n",
          std::string{"Message-ID: <other@relay.example>\r\nX-Bellhop-Loop: ours\r\n"
                      "To: ann@hill.example\r\n"}}) {
        EXPECT_EQ(way_of(sent(fields), about_printer(), policy()), Way::drop) << fields;
    }
    const MailReceived theirs = sent("X-Bellhop-Loop: another gateway's\r\nTo: a@b.example\r\n");
    EXPECT_EQ(way_of(theirs, about_printer(), policy()), Way::sent);
}

/// Only its place proves it: the same mail in the mailbox itself proves nothing.
TEST(SentMail, IsWhatLiesInThatFolder) {
    MailReceived mail = sent("To: ann@hill.example\r\n");
    mail.was_sent_from_here = false;
    EXPECT_EQ(way_of(mail, about_printer(), policy()), Way::desk);
}

TEST(SentMail, ShowsWhatItQuotesOfOurMailsToTheDesk) {
    const std::string notice = make_message_id(
        {TicketId{7}, "notify-1"}, Bond{"tom@desk.example", ReplyMeans::answer}, "the key", "d.x");
    const Actions actions =
        decided(sent("To: ann@hill.example\r\nIn-Reply-To: <" + notice + ">\r\n"), about_printer());
    EXPECT_EQ(entries(actions), (std::vector<EventType>{Event::agent_reply, Event::token_exposed}));
}

TEST(SentMail, ProvesItsCopyThatCameToTheMailbox) {
    const MailReceived mail = sent("To: ann@hill.example\r\nCc: it@desk.example\r\n");
    const Actions actions = proved_by_copy(mail, printer(), MessageId{12}, about_printer());
    EXPECT_EQ(entries(actions), (std::vector<EventType>{Event::confirmed, Event::agent_reply}));
    EXPECT_EQ(value_of(std::get<Record>(actions[0]).event, "message"), "12");
}

}  // namespace
}  // namespace bellhop::rules
