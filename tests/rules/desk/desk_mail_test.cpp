#include "rules/desk/desk_mail.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "rules/desk/proof.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

const BusinessCalendar calendar = calendar_of(provider_plan());
const std::chrono::sys_seconds now = london("2026-12-01 09:00");
const std::string tom = "tom@desk.example";
const std::string raj = "raj@desk.example";
const std::string ann = "ann@hill.example";
const std::string desk = "it@desk.example";
const std::string network = "network@desk.example";
const std::string boss = "boss@desk.example";
const std::string head = "head@hill.example";

People people() {
    People known;
    known.technicians = {{"Tom Brown", tom, {}}, {"Raj Patel", raj, {}}};
    known.teams = {{"network", network, {}, {}}};
    return known;
}

MailPolicy policy() {
    MailPolicy rules;
    rules.tag = "HELP";
    rules.keys = "the key";
    static const People known = people();
    rules.staff = {&known, boss, {desk}};
    return rules;
}

Ticket ticket(std::int64_t number = 7) {
    Ticket one;
    one.id = TicketId{number};
    one.subject = "Printer";
    one.requester = {"Ann", ann};
    one.participants = {ann};
    one.status = "open";
    return one;
}

std::string sent_to(const std::string& reader,
                    ReplyMeans reply = ReplyMeans::answer,
                    std::int64_t number = 7,
                    const std::string& label = "notify-1-1") {
    return make_message_id({TicketId{number}, label}, Bond{reader, reply}, "the key",
                           "desk.example");
}

struct Written {
    std::string from = "From: Tom Brown <tom@desk.example>\r\n";
    std::string to = desk;
    std::string cc = {};
    std::string subject = "Re: [HELP#7] Printer";
    std::string answers = {};  ///< a msg-id
    std::string more = {};     ///< further header fields
    std::string text = "Which room?";
};

