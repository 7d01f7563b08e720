#include "daemon/serve/mailbox_watch.hpp"

#include <gtest/gtest.h>

#include "daemon/desk/watched_folder.hpp"
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
    EXPECT_TRUE(store.ledger.unprocessed("support", 1, 0, 10).empty());
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

// ---- What was sent from the mailbox

class SentFolderWatchTest : public MailboxWatchTest {
protected:
    SentFolderWatchTest() {
        desk.settings.mailboxes.front().sent_folder = "Sent";
        desk.settings.mailboxes.front().first_start = FirstStart::everything;
        sent.idle = [this] { sent_watch.stop(); };
        deliver(1);
        session();
        sent_session();  // the first look: nothing lies there
        clock.time += 1min;
    }

    void sent_session() {
        FakeMailbox mailbox{sent};
        run(sent_watch.run(mailbox, sent_folder(desk.settings.mailboxes.front()).value()));
    }

    /// An answer that somebody writes to mail `n`, now.
    void answer(int n) {
        const std::string number = std::to_string(n);
        sent.deliver("From: support@desk.example\r\nTo: person" + number +
                         "@school.example\r\nSubject: Re: mail " + number + "\r\nMessage-ID: <a" +
                         number + "@desk.example>\r\nIn-Reply-To: <m" + number +
                         "@school.example>\r\n\r\nWhich room?\r\n",
                     clock.time);
    }

    std::vector<storage::LedgerEntry> outcomes() {
        return store.ledger.list("sent/support", {}, 10);
    }

    FakeServer sent;
    std::chrono::sys_seconds looked_through = std::chrono::sys_seconds::max();
    MailboxWatch sent_watch{store,
                            intake,
                            clock,
                            [this]() -> const Desk& { return desk; },
                            [this] { ++commits; },
                            [this] { return looked_through; }};
};

TEST_F(SentFolderWatchTest, TakesAnAnswerAndLeavesItAsItIs) {
    answer(1);
    const std::map<std::uint32_t, std::string> before = sent.inbox;
    sent_session();
    ASSERT_EQ(outcomes().size(), 1U);
    EXPECT_EQ(outcomes().front().outcome, storage::Outcome::follow_up);
    EXPECT_EQ(sent.inbox, before);
    EXPECT_TRUE(sent.flagged.empty());
    EXPECT_EQ(sent.moves, 0);
    EXPECT_TRUE(store.ledger.unprocessed("sent/support", 1, 0, 10).empty());
    clock.time += 25h;  // with the daily look through the whole folder
    sent_session();
    EXPECT_EQ(outcomes().size(), 1U);
    EXPECT_TRUE(store.ledger.unprocessed("sent/support", 1, 0, 10).empty());
}

/// The gateway stood still: the question and its answer came meanwhile. Read the other way round,
/// the answer would be about nothing.
TEST_F(SentFolderWatchTest, WaitsUntilTheMailboxItselfHasBeenLookedThrough) {
    looked_through = clock.time;
    clock.time += 1h;
    deliver(2);
    clock.time += 10min;
    answer(2);
    sent_session();
    EXPECT_TRUE(outcomes().empty());
    session();
    looked_through = watch.health().polled_at;
    sent_session();
    ASSERT_EQ(outcomes().size(), 1U);
    EXPECT_EQ(outcomes().front().outcome, storage::Outcome::follow_up);
    EXPECT_EQ(outcomes().front().ticket, rules::TicketId{2});
}

TEST_F(SentFolderWatchTest, LooksThroughAgainWhatItHeldBack) {
    looked_through = clock.time;
    answer(1);
    clock.time += 5min;
    answer(1);
    sent_session();
    EXPECT_EQ(outcomes().size(), 1U) << "the one that was sent before";
    const auto looked = sent_watch.health().polled_at;
    looked_through = clock.time;
    sent_session();
    EXPECT_EQ(outcomes().size(), 2U);
    EXPECT_LT(looked, sent_watch.health().polled_at);
}

/// A mail program whose clock is a year ahead puts its date on what it keeps.
TEST_F(SentFolderWatchTest, WaitsForNoDateThatIsYetToCome) {
    const auto now = clock.time;
    looked_through = now - 1min;
    clock.time += std::chrono::hours{24 * 365};
    answer(1);
    clock.time = now;
    answer(1);
    sent_session();
    EXPECT_TRUE(outcomes().empty());
    clock.time += 1min;
    looked_through = clock.time;
    sent_session();
    EXPECT_EQ(outcomes().size(), 2U);
}

