#include "storage/outbox.hpp"

#include "storage/ticket_store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class OutboxTest : public StoreTest {
protected:
    Outbox outbox{database};
    TicketStore tickets{database};

    static OutboxMail mail(const std::string& unique_key) {
        return {.kind = rules::MailKind::acknowledgement,
                .unique_key = unique_key,
                .message_id = unique_key + "@desk.example",
                .envelope_sender = "",
                .recipient = "ann@example.org",
                .bytes = "Subject: " + unique_key + "\r\n\r\nHello\r\n",
                .automatic = true,
                .created_at = at(100),
                .next_attempt_at = at(100),
                .expires_at = at(1100),
                .composed_at = at(100)};
    }

    OutboxState state(OutboxId id) const { return outbox.find(id)->state; }
};

TEST_F(OutboxTest, GivesBackWhatWasQueued) {
    OutboxMail hostile = mail(hostile_text);
    hostile.envelope_sender = hostile.recipient = hostile.bytes = hostile_text;
    hostile.message_id = hostile_text;
    hostile.automatic = false;
    hostile.until = at(900);
    hostile.letter = {{"text", hostile_text}, {hostile_text, "x"}};
    hostile.id = outbox.enqueue(hostile).value();
    EXPECT_EQ(outbox.find(hostile.id), hostile);
    EXPECT_EQ(outbox.due(at(100), 5), std::vector<OutboxMail>{hostile});
    hostile.bytes.clear();
    EXPECT_EQ(outbox.with_message_id(hostile_text), std::vector<OutboxMail>{hostile});
    EXPECT_EQ(outbox.find(OutboxId{99}), std::nullopt);
}

TEST_F(OutboxTest, QueuesOneMailForEachKeyEver) {
    const OutboxId id = outbox.enqueue(mail("ack/1/1")).value();
    EXPECT_EQ(outbox.enqueue(mail("ack/1/1")), std::nullopt);
    outbox.claim({id});
    outbox.accepted(id, at(200), "250 ok", "");
    EXPECT_EQ(outbox.enqueue(mail("ack/1/1")), std::nullopt);
    EXPECT_TRUE(outbox.enqueue(mail("ack/1/2")).has_value());
}

TEST_F(OutboxTest, QueuesAnyNumberWithoutAKey) {
    EXPECT_TRUE(outbox.enqueue(mail("")).has_value());
    EXPECT_TRUE(outbox.enqueue(mail("")).has_value());
}

TEST_F(OutboxTest, IsDueEarliestFirst) {
    OutboxMail late = mail("late");
    late.next_attempt_at = at(300);
    OutboxMail early = mail("early");
    early.next_attempt_at = at(200);
    EXPECT_EQ(outbox.next_due(), std::nullopt);
    const OutboxId late_id = outbox.enqueue(late).value();
    const OutboxId early_id = outbox.enqueue(early).value();
    EXPECT_EQ(outbox.next_due(), at(200));
    EXPECT_TRUE(outbox.due(at(199), 10).empty());
    EXPECT_EQ(outbox.due(at(299), 10).size(), 1U);
    ASSERT_EQ(outbox.due(at(300), 10).size(), 2U);
    EXPECT_EQ(outbox.due(at(300), 10)[0].id, early_id);
    EXPECT_EQ(outbox.due(at(300), 1).size(), 1U);
    outbox.claim({early_id});
    EXPECT_EQ(outbox.next_due(), at(300));
    EXPECT_EQ(outbox.due(at(300), 10)[0].id, late_id);
}

// ---- The order of mails to one reader about one ticket

class OutboxOrder : public OutboxTest {
protected:
    /// Queued at an instant, for Ann about the first ticket unless told otherwise.
    OutboxId queue(const std::string& key,
                   int created,
                   bool automatic = true,
                   const std::string& recipient = "ann@example.org",
                   int ticket = 0) {
        OutboxMail one = mail(key);
        one.ticket = ids[static_cast<std::size_t>(ticket)];
        one.recipient = recipient;
        one.automatic = automatic;
        one.created_at = one.next_attempt_at = at(created);
        return outbox.enqueue(one).value();
    }
    /// The keys of what is due, in the order in which it would go.
    std::vector<std::string> due(int now) const {
        std::vector<std::string> keys;
        for (const OutboxMail& one : outbox.due(at(now), 50)) keys.push_back(one.unique_key);
        return keys;
    }
    void send(OutboxId id, int now) {
        outbox.claim({id});
        outbox.accepted(id, at(now), "250", "");
    }
    using Keys = std::vector<std::string>;