MailReceived received(const Written& written) {
    std::string bytes = written.from + "To: " + written.to + "\r\n";
    if (!written.cc.empty()) bytes += "Cc: " + written.cc + "\r\n";
    if (!written.answers.empty()) bytes += "In-Reply-To: <" + written.answers + ">\r\n";
    bytes += "Subject: " + written.subject + "\r\n" + written.more;
    if (written.more.find("Content-Type") == std::string::npos) {
        bytes += "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    }
    MailReceived mail;
    mail.message = parsers::parse_message(bytes + written.text);
    mail.mailbox_address = desk;
    mail.at = now;
    return mail;
}

/// As daemon/work/desk_mail_work looks it up.
Situation situation_of(const MailReceived& mail, const std::vector<std::string>& exposed = {}) {
    Situation situation;
    situation.thread.ticket = TicketId{7};
    situation.ticket = ticket();
    const std::string from = mail.message.from ? mail.message.from->address : "";
    DeskWriter writer{name_at_desk(policy().staff, from), from};
    writer.proof = proof_of(mail.message, {TicketId{7}}, {from}, policy().keys, exposed);
    if (from == desk) writer.address.clear();
    if (!writer.name.empty() || writer.proof || from == desk) situation.desk_writer = writer;
    return situation;
}

DeskMail decided(const MailReceived& mail, const Situation& situation) {
    static const People known = people();
    OrderWords words{&known, {}, situation.desk_writer->name, calendar, now};
    words.priorities = {{"P1", ""}, {"P2", ""}};
    return desk_mail(mail, situation, policy(), words);
}

DeskMail decided(const Written& written) {
    const MailReceived mail = received(written);
    return decided(mail, situation_of(mail));
}

template <class Wanted>
std::vector<Wanted> all(const Actions& actions) {
    std::vector<Wanted> found;
    for (const Action& action : actions) {
        if (const auto* one = std::get_if<Wanted>(&action)) found.push_back(*one);
    }
    return found;
}

template <class Order>
std::vector<Order> ordered(const DeskMail& mail) {
    std::vector<Order> found;
    for (const DeskOrder& order : mail.orders) {
        if (const auto* one = std::get_if<Order>(&order)) found.push_back(*one);
    }
    return found;
}

bool has_entry(const DeskMail& mail, Event type) {
    for (const Record& one : all<Record>(mail.actions)) {
        if (one.event.type == type) return true;
    }
    return false;
}

/// Whether the mail has done anything but lie with the ticket.
bool acts(const DeskMail& mail) {
    return !mail.orders.empty() || has_entry(mail, Event::agent_reply) ||
           has_entry(mail, Event::note) || has_entry(mail, Event::confirmed) ||
           has_entry(mail, Event::ordered);
}

std::string reason_of(const DeskMail& mail) {
    for (const SendMail& one : all<SendMail>(mail.actions)) {
        if (one.kind == MailKind::returned) return one.values.at("reason");
    }
    return {};
}

TEST(DeskMail, ToANoticeIsTheAnswer) {
    Written reply;
    reply.answers = sent_to(tom);
    reply.text =
        "Hi Ann,\nwhich room?\n\nKind regards\nTom Brown\nIT Technician\n\n"
        "On Tue, 1 Dec 2026 at 09:00, IT <it@desk.example> wrote:\n> The printer is dead.\n";
    const DeskMail mail = decided(reply);
    EXPECT_EQ(mail.actor, "agent Tom Brown");
    ASSERT_EQ(ordered<ReplyOrder>(mail).size(), 1U);
    EXPECT_EQ(ordered<ReplyOrder>(mail)[0].text, "Hi Ann,\nwhich room?");
    EXPECT_TRUE(mail.understood.empty()) << "he is not told of what is plain";
    EXPECT_TRUE(all<SendMail>(mail.actions).empty());
    EXPECT_EQ(all<AppendTo>(mail.actions), (std::vector<AppendTo>{{TicketId{7}, true}}));
}

TEST(DeskMail, ToANoteIsANote) {
    Written reply;
    reply.answers = sent_to(tom, ReplyMeans::note);
    const DeskMail mail = decided(reply);
    EXPECT_TRUE(mail.orders.empty());
    EXPECT_TRUE(has_entry(mail, Event::note));
    reply.text = "#me\nI look at it.";
    EXPECT_EQ(decided(reply).understood,
              (std::vector<std::string>{"#me: assigned to Tom Brown",
                                        "your words: a note that only the desk reads"}));
    reply.text = "#reply\nWhich room?";
    EXPECT_EQ(ordered<ReplyOrder>(decided(reply))[0].text, "Which room?");
}

TEST(DeskMail, SaysItselfWhomItIsFor) {
    Written reply;
    reply.answers = sent_to(tom);
    reply.text = "#note\nShe breaks it each term.";
    const DeskMail mail = decided(reply);
    EXPECT_TRUE(ordered<ReplyOrder>(mail).empty());
    EXPECT_TRUE(has_entry(mail, Event::note));
}

/// A forward of a notice, or a mail to a colleague with the desk in copy, is not for the requester.
TEST(DeskMail, ToSomebodyElseIsANote) {
    for (const Written& written :
         {Written{.to = desk, .subject = "Fwd: [HELP#7] Printer", .answers = sent_to(tom)},
          Written{.to = raj, .cc = desk, .answers = sent_to(tom)},
          Written{.to = "help@supplier.example", .cc = desk, .answers = sent_to(tom)}}) {
        const DeskMail mail = decided(written);
        EXPECT_TRUE(mail.orders.empty()) << written.to;
        EXPECT_TRUE(has_entry(mail, Event::note)) << written.to;
    }
}

TEST(DeskMail, ThatTheRequesterHasGotCountsAndIsNotSentAgain) {
    Written reply;
    reply.answers = sent_to(tom);
    reply.to = "Ann <" + ann + ">";
    reply.cc = desk;
    const DeskMail mail = decided(reply);
    EXPECT_TRUE(mail.orders.empty());
    EXPECT_TRUE(has_entry(mail, Event::agent_reply));
    EXPECT_TRUE(has_entry(mail, Event::token_exposed)) << "she has read his proof";
}

TEST(DeskMail, KeepsItsFiles) {
    Written reply;
    reply.answers = sent_to(tom);
    reply.more =
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n"
        "Content-Type: multipart/related; boundary=\"r\"\r\n\r\n--r\r\nContent-Type: "
        "text/html\r\n\r\n<p>See the plan.</p><img src=\"cid:logo\">\r\n--r\r\nContent-Type: "
        "image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline; "
        "filename=\"logo.png\"\r\n\r\nPNG\r\n--r--\r\n--b\r\nContent-Type: "
        "application/pdf\r\nContent-Disposition: attachment; filename=\"plan.pdf\"\r\n\r\nPDF"
        "\r\n--b--\r\n";
    reply.text = "";
    const auto replies = ordered<ReplyOrder>(decided(reply));
    ASSERT_EQ(replies.size(), 1U);
    ASSERT_EQ(replies[0].files.size(), 1U) << "the logo of a signature is left out";
    EXPECT_EQ(replies[0].files[0].name, "plan.pdf");
    EXPECT_EQ(replies[0].text, "See the plan.");
}

TEST(DeskMail, OrdersInTheRightOrder) {
    Written reply;
    reply.answers = sent_to(tom);
    reply.text = "#close\n#P1\n#me\n\nIt prints again.";
    const DeskMail mail = decided(reply);
    ASSERT_EQ(mail.orders.size(), 3U);
    EXPECT_TRUE(std::holds_alternative<AssignOrder>(mail.orders[0]));
    EXPECT_TRUE(std::holds_alternative<PriorityOrder>(mail.orders[1]));
    EXPECT_EQ(ordered<ReplyOrder>(mail)[0].status, "resolved");
    EXPECT_EQ(ordered<ReplyOrder>(mail)[0].text, "It prints again.");
    EXPECT_EQ(mail.understood,
              (std::vector<std::string>{"#close: resolved", "#p1: priority P1",
                                        "#me: assigned to Tom Brown", "your words: to " + ann}));
    reply.text = "#close";
    EXPECT_EQ(ordered<StatusOrder>(decided(reply)).size(), 1U);
    EXPECT_TRUE(ordered<ReplyOrder>(decided(reply)).empty()) << "his signature alone is no answer";
}

TEST(DeskMail, DoesAllOrNothing) {
    Written reply;
    reply.answers = sent_to(tom);
    reply.text = "#close\n#frobnicate\nIt prints again.";
    const DeskMail mail = decided(reply);
    EXPECT_FALSE(acts(mail));
    EXPECT_EQ(reason_of(mail), "not all of its orders are understood");
    const SendMail back = all<SendMail>(mail.actions).at(0);
    EXPECT_NE(back.values.at("list").find("#frobnicate is no order"), std::string::npos);
    EXPECT_NE(back.values.at("list").find("#close: resolved"), std::string::npos);
    EXPECT_NE(back.values.at("words").find("It prints again."), std::string::npos);
    EXPECT_EQ(back.reply, ReplyMeans::answer) << "his reply to it is what this one was";
}

/// Nothing is swallowed.
TEST(DeskMail, ComesBackWhereItReachesNobody) {
    struct Case {
        const char* text;
        const char* why;
    };
    for (const Case& one : std::vector<Case>{
             {"", "nothing is written in it that could go to the requester"},
             {"> The printer is dead.", "nothing is written in it that could go to the requester"},
             {"From: IT <it@desk.example>\nSent: 01 December 2026 09:12\nTo: Tom\nSubject: "
              "x\n\nThe "
              "printer is dead.",
              "nothing is written in it that could go to the requester"},
             {"#reply", "nothing is written in it that could go to the requester"},
             {"Done.\n#close", "not all of its orders are understood"},
             {"#help", "it asks for help"}}) {
        Written reply;
        reply.answers = sent_to(tom);
        reply.text = one.text;
        const DeskMail mail = decided(reply);
        EXPECT_FALSE(acts(mail)) << one.text;
        EXPECT_EQ(reason_of(mail), one.why) << one.text;
        EXPECT_TRUE(has_entry(mail, Event::not_done)) << one.text;
    }
}

/// What proves nothing lies with the ticket, and its supposed writer is asked.
TEST(DeskMail, WithoutProofIsKeptAndAskedAbout) {
    Written reply;
    reply.text = "#close\nIdentity verified.";
    const DeskMail mail = decided(reply);
    EXPECT_FALSE(acts(mail));
    EXPECT_EQ(all<AppendTo>(mail.actions), (std::vector<AppendTo>{{TicketId{7}, false}}));
    EXPECT_TRUE(has_entry(mail, Event::not_proved));
    const auto mails = all<SendMail>(mail.actions);
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].kind, MailKind::confirm);
    EXPECT_EQ(mails[0].recipient, tom);
    EXPECT_EQ(mails[0].values.at("reason"), "what it orders is then done (#close: resolved)");
}