TEST_F(SentFolderWatchTest, KnowsWhatItHasReadAfterARenumbering) {
    answer(1);
    sent_session();
    sent.uidvalidity = 2;
    sent_session();
    const auto log = store.tickets.events(rules::TicketId{1});
    EXPECT_EQ(std::count_if(log.begin(), log.end(),
                            [](const rules::TicketEvent& one) {
                                return one.type == rules::Event::agent_reply;
                            }),
              1);
}

// ---- Mails that are not handed over

using Outcome = FetchedMail::Outcome;

class WithheldMailTest : public MailboxWatchTest, public testing::WithParamInterface<Outcome> {};

INSTANTIATE_TEST_SUITE_P(Whatever,
                         WithheldMailTest,
                         testing::Values(Outcome::refused, Outcome::not_sent));

// However it is refused: it stays where it is, the others are taken, and when the server is well
// again it becomes a ticket.
TEST_P(WithheldMailTest, WaitsInPlaceAndIsTakenWhenTheServerIsWellAgain) {
    server.refusal = GetParam();
    for (int i = 1; i <= 3; ++i) deliver(i);
    server.refuses = {2};
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 2U);
    EXPECT_TRUE(server.inbox.contains(2));
    EXPECT_EQ(store.quarantine.list(false).size(), 0U);
    ASSERT_EQ(store.withheld.list().size(), 1U);
    EXPECT_EQ(store.withheld.list().front().key, (storage::MailKey{"support", 1, 2}));
    EXPECT_EQ(store.withheld.list().front().mail.words, "NO [SERVERBUG] cannot read it");
    server.refuses = {};
    EXPECT_TRUE(session());  // too early
    EXPECT_EQ(tickets(), 2U);
    clock.time += 1min;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 3U);
    EXPECT_TRUE(server.inbox.empty());
    EXPECT_TRUE(store.withheld.list().empty());
}

TEST_P(WithheldMailTest, IsGivenUpAfterTenMinutesInASecondSessionAndTakenWhenItComesAfterAll) {
    server.refusal = GetParam();
    for (int i = 1; i <= 3; ++i) deliver(i);
    server.refuses = {2};
    EXPECT_TRUE(session());
    deliver(4);
    clock.time += 9min;
    EXPECT_TRUE(session());
    EXPECT_EQ(store.quarantine.list(false).size(), 0U);
    clock.time += 9min;
    EXPECT_TRUE(session());
    ASSERT_EQ(store.quarantine.list(false).size(), 1U);
    EXPECT_EQ(store.quarantine.list(false)[0].reason,
              "the server does not hand it over: NO [SERVERBUG] cannot read it");
    EXPECT_EQ(store.quarantine.list(false)[0].raw_sha256, "");
    EXPECT_TRUE(store.ledger.find({"support", 1, 2})->unread);
    EXPECT_TRUE(server.inbox.contains(2));
    EXPECT_EQ(server.inbox.size(), 1U);
    server.refuses = {};
    clock.time += 24h;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 4U);
    EXPECT_TRUE(server.inbox.empty());
    EXPECT_EQ(store.quarantine.list(false).size(), 0U);
    EXPECT_TRUE(store.withheld.list().empty());
}

TEST_P(WithheldMailTest, IsNotGivenUpWhereNothingElseIsHandedOver) {
    server.refusal = GetParam();
    deliver(1);
    server.refuses = {1};
    for (int i = 0; i < 20; ++i) {
        session();
        clock.time += 2h;
    }
    EXPECT_EQ(store.quarantine.list(true).size(), 0U);
    EXPECT_TRUE(server.inbox.contains(1));
}