    std::vector<rules::TicketId> ids{tickets.open({}), tickets.open({})};
};

TEST_F(OutboxOrder, IsThatInWhichTheyWereQueued) {
    const OutboxId ack = queue("ack", 100);
    const OutboxId reply = queue("reply", 101, false);
    const OutboxId resolved = queue("resolved", 102);
    queue("other reader", 103, false, "bob@example.org");
    queue("other ticket", 104, true, "ann@example.org", 1);
    EXPECT_EQ(due(200), (Keys{"ack", "other reader", "other ticket"}))
        << "what goes before a person's mail goes with the people's";
    send(ack, 200);
    EXPECT_EQ(due(200), (Keys{"reply", "other reader", "other ticket"}));
    send(reply, 200);
    EXPECT_EQ(due(200), (Keys{"other reader", "resolved", "other ticket"}));
    send(resolved, 200);
    EXPECT_EQ(due(200), (Keys{"other reader", "other ticket"}));
}

TEST_F(OutboxOrder, StaysWhereAServerPutsOneOff) {
    const OutboxId first = queue("first", 100);
    queue("second", 101, false);
    queue("other", 101, false, "bob@example.org");
    outbox.claim({first});
    outbox.deferred(first, at(1000), "451 later", Exposure::none);
    EXPECT_EQ(due(999), Keys{"other"});
    queue("third", 500);
    EXPECT_EQ(due(999), Keys{"other"});
    EXPECT_EQ(outbox.next_due(), at(101));
    EXPECT_EQ(due(1000), (Keys{"other", "first"}));
    send(first, 1000);
    EXPECT_EQ(due(1000), (Keys{"other", "second"}));
}

/// One that is refused again and again keeps nothing for longer than some hours.
TEST_F(OutboxOrder, GivesWayToWhatHasWaitedForHours) {
    constexpr int hours = 3600;
    const OutboxId first = queue("first", 100);
    queue("second", 101);
    outbox.claim({first});
    outbox.deferred(first, at(100 + 6 * hours), "451 later", Exposure::none);
    queue("third", 102);
    EXPECT_EQ(due(100 + 4 * hours), Keys{});
    EXPECT_EQ(due(101 + 4 * hours), Keys{"second"});
    EXPECT_EQ(due(100 + 6 * hours), Keys{"first"});
}

TEST_F(OutboxOrder, StaysWhereTheProcessDies) {
    const OutboxId first = queue("first", 100);
    queue("second", 101);
    outbox.claim({first});
    outbox.recover(at(300));
    EXPECT_EQ(due(300), Keys{"first"});
}

/// Whatever is due, something can go: or the sender would ask for ever.
TEST_F(OutboxOrder, AlwaysHasSomethingWhereSomethingIsDue) {
    for (int i = 0; i < 40; ++i) {
        const OutboxId id = queue(std::to_string(i), 100 + i % 7, i % 3 == 0,
                                  i % 2 == 0 ? "ann@example.org" : "bob@example.org", i % 4 / 2);
        if (i % 5 != 0) continue;
        outbox.claim({id});
        outbox.deferred(id, at(200 + i * 3), "451", Exposure::none);
    }
    for (int now = 100; now < 400; ++now) {
        const auto next = outbox.next_due();
        const bool is_due = next && *next <= at(now);
        EXPECT_EQ(!due(now).empty(), is_due) << now;
        const std::vector<OutboxMail> mails = outbox.due(at(now), 3);
        if (!mails.empty()) send(mails.front().id, now);
    }
    EXPECT_EQ(outbox.next_due(), std::nullopt);
}