TEST(DeskMail, AsksOnlyTenTimesADay) {
    const MailReceived mail = received({});
    Situation situation = situation_of(mail);
    situation.desk_writer->asked = 10;
    EXPECT_TRUE(all<SendMail>(decided(mail, situation).actions).empty());
}

/// Anybody can write the desk's own address into From; there is nobody to ask.
TEST(DeskMail, FromTheDesksOwnAddressIsKeptAndAsksNobody) {
    Written reply;
    reply.from = "From: IT <it@desk.example>\r\n";
    reply.to = ann;
    reply.cc = desk;
    const MailReceived mail = received(reply);
    EXPECT_FALSE(acts(decided(mail, situation_of(mail))));
    EXPECT_TRUE(all<SendMail>(decided(mail, situation_of(mail)).actions).empty());
}

UnprovedMail asked_about(const std::string& text, const std::string& to = desk) {
    Written first;
    first.text = text;
    first.to = to;
    MailReceived mail = received(first);
    mail.at = london("2026-11-30 16:00");
    return {mail, MessageId{57}};
}

DeskMail answered(const std::string& text, const UnprovedMail& asked) {
    Written reply;
    reply.answers = sent_to(tom, ReplyMeans::confirmation, 7, "confirm-57");
    reply.text = text;
    const MailReceived mail = received(reply);
    Situation situation = situation_of(mail);
    situation.desk_writer->asked_about = asked;
    return decided(mail, situation);
}