// A server that refuses everything with words that nobody knows.
TEST_P(WithheldMailTest, ABacklogOutlivesAServerThatIsOutOfOrder) {
    server.refusal = GetParam();
    for (int i = 1; i <= 300; ++i) deliver(i);
    server.refuses_all = true;
    for (int i = 0; i < 30; ++i) {
        EXPECT_FALSE(session());  // ends, so that the supervisor backs off
        clock.time += 1min;
    }
    EXPECT_EQ(server.inbox.size(), 300U);
    EXPECT_EQ(store.quarantine.list(true).size(), 0U);
    server.refuses_all = false;
    EXPECT_TRUE(session());
    clock.time += 2h;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 300U);
    EXPECT_TRUE(server.inbox.empty());
    EXPECT_EQ(store.quarantine.list(true).size(), 0U);
}

TEST_F(MailboxWatchTest, TakesTheMailsBeforeAndBehindOneOverWhichTheConnectionBreaks) {
    for (int i = 1; i <= 5; ++i) deliver(i);
    server.breaks_over = 3;
    EXPECT_FALSE(session());
    EXPECT_EQ(tickets(), 2U);  // what had come whole
    EXPECT_FALSE(session());   // once more among others
    EXPECT_FALSE(session());   // alone, behind the others
    EXPECT_EQ(tickets(), 4U);
    EXPECT_TRUE(session());  // put aside
    EXPECT_EQ(server.inbox.size(), 1U);
    ASSERT_EQ(store.withheld.list().size(), 1U);
    EXPECT_EQ(store.withheld.list().front().mail.losses, 3);
    deliver(6);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 5U);
    clock.time += 1min;
    EXPECT_FALSE(session());  // tried again
    server.breaks_over = 0;
    clock.time += 1h;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 6U);
    EXPECT_TRUE(server.inbox.empty());
}

TEST_F(MailboxWatchTest, TakesAShortMailWhenTheSameCameTwice) {
    server.refusal = Outcome::doubtful;
    deliver(1);
    deliver(2);
    server.refuses = {2};
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 1U);
    EXPECT_EQ(server.inbox.size(), 1U);
    clock.time += 1min;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 2U);
    EXPECT_TRUE(server.inbox.empty());
}

const std::string apology =
    "From: Microsoft Exchange Server\r\nSubject: Retrieval using the IMAP4 protocol failed for the "
    "following message: 2\r\n\r\nThe server couldn't retrieve the following message.\r\n";

TEST_F(MailboxWatchTest, TakesNoApologyOfTheServerForTheMail) {
    deliver(1);
    const std::uint32_t uid = server.deliver(apology, clock.time);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 1U);
    EXPECT_TRUE(server.inbox.contains(uid));
    server.inbox[uid] = mail_text(2);
    clock.time += 1min;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 2U);
    EXPECT_TRUE(server.inbox.empty());
}

TEST_F(MailboxWatchTest, MakesATicketOfAnApologyThatStays) {
    server.deliver(apology, clock.time);
    EXPECT_TRUE(session());
    clock.time += 11min;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 1U);
}

TEST_F(MailboxWatchTest, WaitsForAnAttachmentThatIsStillScannedButNotForEver) {
    const std::string placeholder =
        mail_text(1, "Content-Disposition: attachment; filename=\"ATP Scan In Progress.eml\"\r\n");
    const std::uint32_t uid = server.deliver(placeholder, clock.time);
    deliver(2);
    server.deliver(mail_text(3, "name=\"Safe Attachments Scan In Progress\"\r\n"), clock.time);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 1U);
    // Exchange puts the mail with its attachment in the place of the first.
    server.inbox.erase(uid);
    deliver(1);
    clock.time += 2min;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 2U);
    clock.time += 15min;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 3U);
    EXPECT_TRUE(server.inbox.empty());
    EXPECT_TRUE(store.withheld.list().empty());
}

TEST_F(MailboxWatchTest, TakesASmallMailThatWasAnnouncedAsAnEnormousOne) {
    deliver(1);
    server.announced[1] = 99'999'999;
    EXPECT_TRUE(session());
    ASSERT_EQ(tickets(), 1U);
    const auto due = store.outbox.due(clock.time, 10);
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due.front().kind, rules::MailKind::acknowledgement);
}

// ---- Marks