TEST_F(OutboxTest, GoesFromQueuedOverSendingToSent) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    EXPECT_EQ(outbox.claim({id}), std::vector<OutboxId>{id});
    EXPECT_EQ(state(id), OutboxState::sending);
    outbox.accepted(id, at(150), "250 2.0.0 queued as 4711", "");
    OutboxMail expected = mail("a");
    expected.id = id;
    expected.state = OutboxState::sent;
    expected.attempts = 1;
    expected.shown = true;
    expected.sent_at = at(150);
    expected.last_reply = "250 2.0.0 queued as 4711";
    EXPECT_EQ(outbox.find(id), expected);
    EXPECT_TRUE(outbox.due(at(9999), 5).empty());
}

TEST_F(OutboxTest, IsDueAgainWhenDeferred) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    outbox.claim({id});
    outbox.deferred(id, at(500), "451 4.7.1 greylisted", Exposure::none);
    EXPECT_TRUE(outbox.due(at(499), 5).empty());
    ASSERT_EQ(outbox.due(at(500), 5).size(), 1U);
    EXPECT_EQ(outbox.due(at(500), 5)[0].last_reply, "451 4.7.1 greylisted");
    outbox.claim({id});
    EXPECT_EQ(outbox.find(id)->attempts, 2);
}

TEST_F(OutboxTest, IsNeverDueAgainWhenFailed) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    outbox.claim({id});
    outbox.failed(id, "550 5.1.1 no such user");
    EXPECT_EQ(state(id), OutboxState::failed);
    EXPECT_EQ(outbox.find(id)->last_reply, "550 5.1.1 no such user");
    EXPECT_TRUE(outbox.due(at(9999), 5).empty());
}

TEST_F(OutboxTest, ClaimsOnlyWhatIsStillQueued) {
    const OutboxId first = outbox.enqueue(mail("a")).value();
    const OutboxId second = outbox.enqueue(mail("b")).value();
    outbox.cancel(first, "ticket closed");
    EXPECT_EQ(outbox.claim({first, second, OutboxId{99}}), std::vector<OutboxId>{second});
    EXPECT_EQ(state(first), OutboxState::cancelled);
}

TEST_F(OutboxTest, TakesAnAnswerOnlyWhileSending) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    EXPECT_FALSE(outbox.accepted(id, at(1), "250", ""));
    EXPECT_FALSE(outbox.deferred(id, at(1), "451", Exposure::none));
    EXPECT_FALSE(outbox.failed(id, "550"));
    EXPECT_EQ(state(id), OutboxState::queued);
    EXPECT_EQ(outbox.find(id)->last_reply, "");
}

TEST_F(OutboxTest, RecoversWhatADeadProcessWasSending) {
    const OutboxId dead = outbox.enqueue(mail("a")).value();
    const OutboxId sent = outbox.enqueue(mail("b")).value();
    outbox.enqueue(mail("c"));
    outbox.claim({dead, sent});
    outbox.accepted(sent, at(150), "250", "");
    const std::string bytes = outbox.find(dead)->bytes;
    EXPECT_EQ(outbox.recover(at(700)), 1U);
    EXPECT_EQ(outbox.recover(at(700)), 0U);
    EXPECT_EQ(state(dead), OutboxState::queued);
    EXPECT_EQ(outbox.find(dead)->next_attempt_at, at(700));
    EXPECT_EQ(outbox.find(dead)->attempts, 1);
    EXPECT_EQ(outbox.find(dead)->bytes, bytes);
}

TEST_F(OutboxTest, IsTriedAgainWhenAPersonSaysSo) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    outbox.claim({id});
    EXPECT_FALSE(outbox.retry(id, at(500)));
    outbox.failed(id, "550");
    EXPECT_TRUE(outbox.retry(id, at(5000)));
    EXPECT_EQ(outbox.due(at(5000), 5).size(), 1U);
    EXPECT_EQ(outbox.find(id)->expires_at, at(6000));
    outbox.cancel(id, "no");
    EXPECT_TRUE(outbox.retry(id, at(500)));
    EXPECT_GE(outbox.find(id)->expires_at, at(6000));
    outbox.claim({id});
    outbox.accepted(id, at(501), "250", "");
    EXPECT_FALSE(outbox.retry(id, at(600)));
    EXPECT_FALSE(outbox.retry(OutboxId{99}, at(600)));
}

