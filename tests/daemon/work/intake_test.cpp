#include "daemon/work/intake.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

using storage::Outcome;

std::string mail_text(const std::string& from,
                      const std::string& id,
                      const std::string& more = {}) {
    return "From: Ann <" + from +
           ">\r\nTo: support@desk.example\r\nSubject: projector\r\nMessage-ID: <" + id + ">\r\n" +
           more + "\r\nIt does not work.\r\n";
}

class IntakeTest : public testing::Test {
protected:
    IncomingMail mail(std::uint32_t uid,
                      std::string bytes,
                      const std::string& mailbox = "support") const {
        IncomingMail incoming;
        incoming.key = {mailbox, 1, uid};
        incoming.mailbox = mailbox;
        incoming.size = bytes.size();
        incoming.bytes = std::move(bytes);
        incoming.arrived = clock.time;
        return incoming;
    }

    Taken take(const IncomingMail& incoming) { return intake.take({&incoming, 1}, desk).front(); }

    /// What processes leave behind that die over a mail.
    void die_over(const IncomingMail& incoming, int times) {
        storage::Transaction transaction{store.database};
        for (int i = 0; i < times; ++i) store.ledger.begin_attempt(incoming.key);
        transaction.commit();
    }

    std::vector<std::string> event_types(rules::TicketId ticket) {
        std::vector<std::string> types;
        for (const rules::TicketEvent& event : store.tickets.events(ticket))
            types.push_back(event.type.text());
        return types;
    }

    TemporaryFolder folder;
    FakeClock clock;
    Desk desk = test_desk(folder.path);
    storage::Store store{desk.settings.database};
    Intake intake{store, clock, "the key"};
};

TEST_F(IntakeTest, MakesATicketWithItsMessageAndItsAcknowledgement) {
    const Taken taken = take(mail(1, mail_text("ann@school.example", "m1@school.example")));
    ASSERT_EQ(taken.outcome, Outcome::ticket);
    const rules::Ticket ticket = store.tickets.find(*taken.ticket).value();
    EXPECT_EQ(ticket.subject, "projector");
    EXPECT_EQ(ticket.requester, (parsers::Address{"Ann", "ann@school.example"}));
    const auto messages = store.tickets.messages(ticket.id);
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].text, "It does not work.\n");
    EXPECT_EQ(store.blobs.get(messages[0].raw_sha256),
              mail_text("ann@school.example", "m1@school.example"));
    const auto due = store.outbox.due(clock.time, 10);
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].recipient, "ann@school.example");
    EXPECT_EQ(due[0].envelope_sender, "");
    const parsers::Message answer = parsers::parse_message(due[0].bytes);
    EXPECT_EQ(answer.subject, "Re: projector [HELP#1]");
    EXPECT_EQ(answer.in_reply_to, std::vector<std::string>{"m1@school.example"});
    EXPECT_EQ(answer.field("Auto-Submitted"), "auto-replied");
    EXPECT_EQ(answer.field("X-Auto-Response-Suppress"), "All");
    EXPECT_EQ(event_types(ticket.id),
              (std::vector<std::string>{"created", "rules", "acknowledgement"}));
}

TEST_F(IntakeTest, GivesEachUidOneOutcome) {
    const IncomingMail first = mail(1, mail_text("ann@school.example", "m1@school.example"));
    const Taken once = take(first);
    const Taken again = take(first);
    EXPECT_EQ(again.outcome, Outcome::ticket);
    EXPECT_EQ(again.ticket, once.ticket);
    EXPECT_EQ(store.lists.page({}, {}).size(), 1U);
}

TEST_F(IntakeTest, ThreadsAReplyToOurAcknowledgement) {
    const Taken first = take(mail(1, mail_text("ann@school.example", "m1@school.example")));
    const std::string ours = store.outbox.due(clock.time, 1).front().message_id;
    const Taken reply = take(mail(
        2, mail_text("ann@home.example", "m2@home.example", "In-Reply-To: <" + ours + ">\r\n")));
    EXPECT_EQ(reply.outcome, Outcome::follow_up);
    EXPECT_EQ(reply.ticket, first.ticket);
}

TEST_F(IntakeTest, KeepsAStrangerWithAGuessedNumberOut) {
    const Taken first = take(mail(1, mail_text("ann@school.example", "m1@school.example")));
    std::string bytes = mail_text("mallory@elsewhere.example", "m2@elsewhere.example",
                                  "References: <m1@school.example>\r\n");
    bytes.replace(bytes.find("Subject: projector"), 18, "Subject: Re: [HELP#1]");
    const Taken second = take(mail(2, bytes));
    EXPECT_EQ(second.outcome, Outcome::ticket);
    EXPECT_NE(second.ticket, first.ticket);
    EXPECT_EQ(store.tickets.links(*second.ticket),
              (std::vector<storage::TicketLink>{{*first.ticket, "possibly_belongs_to"}}));
}