TEST_F(MailboxWatchTest, MovesTheOthersWhereOneCannotBeMoved) {
    for (int i = 1; i <= 4; ++i) deliver(i);
    server.keeps = {1, 2};
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 4U);
    EXPECT_EQ(server.inbox.size(), 2U);
    EXPECT_EQ(watch.health().marks_refused, 2U);
    EXPECT_EQ(watch.health().marks_reply, "NO not this one");
    const int moves = server.moves;
    EXPECT_TRUE(session());  // not at each poll
    EXPECT_EQ(server.moves, moves);
    server.keeps = {};
    clock.time += 1min;
    EXPECT_TRUE(session());
    EXPECT_TRUE(server.inbox.empty());
    EXPECT_EQ(watch.health().marks_refused_since, std::nullopt);
}

// ---- Another gateway

TEST_F(MailboxWatchTest, SeesAnotherGatewayInAFlagThatNobodyElseSets) {
    desk.settings.mailboxes.front().after_commit = AfterCommit::flag;
    deliver(1);
    server.flagged.insert(1);  // lay there so when we came
    EXPECT_TRUE(session());
    EXPECT_EQ(store.facts.find("other_gateway/support"), "");
    clock.time += 1min;
    server.deliver(mail_text(2), clock.time - 1h);  // copied back, with its flag
    server.flagged.insert(2);
    EXPECT_TRUE(session());
    EXPECT_EQ(store.facts.find("other_gateway/support"), "");
    clock.time += 1min;
    deliver(3);
    EXPECT_TRUE(session());
    EXPECT_EQ(store.facts.find("other_gateway/support"), "") << "we have flagged it ourselves";
    clock.time += 1min;
    deliver(4);
    server.flagged.insert(4);
    EXPECT_TRUE(session());
    EXPECT_NE(store.facts.find("other_gateway/support"), "");
    EXPECT_EQ(tickets(), 4U) << "it is taken all the same";
}

// ---- UIDs that cannot be trusted

/// The server as it was after its first `kept` mails: a snapshot, a replica that lags behind.
void restore(FakeServer& server, std::uint32_t kept) {
    std::erase_if(server.inbox, [kept](const auto& mail) { return mail.first > kept; });
    server.uidnext = kept + 1;
}

TEST_F(MailboxWatchTest, TakesNewMailsUnderUidsThatWereGivenBefore) {
    for (int i = 1; i <= 15; ++i) deliver(i);
    EXPECT_TRUE(session());
    restore(server, 5);
    clock.time += 1h;
    for (int i = 101; i <= 113; ++i) deliver(i);
    server.uidnext = 19;
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 28U);
    EXPECT_TRUE(server.inbox.empty());
    EXPECT_EQ(server.processed.size(), 28U);
}

TEST_F(MailboxWatchTest, NoticesThatTheNextUidWentBack) {
    for (int i = 1; i <= 15; ++i) deliver(i);
    EXPECT_TRUE(session());
    restore(server, 5);
    EXPECT_TRUE(session());
    EXPECT_EQ(store.ledger.cursor("support")->uidvalidity, storage::next_life(1));
    deliver(101);
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 16U);
    EXPECT_TRUE(server.inbox.empty());
}

TEST_F(MailboxWatchTest, MovesNoMailThatLiesUnderTheUidOfAnother) {
    for (int i = 1; i <= 8; ++i) deliver(i);
    server.keeps = {7, 8};
    EXPECT_TRUE(session());  // taken, and not moved yet
    restore(server, 5);
    clock.time += 1h;
    for (int i = 101; i <= 106; ++i) deliver(i);  // 7 and 8 are other mails now
    server.keeps = {};
    EXPECT_TRUE(session());
    EXPECT_EQ(tickets(), 14U);
    EXPECT_TRUE(server.inbox.empty());
}

TEST_F(MailboxWatchTest, TakesOnceADayWhatHasBeenPassedOver) {
    for (int i = 1; i <= 3; ++i) deliver(i);
    EXPECT_TRUE(session());
    storage::MailboxCursor cursor = *store.ledger.cursor("support");
    cursor.next_uid = 1'000;
    store.ledger.set_cursor(cursor);
    server.inbox[4] = mail_text(4);  // nobody has ever looked at it
    server.dates[4] = clock.time;
    server.uidnext = 1'000;
    const auto fresh = [this] {
        MailboxWatch other{store, intake, clock, [this]() -> const Desk& { return desk; }, [] {}};
        FakeMailbox mailbox{server};
        server.idle = [&other] { other.stop(); };
        run(other.run(mailbox, desk.settings.mailboxes.front()));
        return other.health();
    };
    EXPECT_EQ(fresh().found_without_outcome, 0U);
    EXPECT_EQ(tickets(), 3U);
    clock.time += 24h;
    EXPECT_EQ(fresh().found_without_outcome, 1U);
    EXPECT_EQ(tickets(), 4U);
    EXPECT_TRUE(server.inbox.empty());
}