TEST_F(OutboxTest, IsCancelledWhileQueuedOrFailed) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    EXPECT_TRUE(outbox.cancel(id, "the requester has answered"));
    EXPECT_EQ(outbox.find(id)->last_reply, "the requester has answered");
    EXPECT_FALSE(outbox.cancel(id, "again"));
    const OutboxId failed = outbox.enqueue(mail("b")).value();
    outbox.claim({failed});
    EXPECT_FALSE(outbox.cancel(failed, "too late")) << "it is being sent";
    outbox.failed(failed, "550");
    EXPECT_TRUE(outbox.cancel(failed, "seen to otherwise"));
    EXPECT_FALSE(outbox.cancel(OutboxId{99}, "none"));
}

TEST_F(OutboxTest, ListsNewestFirstWithoutBytes) {
    const OutboxId first = outbox.enqueue(mail("a")).value();
    const OutboxId second = outbox.enqueue(mail("b")).value();
    const OutboxId third = outbox.enqueue(mail("c")).value();
    outbox.claim({first, second});
    outbox.accepted(first, at(1), "250", "");
    outbox.failed(second, "550");
    ASSERT_EQ(outbox.list({{}, 2}).size(), 2U);
    EXPECT_EQ(outbox.list({{}, 2})[0].id, third);
    EXPECT_EQ(outbox.list({{}, 2})[0].bytes, "");
    for (const auto& [state, id] : {std::pair{OutboxState::sent, first},
                                    {OutboxState::failed, second},
                                    {OutboxState::queued, third}}) {
        const std::vector<OutboxMail> list = outbox.list({{state}, 5});
        ASSERT_EQ(list.size(), 1U) << to_string(state);
        EXPECT_EQ(list[0].id, id);
    }
    EXPECT_TRUE(outbox.list({{OutboxState::cancelled}, 5}).empty());
}

TEST_F(OutboxTest, FiltersBeforeItCuts) {
    const OutboxId failed = outbox.enqueue(mail("failed")).value();
    outbox.claim({failed});
    outbox.failed(failed, "550");
    for (int i = 0; i < 20; ++i) {
        const OutboxId sent = outbox.enqueue(mail("sent" + std::to_string(i))).value();
        outbox.claim({sent});
        outbox.accepted(sent, at(1), "250", "");
    }
    const OutboxId queued = outbox.enqueue(mail("queued")).value();
    const std::vector<OutboxState> unsent{OutboxState::queued, OutboxState::failed};
    const std::vector<OutboxMail> both = outbox.list({unsent, 5});
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].id, queued);
    EXPECT_EQ(both[1].id, failed);
    EXPECT_EQ(outbox.list({unsent, 1}).size(), 1U);
    EXPECT_EQ(outbox.count(unsent), 2U);
    EXPECT_EQ(outbox.count({OutboxState::sent}), 20U);
    EXPECT_EQ(outbox.count({}), 22U);
}

TEST_F(OutboxTest, SumsUpWhatIsNotSent) {
    EXPECT_EQ(outbox.summary(), OutboxSummary{});
    OutboxMail written = mail("written");
    written.automatic = false;
    written.created_at = at(50);
    const OutboxId failed = outbox.enqueue(written).value();
    written.unique_key = "another";
    written.created_at = at(70);
    outbox.enqueue(written);
    const OutboxId sending = outbox.enqueue(mail("sending")).value();
    const OutboxId sent = outbox.enqueue(mail("sent")).value();
    outbox.claim({failed, sending, sent});
    outbox.failed(failed, "550");
    outbox.accepted(sent, at(1), "250", "");
    EXPECT_EQ(outbox.summary(), (OutboxSummary{.queued = 2,
                                               .written = 1,
                                               .oldest_queued_at = at(70),
                                               .failed = 1,
                                               .failed_written = 1}));
}

TEST_F(OutboxTest, KnowsWhatWasGivenUpFromWhatWasRefused) {
    std::vector<OutboxId> ids;
    for (const char* key : {"a", "b", "c", "d"}) ids.push_back(outbox.enqueue(mail(key)).value());
    outbox.claim(ids);
    EXPECT_TRUE(outbox.given_up(ids[0], "451 later"));
    EXPECT_TRUE(outbox.given_up(ids[2], "451 later"));
    EXPECT_TRUE(outbox.failed(ids[3], "550 no"));
    EXPECT_FALSE(outbox.given_up(ids[3], "451 later"));
    EXPECT_EQ(outbox.find(ids[0])->last_reply, "given up: 451 later");
    EXPECT_EQ(outbox.summary().failed, 3U);
    EXPECT_EQ(outbox.summary().given_up, 2U);
    EXPECT_EQ(outbox.summary().last_given_up, ids[2]);
}

