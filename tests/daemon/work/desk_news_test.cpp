#include "daemon/work/desk_news.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/due_round.hpp"
#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class DeskNewsTest : public BusyDesk {
protected:
    DeskNewsTest() {
        config_.write("people.toml", R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]

[[team]]
name = "MIS"
address = "mis@desk.example"

[[technician]]
name = "Tess"
address = "tess@desk.example"
teams = ["MIS"]

[tell]
most_an_hour = 4
)");
    }

    Filing filing() { return {*store_, *desk_, key_, clock_.time}; }

    /// The mails to a person so far, oldest first.
    std::vector<parsers::Message> mails_to(const std::string& recipient) {
        std::vector<parsers::Message> mails;
        for (const storage::OutboxMail& mail : store_->outbox.list({{}, 10'000})) {
            if (mail.recipient == recipient) {
                mails.push_back(parsers::parse_message(store_->outbox.find(mail.id)->bytes));
            }
        }
        std::reverse(mails.begin(), mails.end());
        return mails;
    }
    std::vector<std::string> subjects_to(const std::string& recipient) {
        std::vector<std::string> subjects;
        for (const parsers::Message& one : mails_to(recipient)) subjects.push_back(one.subject);
        return subjects;
    }

    std::string key_ = "the key";
};

TEST_F(DeskNewsTest, ShowsWhatATechnicianNeedsOnHisTelephone) {
    take("ann@hill.example", "an old story");
    const Taken taken = receive("ann@hill.example", "SIMS is slow", {},
                                "SIMS takes minutes to open.\r\nIt began today.\r\n\r\nKind "
                                "regards\r\nAnn Lee\r\nTel 01632 960123\r\n");
    run_due(filing());
    const parsers::Message mail = mails_to("mis@desk.example").back();
    EXPECT_EQ(mail.subject, "[HELP#2] SIMS is slow");
    EXPECT_THAT(mail.text, testing::StartsWith("Reply to this mail, and Ann gets your words"));
    EXPECT_THAT(mail.text, HasSubstr("\nAnn asks for help.\n"));
    EXPECT_THAT(mail.text, HasSubstr("\n> SIMS takes minutes to open.\n> It began today.\n"));
    EXPECT_THAT(mail.text, HasSubstr("Address:      ann@hill.example\n"));
    EXPECT_THAT(mail.text, HasSubstr("Telephone:    01632 960123\n"));
    EXPECT_THAT(mail.text, HasSubstr("School:       Hill Primary\n"));
    EXPECT_THAT(mail.text, HasSubstr("Priority:     P3 (Normal)\n"));
    EXPECT_THAT(
        mail.text,
        HasSubstr("Due:          answer by Tuesday 15 September, 2 pm; solution by Friday 18 "
                  "September, 10 am\n"));
    EXPECT_THAT(mail.text, HasSubstr("Who has it:   MIS\n"));
    EXPECT_THAT(mail.text, HasSubstr("[HELP#1] an old story, Open, Tuesday 15 September, 10 am\n"));
    EXPECT_THAT(mail.text, Not(HasSubstr("bellhop")));
    EXPECT_THAT(mail.text, Not(HasSubstr("rule")));
    EXPECT_EQ(taken.ticket, rules::TicketId{2});
}

/// The remark above a forwarded mail says little of what it is about.
TEST_F(DeskNewsTest, ShowsWhatSomebodyForwards) {
    const std::string forwarded =
        "\r\n---------- Forwarded message ---------\r\nFrom: Bob Bank <bob@hill.example>\r\n"
        "Date: Tue, 15 Sep 2026 at 08:01\r\nSubject: Heating\r\nTo: Tess <tess@desk.example>\r\n"
        "\r\nThe server room is at 35 degrees.\r\n";
    receive("ann@hill.example", "Fwd: Heating", {}, "Is this for you?\r\n" + forwarded);
    receive("tess@desk.example", "Fwd: Heating", {}, "One for MIS.\r\n" + forwarded);
    run_due(filing());
    const auto mails = mails_to("mis@desk.example");
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_THAT(mails[0].text, HasSubstr("\nAnn asks for help.\n"));
    EXPECT_THAT(mails[0].text, HasSubstr("\n> Is this for you?\n"));
    EXPECT_THAT(mails[1].text, HasSubstr("\nBob Bank asks for help; Tess has passed it on.\n"));
    EXPECT_THAT(mails[1].text, HasSubstr("\n> One for MIS.\n"));
    for (const parsers::Message& one : mails) {
        EXPECT_THAT(one.text, HasSubstr("\n> The server room is at 35 degrees.\n"));
    }
}

TEST_F(DeskNewsTest, ShowsTheWordsOfAColleagueWithoutHisOrders) {
    const rules::TicketId id = take("ann@hill.example", "SIMS is slow");
    config_.write("people.toml", config_.read("people.toml") + R"(
[[technician]]
name = "Tom"
address = "tom@desk.example"
)");
    load();
    run_due(filing());
    const parsers::Message notice = mails_to("mis@desk.example").back();
    receive("tess@desk.example", "Re: SIMS", "In-Reply-To: <" + notice.message_id + ">\r\n",
            "# Assign Tom\r\n# Note\r\nYou know its server.\r\n");
    run_due(filing());
    ASSERT_EQ(mails_to("tom@desk.example").size(), 1U);
    EXPECT_THAT(mails_to("tom@desk.example").front().text,
                testing::AllOf(HasSubstr("\n> You know its server.\n"), Not(HasSubstr("> #"))))
        << id;
}

/// "At once" is one instant for the customer and for the desk.
TEST_F(DeskNewsTest, NamesWhatIsDueAsTheCustomerWasTold) {
    config_.write("sla.toml",
                  "[priority.P1]\nrespond = \"30 minutes\"\n"
                  "[priority.P3]\nname = \"Outage\"\nrespond = \"immediate\"\n");
    load();
    take("ann@hill.example", "SIMS is down");
    run_due(filing());
    EXPECT_THAT(mails_to("ann@hill.example").back().text,
                HasSubstr("Somebody will answer you by Tuesday 15 September, 10.05 am."));
    EXPECT_THAT(mails_to("mis@desk.example").back().text,
                HasSubstr("Due:          answer by Tuesday 15 September, 10.05 am\n"));
}

TEST_F(DeskNewsTest, IsOneConversationATicket) {
    const rules::TicketId id = take("ann@hill.example", "SIMS is slow");
    run_due(filing());
    clock_.time += 1min;
    reply(id, "SIMS is slow");
    run_due(filing());
    const auto mails = mails_to("mis@desk.example");
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails[0].subject, mails[1].subject);
    EXPECT_EQ(mails[0].references, mails[1].references);
    EXPECT_EQ(mails[0].references.size(), 1U);
    EXPECT_NE(mails[0].message_id, mails[1].message_id);
}