TEST(DeskMail, ThatHeConfirmsCountsFromWhenHeWroteIt) {
    const DeskMail mail = answered("Yes, that was me.", asked_about("Which room?", ann));
    EXPECT_TRUE(has_entry(mail, Event::confirmed));
    for (const Record& one : all<Record>(mail.actions)) {
        if (one.event.type == Event::agent_reply) {
            EXPECT_EQ(one.event.at, london("2026-11-30 16:00"));
        }
    }
    EXPECT_TRUE(has_entry(mail, Event::agent_reply));
    EXPECT_EQ(ordered<StatusOrder>(answered("yes", asked_about("#close"))).size(), 1U);
}

TEST(DeskMail, ThatHeDisownsOrHasSettledDoesNothing) {
    const DeskMail no = answered("No!", asked_about("#close"));
    EXPECT_TRUE(has_entry(no, Event::disowned));
    EXPECT_FALSE(acts(no));
    EXPECT_FALSE(acts(answered("What is this?", asked_about("#close"))));
    EXPECT_EQ(reason_of(answered("What is this?", asked_about("#close"))),
              "it says neither yes nor no");
    UnprovedMail settled = asked_about("#close");
    settled.is_settled = true;
    EXPECT_FALSE(acts(answered("yes", settled)));
}

/// "#new" for somebody who rang, in reply to any mail that was sent to him.
TEST(DeskMail, OpensATicketForSomebodyWhoRang) {
    Written reply;
    reply.answers = sent_to(tom);
    reply.text = "#new Beamer in the hall\n#requester Bob <bob@dale.example>\n#P2\n\nIt is dark.";
    const DeskMail mail = decided(reply);
    ASSERT_TRUE(mail.opens);
    EXPECT_EQ(mail.opens->requester.address, "bob@dale.example");
    EXPECT_EQ(mail.opens->subject, "Beamer in the hall");
    EXPECT_EQ(mail.opens->text, "It is dark.");
    EXPECT_EQ(mail.opens->priority, "P2");
    EXPECT_TRUE(mail.orders.empty());
    reply.text = "#new Beamer";
    EXPECT_FALSE(decided(reply).opens);
    EXPECT_EQ(reason_of(decided(reply)),
              "#new wants to know for whom: #requester ann@school.example");
    reply.text = "#new Beamer\n#requester bob@dale.example\n#close";
    EXPECT_FALSE(decided(reply).opens);
}

/// Without a mail of ours that it answers the ticket is his, until he has said that it was him.
TEST(DeskMail, OpensAnotherOnesTicketOnlyOnceItIsProved) {
    Written fresh;
    fresh.subject = "Mrs Hall rang";
    fresh.text = "#new\n#requester bob@dale.example\n\nHer beamer is dark.";
    const MailReceived mail = received(fresh);
    Situation situation = situation_of(mail);
    situation.ticket.reset();
    situation.thread = {};
    const Actions actions = decide(mail, situation, policy());
    EXPECT_EQ(all<OpenTicket>(actions).at(0).ticket.requester.address, tom);
    ASSERT_EQ(all<SendMail>(actions).size(), 1U);
    EXPECT_EQ(all<SendMail>(actions)[0].kind, MailKind::confirm) << "and no acknowledgement";
    const DeskMail confirmed = answered("yes", {mail, MessageId{57}, false, true});
    EXPECT_EQ(ordered<RequesterOrder>(confirmed).at(0).requester.address, "bob@dale.example");
    EXPECT_FALSE(confirmed.opens) << "it is open already";
}