TEST_F(OutboxTest, TakesBackOnlyWhatWasSent) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    EXPECT_FALSE(outbox.came_back(id, "5.1.1"));
    outbox.claim({id});
    outbox.accepted(id, at(1), "250", "");
    EXPECT_TRUE(outbox.came_back(id, "5.1.1"));
    EXPECT_FALSE(outbox.came_back(id, "5.1.1")) << "once";
    EXPECT_EQ(outbox.find(id)->state, OutboxState::failed);
    EXPECT_EQ(outbox.find(id)->last_reply, "5.1.1");
    EXPECT_TRUE(outbox.retry(id, at(9)));
}

/// A report may be quicker than we are with writing down that a server has taken the mail.
TEST_F(OutboxTest, TakesBackWhatIsBeingSentAndLeavesItSo) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    outbox.claim({id});
    EXPECT_TRUE(outbox.came_back(id, "5.1.1"));
    EXPECT_FALSE(outbox.accepted(id, at(1), "250", ""));
    EXPECT_FALSE(outbox.deferred(id, at(1), "421", Exposure::possible));
    EXPECT_EQ(outbox.find(id)->state, OutboxState::failed);
}

TEST_F(OutboxTest, ListsWhatHasFailedAndIsAboutNoTicket) {
    OutboxMail about = mail("a");
    about.ticket = tickets.open({});
    for (const OutboxMail& one : {about, mail("b"), mail("c"), mail("d")}) {
        const OutboxId id = outbox.enqueue(one).value();
        outbox.claim({id});
        if (one.unique_key != "d") outbox.failed(id, "550 no");
    }
    const std::vector<OutboxMail> failed = outbox.failed_about_none(10);
    ASSERT_EQ(failed.size(), 2U);
    EXPECT_EQ(failed.front().unique_key, "c");
    EXPECT_EQ(failed.back().unique_key, "b");
    EXPECT_EQ(outbox.failed_about_none(1).size(), 1U);
}

TEST_F(OutboxTest, IsDueAsPeopleWroteItFirst) {
    OutboxMail written = mail("written");
    written.automatic = false;
    written.next_attempt_at = at(300);
    const OutboxId automatic = outbox.enqueue(mail("automatic")).value();
    const OutboxId by_person = outbox.enqueue(written).value();
    const std::vector<OutboxMail> mails = outbox.due(at(300), 5);
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails[0].id, by_person);
    EXPECT_EQ(mails[1].id, automatic);
    EXPECT_EQ(outbox.due(at(300), 1)[0].id, by_person);
    EXPECT_EQ(outbox.next_due(), at(100));
}

TEST_F(OutboxTest, PullsBackWhatWaitsForAnImpossibleInstant) {
    OutboxMail far = mail("far");
    far.next_attempt_at = at(9001);
    OutboxMail near = mail("near");
    near.next_attempt_at = at(9000);
    const OutboxId far_id = outbox.enqueue(far).value();
    const OutboxId near_id = outbox.enqueue(near).value();
    EXPECT_EQ(outbox.pull_back(at(200), at(9000)), 1U);
    EXPECT_EQ(outbox.find(far_id)->next_attempt_at, at(200));
    EXPECT_EQ(outbox.find(near_id)->next_attempt_at, at(9000));
    EXPECT_EQ(outbox.pull_back(at(200), at(9000)), 0U);
}

TEST_F(OutboxTest, ReleasesAClaimAsIfItHadNeverBeen) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    const OutboxMail before = outbox.find(id).value();
    outbox.claim({id});
    outbox.release(before);
    EXPECT_EQ(outbox.find(id), before);
}

