#include "daemon/serve/troubles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/serve/start_check.hpp"
#include "daemon/work/work_done.hpp"
#include "rules/calendar/instant.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

class TroublesTest : public testing::Test {
protected:
    TroublesTest() {
        mailbox_.settings.name = "support";
        mailbox_.settings.poll_interval = 30s;
        mailbox_.health.polled_at = clock_.time;
    }

    /// "CAUSE: HEADLINE"
    std::vector<std::string> found() const {
        std::vector<std::string> lines;
        for (const rules::Trouble& one : troubles_now(store_, {mailbox_}, started_, clock_.time)) {
            EXPECT_GT(one.since, std::chrono::sys_seconds{}) << one.cause;
            EXPECT_GE(one.tell_at, one.since) << one.cause;
            EXPECT_FALSE(one.lines.empty()) << one.cause;
            lines.push_back(one.cause + ": " + one.headline);
        }
        return lines;
    }
    rules::Trouble only() const {
        const auto all = troubles_now(store_, {mailbox_}, started_, clock_.time);
        EXPECT_EQ(all.size(), 1U);
        return all.empty() ? rules::Trouble{} : all.front();
    }
    storage::OutboxId queued(const std::string& key, std::optional<rules::TicketId> ticket) {
        storage::OutboxMail mail;
        mail.ticket = ticket;
        mail.created_at = clock_.time - 2h;
        mail.unique_key = key;
        mail.recipient = "ann@hill.example";
        mail.expires_at = clock_.time - 1h;
        const auto id = store_.outbox.enqueue(mail).value();
        store_.outbox.claim({id});
        return id;
    }
    storage::OutboxId queued(const std::string& key) { return queued(key, ticket_); }
    void quarantined(std::uint32_t uid) {
        storage::QuarantinedMail mail;
        mail.key = {"support", 1, uid};
        mail.reason = "it could not be read";
        mail.at = clock_.time;
        store_.quarantine.put(mail);
    }

    FakeClock clock_;
    TemporaryFolder folder_;
    storage::Store store_{folder_.path / "bellhop.db"};
    rules::TicketId ticket_ = store_.tickets.open({});
    WatchedMailbox mailbox_;
    std::chrono::sys_seconds started_ = clock_.time - 24h;
};