TEST_F(MailboxWatchTest, MovesAgainWhatWasBookedAsMovedAndIsStillThere) {
    for (int i = 1; i <= 3; ++i) deliver(i);
    const auto mails = server.inbox;
    EXPECT_TRUE(session());
    server.inbox = mails;  // the server has never moved them, whatever it said
    EXPECT_TRUE(session());
    EXPECT_TRUE(server.inbox.empty());
    EXPECT_EQ(tickets(), 3U);
}

TEST_F(MailboxWatchTest, WritesTheCursorOnlyWhenItHasMovedOn) {
    deliver(1);
    EXPECT_TRUE(session());
    const auto first = store.ledger.cursor("support");
    clock.time += 9min;
    EXPECT_TRUE(session());
    EXPECT_EQ(store.ledger.cursor("support"), first);
    clock.time += 1min;
    EXPECT_TRUE(session());
    EXPECT_EQ(store.ledger.cursor("support")->polled_at, clock.time);
    deliver(2);
    EXPECT_TRUE(session());
    EXPECT_EQ(store.ledger.cursor("support")->next_uid, 3U);
}

TEST_F(MailboxWatchTest, TakesAMailThatIsTooLargeByItsHeader) {
    desk.settings.limits.message_bytes = 1000;
    server.deliver(mail_text(1, std::string(2000, 'x')), clock.time);
    deliver(2);
    EXPECT_TRUE(session());
    ASSERT_EQ(tickets(), 2U);
    std::vector<std::string> kinds;
    for (const storage::OutboxMail& mail : store.outbox.due(clock.time, 10))
        kinds.emplace_back(rules::name_of(mail.kind));
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
    const std::chrono::sys_seconds poll = now - 5min;
    EXPECT_EQ(arrival(poll - 1h, poll, now), poll - 1h);
    EXPECT_EQ(arrival(poll - 1h - 1s, poll, now), now);
    EXPECT_EQ(arrival(now - 30min, now - 5min, now), now - 30min);
    EXPECT_EQ(arrival(now - 3 * 24h, now - 4 * 24h, now), now - 3 * 24h);  // the daemon was down
    EXPECT_EQ(arrival(now - 30 * 24h, now - 5min, now), now);              // re-filed
    EXPECT_EQ(arrival(now + 1h, now - 5min, now), now);
}

// ---- Logins that end

TEST_F(MailboxWatchTest, MakesTheSessionAnewBeforeItsLoginEnds) {
    deliver(1);
    int waits = 0;
    server.idle = [&] {
        ++waits;
        if (waits == 1) {
            server.login_ends = true;
            watch.look_at_login();
        }
        if (waits == 2) deliver(2);
        if (waits == 3) watch.stop();
    };
    EXPECT_TRUE(session());
    EXPECT_EQ(server.wakes, 2) << "by look_at_login(), and by stop()";
    EXPECT_EQ(server.closed, 2) << "once for the login, and at the end";
    EXPECT_EQ(tickets(), 2U);
}

TEST_F(MailboxWatchTest, LetsASessionBeWhoseLoginDoesNotEnd) {
    watch.look_at_login();
    server.idle = [&] {
        watch.look_at_login();
        watch.stop();
    };
    EXPECT_TRUE(session());
    EXPECT_EQ(server.wakes, 1) << "by stop() alone";
    EXPECT_EQ(server.closed, 1);
}

/// Between two pages of a backlog, never within one.
TEST_F(MailboxWatchTest, MakesTheSessionAnewWithNothingInFlight) {
    for (int i = 1; i <= 2'300; ++i) deliver(i);
    server.login_ends = true;
    EXPECT_TRUE(session());
    EXPECT_EQ(server.closed, 2);
    EXPECT_EQ(server.under_way, 0);
    EXPECT_EQ(tickets(), 2'300U);
    EXPECT_TRUE(server.inbox.empty());
}

}  // namespace
}  // namespace bellhop::daemon