TEST_F(DeskNewsTest, SaysOfARestrictedTicketTheNumberAlone) {
    receive("ann@hill.example", "safeguarding and SIMS", {}, "Joe was seen at night.");
    run_due(filing());
    const parsers::Message mail = mails_to("mis@desk.example").back();
    EXPECT_EQ(mail.subject, "[HELP#1] (confidential)");
    for (const char* word : {"Ann", "ann@", "Joe", "SIMS", "Hill", "P3", "MIS"}) {
        EXPECT_THAT(mail.text, Not(HasSubstr(word))) << word;
        EXPECT_THAT(mail.html.value_or(""), Not(HasSubstr(word))) << word;
    }
}

TEST_F(DeskNewsTest, WaitsForTheMorningUnlessItIsGrave) {
    clock_.time += 12h;  // ten in the evening
    take("ann@hill.example", "SIMS is slow");
    run_due(filing());
    EXPECT_TRUE(mails_to("mis@desk.example").empty());
    EXPECT_EQ(store_->timers.next_due(), tuesday_morning + 22h + 30min) << "half past eight";
    receive("ann@hill.example", "safeguarding and SIMS");
    run_due(filing());
    EXPECT_EQ(mails_to("mis@desk.example").size(), 1U);
    clock_.time = tuesday_morning + 22h + 30min;
    run_due(filing());
    EXPECT_THAT(subjects_to("mis@desk.example"),
                ElementsAre("[HELP#2] (confidential)", "[HELP#1] SIMS is slow"));
    run_due(filing());
    EXPECT_EQ(mails_to("mis@desk.example").size(), 2U) << "once";
}

/// A mail bomb: sixty mails in an hour.
TEST_F(DeskNewsTest, GathersWhatIsTooMuch) {
    for (int i = 0; i < 60; ++i) {
        take("bomb" + std::to_string(i) + "@hill.example",
             (i == 40 ? "safeguarding SIMS " : "SIMS ") + std::to_string(i));
        run_due(filing());
        clock_.time += 1min;
    }
    EXPECT_LE(mails_to("mis@desk.example").size(), 4U + 4U);
    clock_.time += 15min;
    run_due(filing());
    std::size_t told = 0;
    for (int i = 1; i <= 60; ++i) {
        for (const rules::TicketEvent& entry : store_->tickets.events(rules::TicketId{i})) {
            told += entry.type == rules::Event::told ? 1U : 0U;
        }
    }
    EXPECT_EQ(told, 60U) << "nothing is lost";
    const parsers::Message digest = mails_to("mis@desk.example").back();
    EXPECT_THAT(digest.subject, HasSubstr("things about tickets"));
    EXPECT_THAT(digest.text, HasSubstr("[HELP#60] P3 SIMS 59: Ann asks for help.\n"));
    for (const parsers::Message& one : mails_to("mis@desk.example")) {
        EXPECT_THAT(one.text, Not(HasSubstr("safeguarding")));
    }
}

