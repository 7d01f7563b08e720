#include "storage/outbox.hpp"

#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class OutboxTest : public StoreTest {
protected:
    Outbox outbox{database};

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
                .expires_at = at(1100)};
    }

    OutboxState state(OutboxId id) const { return outbox.find(id)->state; }
};

TEST_F(OutboxTest, GivesBackWhatWasQueued) {
    OutboxMail hostile = mail(hostile_text);
    hostile.envelope_sender = hostile.recipient = hostile.bytes = hostile_text;
    hostile.message_id = hostile_text;
    hostile.automatic = false;
    hostile.id = outbox.enqueue(hostile).value();
    EXPECT_EQ(outbox.find(hostile.id), hostile);
    EXPECT_EQ(outbox.due(at(100), 5), std::vector<OutboxMail>{hostile});
    hostile.bytes.clear();
    EXPECT_EQ(outbox.find_by_message_id(hostile_text), hostile);
    EXPECT_EQ(outbox.find(OutboxId{99}), std::nullopt);
}

TEST_F(OutboxTest, QueuesOneMailForEachKeyEver) {
    const OutboxId id = outbox.enqueue(mail("ack/1/1")).value();
    EXPECT_EQ(outbox.enqueue(mail("ack/1/1")), std::nullopt);
    outbox.claim({id});
    outbox.accepted(id, at(200), "250 ok");
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

TEST_F(OutboxTest, GoesFromQueuedOverSendingToSent) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    EXPECT_EQ(outbox.claim({id}), std::vector<OutboxId>{id});
    EXPECT_EQ(state(id), OutboxState::sending);
    outbox.accepted(id, at(150), "250 2.0.0 queued as 4711");
    OutboxMail expected = mail("a");
    expected.id = id;
    expected.state = OutboxState::sent;
    expected.attempts = 1;
    expected.sent_at = at(150);
    expected.last_reply = "250 2.0.0 queued as 4711";
    EXPECT_EQ(outbox.find(id), expected);
    EXPECT_TRUE(outbox.due(at(9999), 5).empty());
}

TEST_F(OutboxTest, IsDueAgainWhenDeferred) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    outbox.claim({id});
    outbox.deferred(id, at(500), "451 4.7.1 greylisted");
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
    outbox.accepted(id, at(1), "250");
    outbox.deferred(id, at(1), "451");
    outbox.failed(id, "550");
    EXPECT_EQ(state(id), OutboxState::queued);
    EXPECT_EQ(outbox.find(id)->last_reply, "");
}

TEST_F(OutboxTest, RecoversWhatADeadProcessWasSending) {
    const OutboxId dead = outbox.enqueue(mail("a")).value();
    const OutboxId sent = outbox.enqueue(mail("b")).value();
    outbox.enqueue(mail("c"));
    outbox.claim({dead, sent});
    outbox.accepted(sent, at(150), "250");
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
    outbox.accepted(id, at(501), "250");
    EXPECT_FALSE(outbox.retry(id, at(600)));
    EXPECT_FALSE(outbox.retry(OutboxId{99}, at(600)));
}

TEST_F(OutboxTest, IsCancelledOnlyWhileQueued) {
    const OutboxId id = outbox.enqueue(mail("a")).value();
    EXPECT_TRUE(outbox.cancel(id, "the requester has answered"));
    EXPECT_EQ(outbox.find(id)->last_reply, "the requester has answered");
    EXPECT_FALSE(outbox.cancel(id, "again"));
    EXPECT_FALSE(outbox.cancel(OutboxId{99}, "none"));
}

TEST_F(OutboxTest, ListsNewestFirstWithoutBytes) {
    const OutboxId first = outbox.enqueue(mail("a")).value();
    const OutboxId second = outbox.enqueue(mail("b")).value();
    const OutboxId third = outbox.enqueue(mail("c")).value();
    outbox.claim({first, second});
    outbox.accepted(first, at(1), "250");
    outbox.failed(second, "550");
    ASSERT_EQ(outbox.list(std::nullopt, 2).size(), 2U);
    EXPECT_EQ(outbox.list(std::nullopt, 2)[0].id, third);
    EXPECT_EQ(outbox.list(std::nullopt, 2)[0].bytes, "");
    for (const auto& [state, id] : {std::pair{OutboxState::sent, first},
                                    {OutboxState::failed, second},
                                    {OutboxState::queued, third}}) {
        const std::vector<OutboxMail> list = outbox.list(state, 5);
        ASSERT_EQ(list.size(), 1U) << to_string(state);
        EXPECT_EQ(list[0].id, id);
    }
    EXPECT_TRUE(outbox.list(OutboxState::cancelled, 5).empty());
}

TEST_F(OutboxTest, ListsTheMailsOfATicket) {
    database.execute(
        "INSERT INTO tickets VALUES (5,'','','','open','','','','','','[]',0,'',0,1,0,'[]')");
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
    outbox.accepted(sent, at(301), "250");
    OutboxMail personal = mail("f");
    personal.automatic = false;
    personal.created_at = at(300);
    outbox.enqueue(personal);
    EXPECT_EQ(outbox.automatic_mails_to("ANN@example.org", at(100)), 3U);
    EXPECT_EQ(outbox.automatic_mails_to("ann@example.org", at(101)), 2U);
    EXPECT_EQ(outbox.automatic_mails_to("ann@example.org", at(301)), 0U);
}

TEST_F(OutboxTest, FindsNoMailByAnEmptyMessageId) {
    OutboxMail without = mail("a");
    without.message_id.clear();
    outbox.enqueue(without);
    EXPECT_EQ(outbox.find_by_message_id(""), std::nullopt);
}

}  // namespace
}  // namespace bellhop::storage