TEST_F(OutboxTest, ForgetsThatItWasShownOnlyWhereNoServerHasSeenIt) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    outbox.claim({id});
    EXPECT_TRUE(outbox.find(id)->shown) << "nobody knows, if the process dies now";
    outbox.deferred(id, at(200), "cannot connect", Exposure::none);
    EXPECT_FALSE(outbox.find(id)->shown);
    outbox.claim({id});
    outbox.deferred(id, at(300), "lost behind the final dot", Exposure::possible);
    EXPECT_TRUE(outbox.find(id)->shown);
}

TEST_F(OutboxTest, IsComposedAnewInPlace) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    outbox.compose_anew(id, "Subject: anew\r\n\r\nHello\r\n", at(700));
    EXPECT_EQ(outbox.find(id)->bytes, "Subject: anew\r\n\r\nHello\r\n");
    EXPECT_EQ(outbox.find(id)->composed_at, at(700));
    Statement blobs = database.prepare("SELECT count(*) FROM blobs");
    ASSERT_TRUE(blobs.step());
    EXPECT_EQ(blobs.integer(0), 1) << "the old bytes are gone";
}

TEST_F(OutboxTest, TellsOfEachRetry) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    const std::string before = outbox.last_retry();
    outbox.retry(OutboxId{99}, at(500));
    EXPECT_EQ(outbox.last_retry(), before);
    outbox.retry(id, at(500));
    EXPECT_NE(outbox.last_retry(), before);
}

TEST_F(OutboxTest, ListsTheMailsOfATicket) {
    database.execute(
        "INSERT INTO tickets VALUES (5,'','','','open','','','','','','[]',0,'',0,1,0,'[]','')");
    OutboxMail of_ticket = mail("a");
    of_ticket.ticket = rules::TicketId{5};
    of_ticket.id = outbox.enqueue(of_ticket).value();
    outbox.enqueue(mail("b"));
    of_ticket.bytes.clear();
    EXPECT_EQ(outbox.of_ticket(rules::TicketId{5}), std::vector<OutboxMail>{of_ticket});
}

TEST_F(OutboxTest, CountsAutomaticMailsToAnAddressInAnyCase) {
    const auto enqueue = [this](const char* key, const char* recipient, std::int64_t created) {
        OutboxMail each = mail(key);
        each.recipient = recipient;
        each.created_at = at(created);
        return outbox.enqueue(each).value();
    };
    enqueue("a", "ann@example.org", 100);
    enqueue("b", "Ann@Example.org", 200);
    enqueue("c", "bob@example.org", 200);
    const OutboxId sent = enqueue("d", "ann@example.org", 300);
    const OutboxId cancelled = enqueue("e", "ann@example.org", 300);
    outbox.cancel(cancelled, "x");
    outbox.claim({sent});
    outbox.accepted(sent, at(301), "250", "");
    OutboxMail personal = mail("f");
    personal.automatic = false;
    personal.created_at = at(300);
    outbox.enqueue(personal);
    EXPECT_EQ(outbox.automatic_mails_to("ANN@example.org", at(100)), 3U);
    EXPECT_EQ(outbox.automatic_mails_to("ann@example.org", at(101)), 2U);
    EXPECT_EQ(outbox.automatic_mails_to("ann@example.org", at(301)), 0U);
}

TEST_F(OutboxTest, CountsMailsOfOneKindToAnAddress) {
    const auto enqueue = [this](const char* key, rules::MailKind kind, std::int64_t created) {
        OutboxMail each = mail(key);
        each.kind = kind;
        each.recipient = "tom@desk.example";
        each.created_at = at(created);
        return outbox.enqueue(each).value();
    };
    enqueue("a", rules::MailKind::confirm, 100);
    outbox.cancel(enqueue("b", rules::MailKind::confirm, 200), "x");
    enqueue("c", rules::MailKind::notify, 200);
    const auto count = [this](std::int64_t since) {
        return outbox.mails_of_kind(rules::MailKind::confirm, "Tom@desk.example", at(since));
    };
    EXPECT_EQ(count(100), 2U);
    EXPECT_EQ(count(101), 1U);
    EXPECT_EQ(count(201), 0U);
}

TEST_F(OutboxTest, FindsNoMailByAnEmptyMessageId) {
    OutboxMail without = mail("a");
    without.message_id.clear();
    outbox.enqueue(without);
    EXPECT_TRUE(outbox.with_message_id("").empty());
}

}  // namespace
}  // namespace bellhop::storage
