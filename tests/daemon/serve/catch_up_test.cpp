#include "daemon/serve/catch_up.hpp"

#include <gtest/gtest.h>

#include "storage/backup.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::TicketId;

/// A desk that was saved, went on, lost its database and was restored.
class AfterARestore : public testing::Test {
protected:
    static constexpr int before = 3;  // mails that the backup knows
    static constexpr int after = 6;   // with those that came after it

    AfterARestore() {
        open();
        for (int n = 1; n <= after; ++n) {
            if (n == before + 1) {
                storage::make_backup(desk.settings.database, backup, "the key", clock.time);
            }
            clock.time += 1h;
            take(n);
        }
        lost_acknowledgement = acknowledgement_of(TicketId{before + 1});
        clock.time += 1h;
        intake.reset();
        store.reset();
        std::filesystem::remove(desk.settings.database);
        storage::restore_backup({backup,
                                 desk.settings.database,
                                 folder.path / "bellhop.key",
                                 {"support"},
                                 clock.time,
                                 std::nullopt});
        open();
        clock.time += 1h;
    }

    void open() {
        store.emplace(desk.settings.database);
        intake.emplace(*store, clock, "the key");
    }
    static std::string text(int n, const std::string& more = {}) {
        const std::string number = std::to_string(n);
        return "From: person" + number + "@school.example\r\nSubject: mail " + number +
               "\r\nMessage-ID: <m" + number + "@school.example>\r\n" + more + "\r\nHello " +
               number + ".\r\n";
    }
    /// Taken in the old days, acknowledged and moved to the folder of processed mail.
    void take(int n) {
        IncomingMail mail;
        mail.key = {"support", 1, static_cast<std::uint32_t>(n)};
        mail.mailbox = "support";
        mail.bytes = text(n);
        mail.arrived = mail.internal_date = clock.time;
        intake->take({&mail, 1}, desk);
        processed.deliver(text(n), clock.time);
    }
    Taken take_now(const std::string& bytes) {
        IncomingMail mail;
        mail.key = {"support", 2, ++uid};
        mail.mailbox = "support";
        mail.bytes = bytes;
        mail.arrived = mail.internal_date = clock.time;
        return intake->take({&mail, 1}, desk).front();
    }
    std::string acknowledgement_of(TicketId ticket) const {
        return store->outbox.of_ticket(ticket).front().message_id;
    }
    /// False where the connection broke.
    bool catch_up() {
        const auto again = to_read_again(*store, desk.settings.mailboxes.front());
        FakeMailbox mailbox{processed};
        CatchUp catching_up{*store, *intake, clock};
        try {
            run(catching_up.run(mailbox, *again, desk));
            return true;
        } catch (const ConnectionError&) {
            return false;
        }
    }
    std::vector<std::string> subjects() const {
        std::vector<std::string> found;
        for (const rules::Ticket& one : store->lists.page({}, {})) found.push_back(one.subject);
        return found;
    }
    static std::vector<std::string> all_subjects() {
        std::vector<std::string> all;
        for (int n = 1; n <= after; ++n) all.push_back("mail " + std::to_string(n));
        return all;
    }

    TemporaryFolder folder;
    FakeClock clock;
    Desk desk = test_desk(folder.path);
    std::filesystem::path backup = folder.path / "saved.backup";
    FakeServer processed;
    std::optional<storage::Store> store;
    std::optional<Intake> intake;
    std::string lost_acknowledgement;
    std::uint32_t uid = 0;
};

TEST_F(AfterARestore, TakesAgainWhatTheBackupLacks) {
    EXPECT_EQ(subjects().size(), std::size_t{before});
    EXPECT_TRUE(catch_up());
    EXPECT_EQ(subjects(), all_subjects());
    EXPECT_FALSE(to_read_again(*store, desk.settings.mailboxes.front()));
    EXPECT_GT(store->lists.page({}, {}).back().id, TicketId{1000});
}