/// A digest is about many tickets: a reply to it lies with none, and comes back.
TEST(DeskMail, ToADigestComesBack) {
    Written reply;
    reply.subject = "Re: 5 tickets are late";
    reply.answers = sent_to(tom, ReplyMeans::note, 0, "digest-1");
    const MailReceived mail = received(reply);
    Situation situation;
    situation.thread.is_about_none = true;
    situation.desk_writer = DeskWriter{"Tom Brown", tom};
    const DeskMail result = decided(mail, situation);
    ASSERT_TRUE(result.back);
    EXPECT_EQ(result.back->recipient, tom);
    EXPECT_EQ(result.back->values.at("words"), "Which room?");
    EXPECT_EQ(all<Ignore>(result.actions).size(), 1U);
}

/// Somebody outside who is told of a ticket, as a head: his words are a note, and no orders.
TEST(DeskMail, OfSomebodyOutsideIsANote) {
    Written reply;
    reply.from = "From: Helen Head <head@hill.example>\r\n";
    reply.answers = sent_to(head);
    reply.text = "#close\nI know of it.";
    const DeskMail mail = decided(reply);
    EXPECT_TRUE(mail.orders.empty());
    EXPECT_TRUE(has_entry(mail, Event::note));
    EXPECT_EQ(mail.actor, head);
}

/// A team by its own mailbox and the manager are told to reply, and their replies are answers.
TEST(DeskMail, OfATeamOrTheManagerIsTheAnswerToo) {
    for (const auto& [address, actor] :
         {std::pair{network, "agent network"}, std::pair{boss, "agent boss@desk.example"}}) {
        Written reply;
        reply.from = "From: " + address + "\r\n";
        reply.answers = sent_to(address);
        reply.text = "#close\nIt prints again.";
        const DeskMail mail = decided(reply);
        EXPECT_EQ(mail.actor, actor);
        ASSERT_EQ(ordered<ReplyOrder>(mail).size(), 1U) << address;
        EXPECT_EQ(ordered<ReplyOrder>(mail)[0].status, "resolved");
        reply.answers.clear();
        EXPECT_FALSE(acts(decided(reply))) << "his name alone proves nothing";
    }
}

/// Who is of the desk may read what was sent to one of it; what goes to anybody else is shown.
TEST(DeskMail, ShowsItsProofToNobodyWithinTheDesk) {
    for (const std::string& reader : {raj, network, boss, desk, ann, head}) {
        Written reply;
        reply.answers = sent_to(tom);
        reply.cc = reader;
        const bool is_outside = reader == ann || reader == head;
        EXPECT_EQ(has_entry(decided(reply), Event::token_exposed), is_outside) << reader;
    }
}

/// Whose yes a request waits for: a yes releases it, a no ends it with his words, and what is
/// neither comes back to him, to be answered again.
TEST(DeskMail, OfAnApproverIsHisYesOrNo) {
    struct Answer {
        std::string text;
        std::string status;  ///< empty: it comes back
        std::string reason;
    };
    for (const Answer& one : std::vector<Answer>{
             {"Yes", "open", ""},
             {"Approved, go ahead.", "open", ""},
             {"No. Games stay blocked in class.", "resolved", "No. Games stay blocked in class."},
             {"Yes, if it is only for a week.", "", ""},
             {"Who asked for that?", "", ""}}) {
        Written reply;
        reply.from = "From: Helen Head <head@hill.example>\r\n";
        reply.answers =
            sent_to("head@hill.example", ReplyMeans::approval, 7, "approval-0123456789ab");
        reply.text = one.text;
        const MailReceived mail = received(reply);
        Situation situation = situation_of(mail);
        situation.ticket->status = status::waiting_approval;
        const DeskMail result = decided(mail, situation);
        const auto orders = ordered<StatusOrder>(result);
        ASSERT_EQ(orders.size(), one.status.empty() ? 0U : 1U) << one.text;
        EXPECT_EQ(result.actor, "head@hill.example");
        if (!orders.empty()) {
            EXPECT_EQ(orders.front().to, one.status);
            EXPECT_EQ(orders.front().reason, one.reason);
            continue;
        }
        ASSERT_EQ(all<SendMail>(result.actions).size(), 1U) << one.text;
        EXPECT_EQ(all<SendMail>(result.actions).front().reply, ReplyMeans::approval);
    }
}