/// What is all about one ticket is answered as any mail about it.
TEST_F(DeskNewsTest, MakesOneTicketsNewsADigestOfThatTicket) {
    const rules::TicketId id = take("ann@hill.example", "SIMS is slow");
    run_due(filing());
    clock_.time += 12h;  // at night
    for (int i = 0; i < 8; ++i) {
        clock_.time += 1min;
        reply(id, "SIMS is slow");
    }
    clock_.time = tuesday_morning + 23h;
    run_due(filing());
    const auto mails = mails_to("mis@desk.example");
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails[1].subject, "8 things about [HELP#1]");
    EXPECT_THAT(mails[1].text, HasSubstr("your words are kept with the ticket as a note"));
    EXPECT_EQ(mails[1].references, mails[0].references) << "in the ticket's conversation";
    receive("mis@desk.example", "Re: " + mails[1].subject,
            "In-Reply-To: <" + mails[1].message_id + ">\r\n", "I ring her.");
    const auto log = store_->tickets.events(id);
    EXPECT_TRUE(std::any_of(log.begin(), log.end(), [](const rules::TicketEvent& one) {
        return one.type == rules::Event::note;
    }));
}

/// A reply to what is about several tickets comes back, and lies with none of them.
TEST_F(DeskNewsTest, SendsBackWhatAnswersADigestOfSeveral) {
    clock_.time += 12h;
    for (int i = 0; i < 8; ++i) take("ann@hill.example", "SIMS " + std::to_string(i));
    clock_.time = tuesday_morning + 23h;
    run_due(filing());
    const parsers::Message digest = mails_to("mis@desk.example").back();
    EXPECT_EQ(digest.subject, "8 things about tickets");
    EXPECT_THAT(digest.text, HasSubstr("a reply to this mail reaches nobody and comes back"));
    const auto count = [&] {
        std::size_t all = 0;
        for (int i = 1; i <= 8; ++i) all += store_->tickets.messages(rules::TicketId{i}).size();
        return all;
    };
    const std::size_t before = count();
    for (const char* writer : {"mis@desk.example", "tess@desk.example"}) {
        const Taken taken =
            receive(writer, "Re: " + digest.subject, "In-Reply-To: <" + digest.message_id + ">\r\n",
                    "Who has these?\r\n\r\n> [HELP#1] P3 SIMS 0\r\n");
        EXPECT_EQ(taken.ticket, std::nullopt) << writer;
        const parsers::Message back = mails_to(writer).back();
        EXPECT_THAT(back.subject, HasSubstr("reached nobody"));
        EXPECT_THAT(back.text, HasSubstr("it answers a mail that is not about one ticket"));
        EXPECT_THAT(back.text, HasSubstr("Who has these?"));
    }
    const Taken away =
        receive("tess@desk.example", "Automatic reply: " + digest.subject,
                "Auto-Submitted: auto-replied\r\nIn-Reply-To: <" + digest.message_id + ">\r\n",
                "I am away.\r\n\r\n> [HELP#1] P3 SIMS 0\r\n");
    EXPECT_EQ(away.outcome, storage::Outcome::ignored);
    EXPECT_EQ(count(), before);
}

/// Each request for a yes or no is a mail of its own, which a yes can answer; above the ceiling it
/// waits.
TEST_F(DeskNewsTest, PutsNoRequestForAYesIntoADigest) {
    write_rules(R"(
[[rule]]
name = "unblock"
when.text = ["unblock"]
then.hold = "head@hill.example"
)");
    load();
    for (int i = 0; i < 7; ++i) take("ann@hill.example", "unblock game " + std::to_string(i));
    run_due(filing());
    EXPECT_EQ(mails_to("head@hill.example").size(), 4U) << "the ceiling of an hour";
    for (int minutes = 0; minutes < 90; minutes += 15) {
        clock_.time += 15min;
        run_due(filing());
    }
    const auto mails = mails_to("head@hill.example");
    ASSERT_EQ(mails.size(), 7U);
    for (const parsers::Message& mail : mails) {
        EXPECT_THAT(mail.text, testing::StartsWith("Reply to this mail with \"yes\" or \"no\""));
    }
}

/// Two of a desk: the mails are in the order in which things happened.
TEST_F(DeskNewsTest, KeepsTheOrder) {
    const rules::TicketId id = take("ann@hill.example", "SIMS is slow");
    run_due(filing());
    clock_.time += 1min;
    reply(id, "SIMS is slow");
    run_due(filing());
    const auto mails = mails_to("mis@desk.example");
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_THAT(mails[0].text, HasSubstr("Ann asks for help."));
    EXPECT_THAT(mails[1].text, HasSubstr("Ann has answered."));
}

}  // namespace
}  // namespace bellhop::daemon
