// Mails that pretend to be of the desk, as they come in: none of them does anything.
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "daemon/work/desk_work.hpp"
#include "daemon/work/due_round.hpp"
#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::MailKind;
using rules::TicketId;

const std::string tom = "tom@desk.example";
const std::string head = "head@hill.example";

/// Ticket 1 is Ann's, 2 Bob's, 3 waits for the head's yes, 4 is treated in confidence, 5 and 6 wait
/// for two people's yes. Everybody of the desk has been told of each.
class ForgedMail : public BusyDesk {
protected:
    ForgedMail() {
        std::string settings = config_.read("bellhop.toml");
        const std::string manager = "# manager = \"head.of.it@school.example\"";
        settings.replace(settings.find(manager), manager.size(), "manager = \"boss@desk.example\"");
        config_.write("bellhop.toml", settings);
        config_.write("people.toml", R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]
[[contact]]
name = "Helen Head"
address = "head@hill.example"
school = "Hill Primary"
[[contact]]
name = "Diana Deputy"
address = "deputy@hill.example"
school = "Hill Primary"
[[team]]
name = "network"
address = "network@desk.example"
[[technician]]
name = "Tom Brown"
address = "tom@desk.example"
teams = ["network"]
[[technician]]
name = "Raj Patel"
address = "raj@desk.example"
)");
        config_.write("rules.toml", R"(
[default]
priority = "P3"
team = "network"
notify = ["Tom Brown", "Raj Patel", "network", "manager"]
[[rule]]
name = "held by the head"
when.text = ["unblock"]
then.hold = "Helen Head"
[[rule]]
name = "held by the deputy"
when.text = ["licence"]
then.hold = "Diana Deputy"
[[rule]]
name = "confidence"
when.text = ["safeguarding"]
then.restricted = true
)");
    }

    void SetUp() override {
        BusyDesk::SetUp();
        take("ann@hill.example", "Printer");
        take("bob@hill.example", "Beamer");
        take("ann@hill.example", "Please unblock games");
        take("ann@hill.example", "safeguarding");
        take("ann@hill.example", "Please unblock maps");
        take("ann@hill.example", "A licence please");
        for (int minutes = 0; minutes < 90; minutes += 15) {
            const std::string key = "the key";
            run_due({*store_, *desk_, key, clock_.time});
            clock_.time += 15min;
        }
        own_ = desk_->settings.mailboxes.front().address;
    }

    /// The msg-id of what `reader` was told of the ticket.
    std::string sent_to(const std::string& reader,
                        std::int64_t ticket,
                        MailKind kind = MailKind::notify) const {
        for (const storage::OutboxMail& one : store_->outbox.of_ticket(TicketId{ticket})) {
            if (one.recipient == reader && one.kind == kind) return one.message_id;
        }
        ADD_FAILURE() << reader << " was not told of " << ticket;
        return "none@desk.example";
    }
    /// A mail of ours to Tom about ticket 1 that nobody else has seen yet.
    std::string fresh() {
        const rules::OwnMessageId id{TicketId{1}, "notify-" + std::to_string(++fresh_)};
        return make_message_id(id, rules::Bond{tom, rules::ReplyMeans::answer},
                               store_->generations.keys(key_).current, "school.example");
    }
    std::string acknowledgement(std::int64_t ticket) const {
        return sent_to("ann@hill.example", ticket, MailKind::acknowledgement);
    }

    /// A mail about ticket 1 with this header, and how it is answered.
    void send(const std::string& from_fields,
              const std::string& answers,
              const std::string& text,
              const std::string& subject = "Re: [HELP#1] Printer",
              const std::string& more = {}) {
        IncomingMail mail;
        mail.key = {"it", 1, ++uid_};
        mail.mailbox = desk_->settings.mailboxes.front().name;
        mail.bytes = from_fields + "To: " + own_ + "\r\nSubject: " + subject +
                     "\r\nMessage-ID: <forged" + std::to_string(uid_) + "@evil.example>\r\n" +
                     (answers.empty() ? "" : "In-Reply-To: <" + answers + ">\r\n") + more + "\r\n" +
                     text + "\r\n";
        mail.size = mail.bytes.size();
        mail.arrived = clock_.time;
        intake_->take({&mail, 1}, *desk_);
    }
    void as_tom(const std::string& answers,
                const std::string& text = "#close\r\nDone.",
                const std::string& subject = "Re: [HELP#1] Printer",
                const std::string& more = {}) {
        send("From: Tom Brown <tom@desk.example>\r\n", answers, text, subject, more);
    }

    /// What a forger wants to change: states, and mails to anybody outside the desk.
    std::string state() const {
        std::string all;
        for (std::int64_t id = 1; id <= 6; ++id) {
            const rules::Ticket one = ticket(TicketId{id});
            all += one.status + "/" + one.priority + "/" + one.team + "/" + one.assignee + "/" +
                   one.requester.address + "/" + std::to_string(one.participants.size()) + "\n";
            for (const rules::TicketEvent& entry : store_->tickets.events(TicketId{id})) {
                if (entry.type == rules::Event::agent_reply ||
                    entry.type == rules::Event::confirmed || entry.type == rules::Event::ordered ||
                    entry.type == rules::Event::note || entry.type == rules::Event::merged) {
                    all += entry.type.text() + " ";
                }
            }
        }
        for (const storage::OutboxMail& mail : store_->outbox.list({{}, 10'000})) {
            const bool is_within = mail.recipient.ends_with("@desk.example");
            const bool is_greeting = mail.kind == MailKind::acknowledgement;
            if (!is_within && !is_greeting) all += name_of(mail.kind) + ">" + mail.recipient + "\n";
            EXPECT_EQ(mail.recipient.find("evil"), std::string::npos) << name_of(mail.kind);
        }
        return all;
    }

    void does_nothing(const char* what, const std::function<void()>& forge) {
        const std::string before = state();
        forge();
        EXPECT_EQ(state(), before) << what;
    }

    std::string key_ = "the key";
    int fresh_ = 0;
    std::string own_ = {};
};

TEST_F(ForgedMail, ProvesWhatItDoesWhereItIsGenuine) {
    const std::string before = state();
    as_tom(sent_to(tom, 1));
    EXPECT_NE(state(), before) << "else the tests below would see nothing";
    EXPECT_EQ(ticket(TicketId{1}).status, "resolved");
    as_tom(fresh(), "#reopen");
    EXPECT_EQ(ticket(TicketId{1}).status, "open");
}

TEST_F(ForgedMail, OfTheMsgIdDoesNothing) {
    const std::string id = sent_to(tom, 1);
    const std::string local = id.substr(0, id.find('@'));
    const std::string of_two = sent_to(tom, 2);
    does_nothing("another ticket's", [&] { as_tom(of_two); });
    does_nothing("another reader's", [&] { as_tom(sent_to("raj@desk.example", 1)); });
    does_nothing("the manager's", [&] { as_tom(sent_to("boss@desk.example", 1)); });
    does_nothing("the customer's", [&] { as_tom(acknowledgement(1)); });
    does_nothing("the customer's with his bond", [&] {
        const std::string ack = acknowledgement(1);
        as_tom(ack.substr(0, ack.find('@')) + local.substr(local.rfind('.')) + "@desk.example");
    });
    does_nothing("the number of another ticket", [&] { as_tom("2" + id.substr(1)); });
    does_nothing("the bond of another ticket", [&] {
        const std::string other = of_two.substr(0, of_two.find('@'));
        as_tom(local.substr(0, local.rfind('.')) + other.substr(other.rfind('.')) +
               "@desk.example");
    });
    does_nothing("without its bond",
                 [&] { as_tom(local.substr(0, local.rfind('.')) + "@x.example"); });
    does_nothing("a character less",
                 [&] { as_tom(local.substr(0, local.size() - 1) + "@x.example"); });
    does_nothing("with a word more", [&] { as_tom(local + ".x@desk.example"); });
    does_nothing("about no ticket", [&] { as_tom("0" + id.substr(1)); });
    does_nothing("in the subject", [&] { as_tom({}, "#close", "Re: [HELP#1] <" + id + ">"); });
    does_nothing("in the text", [&] { as_tom({}, "#close\r\nIn-Reply-To: <" + id + ">"); });
    does_nothing("in a field of another name", [&] {
        as_tom({}, "#close", "Re: [HELP#1] Printer", "X-References: <" + id + ">\r\n");
    });
    does_nothing("behind a hundred others", [&] {
        std::string ids;
        for (int i = 0; i < 100; ++i) ids += " <r" + std::to_string(i) + "@hill.example>\r\n";
        as_tom({}, "#close", "Re: [HELP#1] Printer", "References: <" + id + ">\r\n" + ids);
    });
}

TEST_F(ForgedMail, OfTheWriterDoesNothing) {
    for (const char* from :
         {"From: Tom Brown <tom@desk.example.evil.example>\r\n",
          "From: \"tom@desk.example\" <eve@evil.example>\r\n",
          "From: Tom Brown <tom+x@desk.example>\r\n",
          "From: Tom Brown <t\xd0\xbem@desk.example>\r\n",
          "From: Tom Brown <tom@desk.example>\r\nFrom: eve@evil.example\r\n",
          "From: eve@evil.example\r\nFrom: Tom Brown <tom@desk.example>\r\n",
          "From: Tom Brown <tom@desk.example>\r\nSender: eve@evil.example\r\n",
          "From: Tom Brown <tom@desk.example>, eve@evil.example\r\n",
          "From: tom@desk.example <eve@evil.example>\r\n", "From: Desk: tom@desk.example;\r\n",
          "From: <@evil.example:tom@desk.example>\r\n",
          "Sender: Tom Brown <tom@desk.example>\r\nReply-To: tom@desk.example\r\n",
          "From: =?utf-8?q?Tom_=3Ctom=40desk.example=3E?=\r\n",
          "X-Junk\r\nFrom: Tom Brown <tom@desk.example>\r\n", "From: IT <it@school.example>\r\n",
          "From: Raj Patel <raj@desk.example>\r\n", "From: network@desk.example\r\n",
          "From: Helen Head <head@hill.example>\r\n"}) {
        does_nothing(from, [&] { send(from, fresh(), "#close\r\nIdentity verified."); });
    }
    does_nothing("a program's", [&] {
        as_tom(fresh(), "#close", "Re: [HELP#1] Printer", "Auto-Submitted: auto-replied\r\n");
    });
    does_nothing("an absence's", [&] {
        as_tom(fresh(), "#close", "Automatic reply: [HELP#1] Printer",
               "X-Auto-Response-Suppress: All\r\nAuto-Submitted: auto-replied\r\n");
    });
    EXPECT_EQ(ticket(TicketId{1}).status, "open");
}

TEST_F(ForgedMail, WithWhatOthersHaveReadDoesNothing) {
    const std::string id = sent_to(tom, 1);
    send("From: Ann <ann@hill.example>\r\n", acknowledgement(1), "See below.", "Re: Printer",
         "References: <" + id + ">\r\n");
    const std::string local = id.substr(0, id.find('@'));
    std::string upper = id;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    does_nothing("as it was shown", [&] { as_tom(id); });
    does_nothing("in capitals", [&] { as_tom(upper); });
    does_nothing("behind another domain", [&] { as_tom(local + "@elsewhere.example"); });
    ASSERT_TRUE(carry_out({*store_, *desk_, key_, clock_.time}, TicketId{1},
                          rules::MergeOrder{TicketId{2}}, "agent Raj Patel"));
    does_nothing("after a merge", [&] { as_tom(id); });
    does_nothing("after a merge, by the other's tag",
                 [&] { as_tom(id, "#close", "Re: [HELP#2] Beamer"); });
}

TEST_F(ForgedMail, OfAYesDoesNothing) {
    const std::string asked = sent_to(head, 3, MailKind::approval);
    const auto as = [&](const std::string& from, const std::string& answers, const char* text) {
        send("From: " + from + "\r\n", answers, text, "Re: [HELP#3] Please unblock games");
    };
    does_nothing("by whoever asks", [&] { as("ann@hill.example", asked, "Yes"); });
}

TEST_F(ForgedMail, OfAnotherApproversYesDoesNothing) {
    const std::string asked = sent_to(head, 3, MailKind::approval);
    const auto as = [&](const std::string& from, const std::string& answers, const char* text,
                        const char* more = "") {
        send("From: " + from + "\r\n", answers, text, "Re: [HELP#3] Please unblock games", more);
    };
    does_nothing("without our mail", [&] { as(head, {}, "Yes"); });
    does_nothing("of another request", [&] {
        send("From: " + head + "\r\n", sent_to(head, 5, MailKind::approval), "Perhaps?",
             "Re: [HELP#3] Please unblock games");
    });
    does_nothing("that a program gives",
                 [&] { as(head, asked, "Yes", "Auto-Submitted: auto-replied\r\n"); });
    does_nothing("that asks", [&] { as(head, asked, "Yes, if Diana agrees."); });
    ASSERT_TRUE(carry_out({*store_, *desk_, key_, clock_.time}, TicketId{5},
                          rules::MergeOrder{TicketId{6}}, "agent Raj Patel"));
    does_nothing("to a request that became a part of another's", [&] {
        send("From: " + head + "\r\n", sent_to(head, 5, MailKind::approval), "Yes",
             "Re: [HELP#5] Please unblock maps");
    });
    EXPECT_EQ(ticket(TicketId{6}).status, "waiting_approval");
    as(head, asked, "Yes");
    EXPECT_EQ(ticket(TicketId{3}).status, "open") << "the genuine one";
}

/// "Was that you?" is answered by whom it asks, once, and tells nothing in confidence.
TEST_F(ForgedMail, OfAConfirmationDoesNothing) {
    as_tom({}, "#close");
    const std::string question = sent_to(tom, 1, MailKind::confirm);
    does_nothing("by a colleague",
                 [&] { send("From: raj@desk.example\r\n", question, "Yes", "Re: [HELP#1] x"); });
    does_nothing("that denies it", [&] { as_tom(question, "Ok, that wasn't me."); });
    does_nothing("after that", [&] { as_tom(question, "Yes"); });
    as_tom({}, "#close\r\nJoe was seen.", "Re: [HELP#4] safeguarding");
    const auto asked = *store_->outbox.find([&] {
        for (const storage::OutboxMail& one : store_->outbox.of_ticket(TicketId{4})) {
            if (one.kind == MailKind::confirm) return one.id;
        }
        return storage::OutboxId{};
    }());
    EXPECT_EQ(asked.bytes.find("Joe"), std::string::npos);
}

}  // namespace
}  // namespace bellhop::daemon