TEST(DeskMail, OfAnApproverDecidesOnlyWhatStillWaits) {
    Written reply;
    reply.from = "From: Helen Head <head@hill.example>\r\n";
    reply.answers = sent_to("head@hill.example", ReplyMeans::approval, 7, "approval-0123456789ab");
    reply.text = "Yes";
    const DeskMail result = decided(reply);
    EXPECT_TRUE(result.orders.empty());
    EXPECT_TRUE(has_entry(result, Event::not_done));
}

/// Forged, replayed, of another ticket, of another person, automatic, exposed: by combination.
TEST(DeskMail, DoesNothingForWhoeverHasNotBeenSentTheMail) {
    struct Author {
        std::string from;
        bool is_plain;
    };
    const std::vector<Author> authors{
        {"From: Tom Brown <tom@desk.example>\r\n", true},
        {"From: tom@desk.example, eve@evil.example\r\n", false},
        {"From: tom@desk.example\r\nFrom: eve@evil.example\r\n", false},
        {"Sender: tom@desk.example\r\n", false},
        {"Reply-To: tom@desk.example\r\n", false},
        {"From: tom@desk.example\r\nSender: eve@evil.example\r\n", false},
        {"From: eve@evil.example <tom@desk.example>\r\n", false},
        {"From: =?utf-8?q?tom=40desk.example?=\r\n", false},
        {"From: Team: tom@desk.example;\r\n", false},
        {"From: IT <it@desk.example>\r\n", true}};
    std::string flipped = sent_to(tom);
    char& last = flipped[flipped.find('@') - 1];
    last = last == 'a' ? 'b' : 'a';
    struct Token {
        std::string id;
        bool is_toms;
    };
    const std::vector<Token> tokens{
        {"", false},
        {sent_to(tom), true},
        {sent_to(raj), false},
        {sent_to(tom, ReplyMeans::answer, 8), false},
        {flipped, false},
        {make_message_id({TicketId{7}, "ack-1"}, "the key", "desk.example"), false},
        {make_message_id({TicketId{7}, "notify-1-1"}, "another key", "desk.example"), false},
        {"first@hill.example", false}};
    struct Manner {
        std::string more;
        bool is_exposed;
    };
    const std::vector<Manner> manners{
        {"", false}, {"", true}, {"Auto-Submitted: auto-replied\r\n", false}};
    const std::vector<std::pair<std::string, std::string>> texts{
        {desk, "#close\nDone."}, {ann, "Identity verified in person."}, {desk, "Which room?"}};
    int forged = 0;
    for (const Author& author : authors) {
        for (const Token& token : tokens) {
            for (const Manner& manner : manners) {
                for (const auto& [to, text] : texts) {
                    const bool is_his = author.is_plain && token.is_toms && !manner.is_exposed &&
                                        manner.more.empty() &&
                                        author.from.find("Tom Brown") != std::string::npos;
                    if (is_his) continue;
                    Written written{author.from, to,          desk, "Re: [HELP#7] Printer",
                                    token.id,    manner.more, text};
                    const MailReceived mail = received(written);
                    const Situation situation =
                        situation_of(mail, manner.is_exposed ? std::vector{token.id}
                                                             : std::vector<std::string>{});
                    ++forged;
                    if (!situation.desk_writer) continue;
                    if (way_of(mail, situation, policy()) != Way::desk) {
                        EXPECT_NE(mail.message.kind, parsers::MessageKind::human);
                        EXPECT_TRUE(all<Record>(decide(mail, situation, policy())).size() > 0);
                        continue;
                    }
                    const DeskMail result = decided(mail, situation);
                    EXPECT_FALSE(acts(result)) << author.from << token.id << manner.more << text;
                    EXPECT_FALSE(all<AppendTo>(result.actions).at(0).is_proved);
                }
            }
        }
    }
    EXPECT_GE(forged, 200);
}

}  // namespace
}  // namespace bellhop::rules
