#include "daemon/serve/mailbox_watch.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

std::string mail_text(int n, const std::string& more = {}) {
    const std::string number = std::to_string(n);
    return "From: person" + number + "@school.example\r\nSubject: mail " + number +
           "\r\nMessage-ID: <m" + number + "@school.example>\r\n\r\nHello " + number + ".\r\n" +
           more;
}

class MailboxWatchTest : public testing::Test {
protected:
    MailboxWatchTest() {
        server.idle = [this] { watch.stop(); };
    }

    void deliver(int n) { server.deliver(mail_text(n), clock.time); }

    /// One session, until there is nothing more to do. False where the connection broke.
    bool session() {
        FakeMailbox mailbox{server};
        try {
            run(watch.run(mailbox, desk.settings.mailboxes.front()));
            return true;
        } catch (const ConnectionError&) {
            return false;
        }
    }

    std::size_t tickets() { return store.lists.page({}, {}).size(); }

    TemporaryFolder folder;
    FakeClock clock;
    Desk desk = test_desk(folder.path);
    storage::Store store{desk.settings.database};
    Intake intake{store, clock, "the key"};
    FakeServer server;
    int commits = 0;
    MailboxWatch watch{store, intake, clock, [this]() -> const Desk& { return desk; },
                       [this] { ++commits; }};
};

TEST_F(MailboxWatchTest, TakesEverythingThatIsThereAndMovesIt) {
    for (int i = 1; i <= 250; ++i) deliver(i);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 250U);
    EXPECT_TRUE(server.inbox.empty());
    EXPECT_EQ(server.processed.size(), 250U);
    EXPECT_EQ(commits, 4);  // 64 to a commit
    EXPECT_TRUE(store.ledger.unprocessed("support", 1, 10).empty());
}

TEST_F(MailboxWatchTest, LeavesOldMailAloneAtTheFirstStart) {
    desk.settings.mailboxes.front().first_start = FirstStart::only_new;
    for (int i = 1; i <= 20; ++i) deliver(i);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 0U);
    EXPECT_EQ(server.inbox.size(), 20U);
    deliver(21);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 1U);
    EXPECT_EQ(server.inbox.size(), 20U);
}

TEST_F(MailboxWatchTest, NeitherLosesNorDoublesWhereverTheConnectionBreaks) {
    for (int i = 1; i <= 7; ++i) deliver(i);
    int breaks = 0;
    for (server.breaks_at = 1;; ++server.breaks_at) {
        server.operations = 0;
        deliver(100 + server.breaks_at);
        if (session()) break;
        ASSERT_LT(++breaks, 200);
    }
    EXPECT_GT(breaks, 5);
    EXPECT_EQ(tickets(), 7U + static_cast<std::size_t>(server.breaks_at));
    EXPECT_TRUE(server.inbox.empty());
}

TEST_F(MailboxWatchTest, ImportsNothingTwiceWhenTheServerRenumbers) {
    for (int i = 1; i <= 5; ++i) deliver(i);
    desk.settings.mailboxes.front().after_commit = AfterCommit::flag;
    EXPECT_TRUE(session());
    server.uidvalidity = 2;
    deliver(6);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 6U);
    EXPECT_EQ(store.ledger.list("support", storage::Outcome::duplicate, 100).size(), 5U);
}

TEST_F(MailboxWatchTest, LeavesWhatItFoundAtTheFirstStartAloneAfterARenumbering) {
    desk.settings.mailboxes.front().first_start = FirstStart::only_new;
    for (int i = 1; i <= 20; ++i) server.deliver(mail_text(i), clock.time - 24h);
    EXPECT_TRUE(session());
    server.uidvalidity = 2;
    clock.time += 1h;
    deliver(21);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 1U);
    // A mail re-filed later keeps its old date, and is taken all the same.
    server.deliver(mail_text(22), clock.time - 48h);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 2U);
}

TEST_F(MailboxWatchTest, GoesOnPastAMailThatAColleagueDeletedMeanwhile) {
    for (int i = 1; i <= 3; ++i) deliver(i);
    server.inbox.erase(2);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 2U);
}

TEST_F(MailboxWatchTest, QuarantinesAMailThatTheServerCannotHandOver) {
    for (int i = 1; i <= 3; ++i) deliver(i);
    server.refuses = 2;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 2U);
    const auto quarantined = store.quarantine.list(false);
    ASSERT_EQ(quarantined.size(), 1U);
    EXPECT_EQ(quarantined[0].reason,
              "the server does not hand it over: NO [SERVERBUG] cannot read it");
}

TEST_F(MailboxWatchTest, TakesAMailThatIsTooLargeByItsHeader) {
    desk.settings.limits.message_bytes = 1000;
    server.deliver(mail_text(1, std::string(2000, 'x')), clock.time);
    deliver(2);
    EXPECT_TRUE(session());
    ASSERT_EQ(tickets(), 2U);
    std::vector<std::string> kinds;
    for (const storage::OutboxMail& mail : store.outbox.due(clock.time, 10))
        kinds.push_back(mail.kind);
    std::sort(kinds.begin(), kinds.end());
    EXPECT_EQ(kinds, (std::vector<std::string>{"acknowledgement", "oversize"}));
}

TEST_F(MailboxWatchTest, TakesNothingWhereTheDiskIsAlmostFull) {
    deliver(1);
    desk.settings.limits.free_disk_bytes = SIZE_MAX;
    FakeMailbox mailbox{server};
    EXPECT_THROW(run(watch.run(mailbox, desk.settings.mailboxes.front())), std::system_error);
    EXPECT_EQ(tickets(), 0U);
    desk.settings.limits.free_disk_bytes = 0;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 1U);
}

TEST(Arrival, BelievesTheServerWithinReason) {
    const std::chrono::sys_seconds now{1'790'000'000s};
    EXPECT_EQ(arrival(now - 30min, now - 5min, now), now - 30min);
    EXPECT_EQ(arrival(now - 3 * 24h, now - 4 * 24h, now), now - 3 * 24h);  // the daemon was down
    EXPECT_EQ(arrival(now - 30 * 24h, now - 5min, now), now);              // re-filed
    EXPECT_EQ(arrival(now + 1h, now - 5min, now), now);
}

}  // namespace
}  // namespace bellhop::daemon