TEST_F(AfterARestore, AnswersNobodyTwice) {
    EXPECT_TRUE(store->outbox.due(clock.time, 100).empty());
    catch_up();
    EXPECT_TRUE(store->outbox.due(clock.time, 100).empty());
    for (const rules::Ticket& one : store->lists.page({}, {})) {
        if (one.id < TicketId{1000}) continue;
        const auto events = store->tickets.events(one.id);
        EXPECT_EQ(std::count_if(events.begin(), events.end(),
                                [](const auto& event) {
                                    return event.type.text() == "acknowledgement_withheld";
                                }),
                  1);
    }
    // Who writes now is answered.
    const Taken fresh = take_now(text(99));
    EXPECT_EQ(store->outbox.due(clock.time, 100).size(), 1U);
    EXPECT_EQ(store->outbox.due(clock.time, 100).front().ticket, fresh.ticket);
}

TEST_F(AfterARestore, NeitherLosesNorDoublesWhereverTheConnectionBreaks) {
    int breaks = 0;
    while (!catch_up()) {
        EXPECT_TRUE(store->outbox.due(clock.time, 100).empty());
        EXPECT_TRUE(to_read_again(*store, desk.settings.mailboxes.front()));
        processed.operations = 0;
        processed.breaks_at = ++breaks + 1;
    }
    processed.breaks_at = 1;
    EXPECT_EQ(subjects(), all_subjects());
}

TEST_F(AfterARestore, PutsAnAnswerToALostTicketIntoNobodyElses) {
    // Somebody else has the number of the lost ticket: a person has named it.
    store->database.execute("UPDATE sqlite_sequence SET seq = 3 WHERE name = 'tickets'");
    const Taken others = take_now(text(50));
    ASSERT_EQ(others.ticket, TicketId{before + 1});
    catch_up();

    const std::string answer = "In-Reply-To: <" + lost_acknowledgement + ">\r\n";
    const Taken alone = take_now(
        "From: person4@school.example\r\nSubject: Re: mail 4 [HELP#4]\r\n"
        "Message-ID: <a1@x>\r\n" +
        answer + "\r\nConfidential.\r\n");
    EXPECT_EQ(alone.outcome, storage::Outcome::ticket);
    EXPECT_NE(alone.ticket, others.ticket);
    EXPECT_EQ(store->tickets.links(*alone.ticket), std::vector<storage::TicketLink>{});
    // With what mail programs add, it finds the mail that was read again.
    const Taken whole = take_now(
        "From: person4@school.example\r\nSubject: Re: mail 4 [HELP#4]\r\n"
        "Message-ID: <a2@x>\r\nReferences: <m4@school.example> <" +
        lost_acknowledgement + ">\r\n" + answer + "\r\nMore.\r\n");
    EXPECT_EQ(whole.outcome, storage::Outcome::follow_up);
    EXPECT_EQ(store->tickets.find(*whole.ticket)->subject, "mail 4");
    // What the backup knew is proved as ever.
    const Taken known = take_now(
        "From: colleague@school.example\r\nSubject: Re: mail 1\r\n"
        "Message-ID: <a3@x>\r\nIn-Reply-To: <" +
        acknowledgement_of(TicketId{1}) + ">\r\n\r\nYes.\r\n");
    EXPECT_EQ(known.ticket, TicketId{1});
}

TEST_F(AfterARestore, WaitsForNoMailboxThatIsNoLongerConfigured) {
    desk.settings.mailboxes.front().name = "renamed";
    forget_unconfigured(*store, desk);
    EXPECT_TRUE(store->generations.unread().empty());
}

TEST_F(AfterARestore, ReadsNoFolderWhereMailsAreFlaggedInPlace) {
    desk.settings.mailboxes.front().after_commit = AfterCommit::flag;
    processed.breaks_at = 1;
    EXPECT_TRUE(catch_up());
    EXPECT_TRUE(store->generations.unread().empty());
}

}  // namespace
}  // namespace bellhop::daemon