TEST_F(TroublesTest, NoneWhereAllIsWell) {
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(TroublesTest, WhatIsInQuarantineUntilSomebodyHasLooked) {
    quarantined(1);
    clock_.time += 1h;
    mailbox_.health.polled_at = clock_.time;
    quarantined(2);
    EXPECT_THAT(found(), ElementsAre("quarantine: 2 mails are in quarantine"));
    EXPECT_EQ(only().size, 2);
    EXPECT_EQ(only().since, clock_.time - 1h);
    store_.quarantine.mark_released(storage::QuarantineId{1}, clock_.time);
    EXPECT_THAT(found(), ElementsAre("quarantine: 1 mail is in quarantine"));
    store_.quarantine.mark_released(storage::QuarantineId{2}, clock_.time);
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(TroublesTest, MailThatWasGivenUpButNotMailThatWasRefused) {
    store_.outbox.failed(queued("a"), "550 no such user");
    EXPECT_THAT(found(), IsEmpty());
    const auto id = queued("b");
    store_.outbox.given_up(id, "451 later");
    EXPECT_THAT(found(), ElementsAre("given_up: 1 mail is given up: no server has taken them"));
    store_.outbox.retry(id, clock_.time);
    EXPECT_THAT(found(), IsEmpty());
}

/// A ticket's log tells of the ticket's mails; nobody would miss a digest.
TEST_F(TroublesTest, MailAboutNoTicketThatHasNotArrivedHoweverItFailed) {
    store_.outbox.failed(queued("a", std::nullopt), "550 no such user");
    EXPECT_THAT(found(), ElementsAre("unreached: 1 mail has not reached people of the desk"));
    EXPECT_EQ(only().lines.front(), "1: acknowledgement to ann@hill.example: 550 no such user");
    const auto id = queued("b", std::nullopt);
    store_.outbox.accepted(id, clock_.time, "250 ok", {});
    EXPECT_EQ(only().size, 1);
    store_.outbox.came_back(id, "5.1.1 no such user");
    EXPECT_THAT(found(), ElementsAre("unreached: 2 mails have not reached people of the desk"));
    EXPECT_EQ(only().size, 2);
    store_.outbox.cancel(id, "seen");
    store_.outbox.cancel(storage::OutboxId{1}, "seen");
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(TroublesTest, ARelayThatTakesNothingForHalfAnHour) {
    store_.facts.set("outbox_held", dated_fact(clock_.time, "535 wrong password"));
    EXPECT_THAT(found(), ElementsAre("relay: the mail server takes no mail of ours"));
    EXPECT_EQ(only().tell_at, clock_.time + 30min);
    EXPECT_EQ(only().lines.front(), "It says: 535 wrong password");
    store_.facts.set("outbox_held", "");
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(TroublesTest, AMailboxThatIsNotRead) {
    const struct {
        std::chrono::seconds polled;   // ago
        std::chrono::seconds mail;     // ago
        std::chrono::seconds started;  // ago
        bool troubled;
        std::chrono::seconds told_in;
    } table[] = {
        {29min, 90h, 90h, false, 0s},  {31min, 90h, 90h, true, 0s},
        {3h, 5min, 90h, false, 0s},     // a great backlog is being taken
        {90h, 90h, 5min, true, 26min},  // the daemon has only begun
        {90h, 90h, 31min, true, 0s},
    };
    for (const auto& each : table) {
        mailbox_.health.polled_at = clock_.time - each.polled;
        mailbox_.health.last_mail_at = clock_.time - each.mail;
        mailbox_.error = "wrong password";
        started_ = clock_.time - each.started;
        if (!each.troubled) {
            EXPECT_THAT(found(), IsEmpty()) << each.polled.count();
            continue;
        }
        EXPECT_THAT(found(), ElementsAre("mailbox/support: the mailbox support cannot be read"));
        EXPECT_EQ(std::max(only().tell_at, clock_.time), clock_.time + each.told_in);
        EXPECT_EQ(only().lines.front(), "wrong password");
    }
    // Never read since it was configured: counted from the start.
    mailbox_.health = {};
    started_ = clock_.time - 29min;
    EXPECT_THAT(found(), IsEmpty());
    started_ = clock_.time - 40min;
    EXPECT_THAT(found(), ElementsAre("mailbox/support: the mailbox support cannot be read"));
}

TEST_F(TroublesTest, AServerThatMovesNothingOrKeepsMailsBack) {
    mailbox_.health.marks_refused_since = clock_.time - 3h;
    mailbox_.health.marks_reply = "NO no room";
    rules::WithheldMail mail;
    mail.since = clock_.time - 3h;
    mail.words = "NO later";
    store_.withheld.set({"support", 1, 7}, mail);
    EXPECT_THAT(found(), IsEmpty());
    clock_.time += 2h;
    mailbox_.health.polled_at = clock_.time;
    EXPECT_THAT(
        found(),
        ElementsAre("marks/support: mails of the mailbox support are tickets, and stay where "
                    "they were",
                    "withheld: 1 mail is not handed over by the server"));
    // One that is given up stands in quarantine.
    mail.given_up = true;
    store_.withheld.set({"support", 1, 7}, mail);
    mailbox_.health.marks_refused_since.reset();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(TroublesTest, AFloodWhileItGoesOnAndUntilSomebodyHasLookedThroughIt) {
    const auto keep_back = [&](storage::Spending what) {
        store_.spendings.add({what, clock_.time, "eve@evil.example", "evil.example", true});
    };
    const std::string flood = "flood: so many mails come in that not all of them are answered";
    store_.spendings.add(
        {storage::Spending::answer, clock_.time, "ann@x.example", "x.example", {}});
    EXPECT_THAT(found(), IsEmpty());
    keep_back(storage::Spending::withheld);
    EXPECT_THAT(found(), ElementsAre(flood));
    const auto begun = clock_.time;
    clock_.time += 50min;
    mailbox_.health.polled_at = clock_.time;
    keep_back(storage::Spending::withheld);
    EXPECT_THAT(found(), ElementsAre(flood));
    EXPECT_EQ(only().since, begun);
    EXPECT_EQ(only().size, 0);  // told once, however many there are
    clock_.time += 61min;
    mailbox_.health.polled_at = clock_.time;
    EXPECT_THAT(found(), IsEmpty());
    // What was collected lies there until somebody has looked.
    rules::Ticket ticket;
    ticket.status = rules::status::open;
    ticket.opened_at = clock_.time;
    ticket.id = store_.tickets.open(ticket);
    store_.facts.set("flood_ticket", std::to_string(static_cast<std::int64_t>(ticket.id)));
    clock_.time += 72h;
    mailbox_.health.polled_at = clock_.time;
    EXPECT_THAT(found(), ElementsAre(flood));
    ticket.status = rules::status::resolved;
    store_.tickets.update(ticket);
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(TroublesTest, AnotherGatewayForAWeekAfterItWasSeen) {
    store_.facts.set("other_gateway/support", dated_fact(clock_.time, "a reply to x@desk.example"));
    EXPECT_THAT(found(), ElementsAre("other_gateway/support: another gateway seems to work in the "
                                     "mailbox support"));
    clock_.time += 7 * 24h + 1s;
    mailbox_.health.polled_at = clock_.time;
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(TroublesTest, ADatabaseThatTheLookAtStartFoundDamagedUntilOneFindsItWhole) {
    check_at_start(store_, clock_);
    EXPECT_THAT(found(), IsEmpty());
    const std::vector<WorkDone> done = work_done(store_);
    ASSERT_EQ(done.size(), 1U);
    EXPECT_EQ(done[0].name, "database check at start");
    EXPECT_THAT(done[0].words, testing::HasSubstr("nothing is wrong"));
    store_.facts.set("database_damaged", dated_fact(clock_.time, "tickets: page 7"));
    EXPECT_THAT(found(), ElementsAre("database: the database is damaged"));
    check_at_start(store_, clock_);
    EXPECT_THAT(found(), IsEmpty());
}

TEST(WorkDone, IsReadAsItWasWritten) {
    const TemporaryFolder folder;
    storage::Store store{folder.path / "bellhop.db"};
    const auto at = std::chrono::sys_seconds{std::chrono::seconds{1'790'000'000}};
    note_work(store, {"b", at, "one"});
    note_work(store, {"b", at + 1s, "two words"});
    note_work(store, {"a/x", at, ""});
    EXPECT_EQ(work_done(store),
              (std::vector<WorkDone>{{"a/x", at, ""}, {"b", at + 1s, "two words"}}));
    EXPECT_EQ(read_dated_fact("no instant"), (WorkDone{{}, {}, "instant"}));
    EXPECT_EQ(read_dated_fact(""), WorkDone{});
}

}  // namespace
}  // namespace bellhop::daemon