TEST_F(IntakeTest, MakesOneTicketOfTheSameMailInTwoMailboxes) {
    const std::string bytes = mail_text("ann@school.example", "m1@school.example");
    const Taken first = take(mail(1, "Delivered-To: support@desk.example\r\n" + bytes));
    const Taken second = take(mail(9, "Delivered-To: office@desk.example\r\n" + bytes, "office"));
    EXPECT_EQ(second.outcome, Outcome::duplicate);
    EXPECT_EQ(second.ticket, first.ticket);
    EXPECT_EQ(event_types(*first.ticket).back(), "duplicate");
}

TEST_F(IntakeTest, KeepsAMailThatOnlyBorrowsAMessageId) {
    const Taken first = take(mail(1, mail_text("ann@school.example", "m1@school.example")));
    const Taken second =
        take(mail(2, mail_text("bob@school.example", "m1@school.example") + "Something else.\r\n"));
    EXPECT_EQ(second.outcome, Outcome::ticket);
    EXPECT_EQ(store.tickets.links(*second.ticket),
              (std::vector<storage::TicketLink>{{*first.ticket, "same_message_id"}}));
}

/// A mail, and what somebody may make of it.
struct Copy {
    const char* what;
    bool same;
    std::string from = "Ann <ann@school.example>";
    std::string subject = "Printer";
    std::string date = "Mon, 02 Nov 2026 09:00:00 +0000";
    std::string more = {};
    std::string body = "It is dead.\r\n";

    std::string bytes() const {
        return more + "From: " + from + "\r\nTo: support@desk.example\r\nSubject: " + subject +
               "\r\nMessage-ID: <m1@school.example>\r\n" +
               (date.empty() ? "" : "Date: " + date + "\r\n") + "\r\n" + body;
    }
};

TEST_F(IntakeTest, KnowsTheSameMailWhateverWasDoneToItOnItsWay) {
    const std::vector<Copy> copies{
        {.what = "to a second mailbox", .same = true, .more = "Received: from x by y\r\n"},
        {.what = "a list's mark and footer",
         .same = true,
         .subject = "[staff] Printer",
         .body = "It is dead.\r\n\r\n-- \r\nYou are subscribed.\r\n"},
        {.what = "a gateway's banner",
         .same = true,
         .subject = "[EXTERNAL] Printer",
         .body = "CAUTION: from outside.\r\nIt is dead.\r\n"},
        {.what = "an archive's stub", .same = true, .body = "This message was archived.\r\n"},
        {.what = "another zone's date", .same = true, .date = "Mon, 02 Nov 2026 10:00:00 +0100"},
        {.what = "another name", .same = true, .from = "\"Ann, Hill\" <ANN@school.example>"},
        {.what = "another sender", .same = false, .from = "bob@school.example"},
        {.what = "another subject", .same = false, .subject = "Server room on fire"},
        {.what = "another number", .same = false, .subject = "[Alarm 7] Printer"},
        {.what = "another date", .same = false, .date = "Mon, 02 Nov 2026 09:00:01 +0000"},
        {.what = "another text without a date", .same = false, .date = "", .body = "Sent.\r\n"},
    };
    std::uint32_t uid = 1;
    const Copy original{.what = "", .same = true};
    const Taken first = take(mail(uid, original.bytes()));
    for (const Copy& copy : copies) {
        const Taken taken = take(mail(++uid, copy.bytes()));
        EXPECT_EQ(taken.outcome == Outcome::duplicate, copy.same) << copy.what;
        if (copy.same) {
            EXPECT_EQ(taken.ticket, first.ticket) << copy.what;
        }
    }
}

TEST_F(IntakeTest, TakesNoMailForOneOfMoreThanThirtyDaysAgo) {
    const Copy original{.what = "", .same = true};
    take(mail(1, original.bytes()));
    clock.time += std::chrono::days{30};
    EXPECT_EQ(take(mail(2, original.bytes())).outcome, Outcome::duplicate);
    clock.time += 1s;
    EXPECT_NE(take(mail(3, original.bytes())).outcome, Outcome::duplicate);
}

TEST_F(IntakeTest, TakesTwoUnreadMailsForNoDuplicates) {
    intake.quarantine_unread(mail(1, ""), "not handed over");
    intake.quarantine_unread(mail(2, ""), "not handed over");
    EXPECT_EQ(store.quarantine.list(false).size(), 2U);
    EXPECT_TRUE(store.ledger.find({"support", 1, 1})->unread);
    EXPECT_EQ(store.ledger.find({"support", 1, 1})->content_key, "");
    // Both come after all.
    const Taken first = take(mail(1, mail_text("ann@school.example", "m1@school.example")));
    const Taken second = take(mail(2, mail_text("bob@school.example", "m2@school.example")));
    EXPECT_EQ(first.outcome, Outcome::ticket);
    EXPECT_EQ(second.outcome, Outcome::ticket);
    EXPECT_TRUE(store.quarantine.list(false).empty());
}

TEST_F(IntakeTest, TakesMailThatHasNoMessageId) {
    EXPECT_EQ(take(mail(1, "From: ann@school.example\r\n\r\nhello\r\n")).outcome, Outcome::ticket);
    EXPECT_EQ(take(mail(2, "From: ann@school.example\r\n\r\nhello again\r\n")).outcome,
              Outcome::ticket);
    EXPECT_EQ(take(mail(3, "")).outcome, Outcome::ticket);
}

TEST_F(IntakeTest, WithholdsAcknowledgementsBeyondTheLimit) {
    for (std::uint32_t i = 1; i <= 5; ++i) {
        take(mail(i, mail_text("Ann@school.example", "m" + std::to_string(i) + "@school.example")));
    }
    EXPECT_EQ(store.outbox.due(clock.time, 10).size(), 3U);
    EXPECT_EQ(store.tickets.events(store.lists.page({}, {}).back().id).back().detail,
              "the sender has had 3 automatic mails in 10 minutes");
    clock.time += std::chrono::minutes{11};
    take(mail(6, mail_text("ann@school.example", "m6@school.example")));
    EXPECT_EQ(store.outbox.due(clock.time, 10).size(), 4U);
}

TEST_F(IntakeTest, QuarantinesUnreadWhatHasKilledThreeProcesses) {
    const IncomingMail killer = mail(1, mail_text("ann@school.example", "m1@school.example"));
    die_over(killer, 3);
    EXPECT_EQ(take(killer).outcome, Outcome::quarantined);
    const auto quarantined = store.quarantine.list(false);
    ASSERT_EQ(quarantined.size(), 1U);
    EXPECT_EQ(store.blobs.get(quarantined[0].raw_sha256), killer.bytes);
    EXPECT_EQ(take(mail(2, mail_text("bob@school.example", "m2@school.example"))).outcome,
              Outcome::ticket);
}

/// Killed twice from outside, the mail was perhaps only at hand: it has a third chance, alone, in a
/// process that nobody kills at once.
TEST_F(IntakeTest, GivesAMailThatProcessesDiedOverAThirdChanceAfterAPause) {
    using std::chrono::seconds;
    const IncomingMail innocent = mail(1, mail_text("ann@school.example", "m1@school.example"));
    const seconds pauses[] = {seconds{0}, seconds{0}, seconds{60}, seconds{0}};
    for (const seconds pause : pauses) {
        EXPECT_EQ(intake.pause_before(innocent.key, desk), pause);
        die_over(innocent, 1);
    }
    const IncomingMail other = mail(2, mail_text("ann@school.example", "m2@school.example"));
    die_over(other, 2);
    clock.time += seconds{59};
    EXPECT_EQ(intake.pause_before(other.key, desk), seconds{1});
    clock.time += seconds{1};
    EXPECT_EQ(intake.pause_before(other.key, desk), seconds{0});
    EXPECT_EQ(take(other).outcome, Outcome::ticket);
}

TEST_F(IntakeTest, TakesAMailThatSomebodyDiedOverAlone) {
    const std::vector<IncomingMail> mails{
        mail(1, mail_text("ann@school.example", "m1@school.example")),
        mail(2, mail_text("ann@school.example", "m2@school.example")),
        mail(3, mail_text("ann@school.example", "m3@school.example"))};
    die_over(mails[1], 1);
    EXPECT_EQ(intake.take(mails, desk).size(), 1U);
    EXPECT_EQ(intake.take(std::span{mails}.subspan(1), desk).size(), 1U);
    EXPECT_EQ(intake.take(std::span{mails}.subspan(2), desk).size(), 1U);
    EXPECT_EQ(store.lists.page({}, {}).size(), 3U);
}

TEST_F(IntakeTest, CountsNoDeathWhereOnlyTheDatabaseFailed) {
    const IncomingMail one = mail(1, mail_text("ann@school.example", "m1@school.example"));
    for (int i = 0; i < 5; ++i) {
        storage::Transaction in_the_way{store.database};
        EXPECT_THROW(take(one), storage::DatabaseError);  // a transaction cannot be nested
    }
    EXPECT_EQ(take(one).outcome, Outcome::ticket);
}

TEST_F(IntakeTest, ReleasesAQuarantinedMailAsATicket) {
    const IncomingMail killer = mail(1, mail_text("ann@school.example", "m1@school.example"));
    die_over(killer, 3);
    take(killer);
    EXPECT_EQ(intake.take_again(killer, desk).outcome, Outcome::ticket);
    EXPECT_EQ(store.ledger.find(killer.key)->outcome, Outcome::ticket);
}

}  // namespace
}  // namespace bellhop::daemon
