#include "daemon/serve/outbox_sender.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using storage::OutboxState;

class OutboxSenderTest : public testing::Test {
protected:
    OutboxSenderTest() {
        transport.after_send = [this] { sender.stop(); };
    }

    storage::OutboxId queue(const std::string& recipient) {
        storage::OutboxMail mail;
        rules::Ticket ticket;
        ticket.opened_at = clock.time;
        mail.ticket = store.tickets.open(ticket);
        mail.kind = rules::MailKind::acknowledgement;
        mail.unique_key = "acknowledgement/" + recipient;
        mail.message_id = recipient;
        mail.recipient = recipient;
        mail.bytes = "Subject: x\r\n\r\nx\r\n";
        mail.created_at = mail.next_attempt_at = clock.time;
        mail.expires_at = clock.time + 5 * 24h;
        return store.outbox.enqueue(mail).value();
    }

    void send() {
        boost::asio::co_spawn(context, sender.run(transport), [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
        context.run();
        context.restart();
    }

    storage::OutboxMail found(storage::OutboxId id) { return store.outbox.find(id).value(); }

    TemporaryFolder folder;
    FakeClock clock;
    storage::Store store{folder.path / "bellhop.db"};
    boost::asio::io_context context{1};
    OutboxSender sender{context.get_executor(), store, clock};
    FakeTransport transport;
};

TEST_F(OutboxSenderTest, SendsAndKeepsTheServersWords) {
    const storage::OutboxId id = queue("ann@school.example");
    transport.script = {{Verdict::accepted, 250, "250 2.0.0 Ok: queued as 4F1"}};
    send();
    EXPECT_EQ(found(id).state, OutboxState::sent);
    EXPECT_EQ(found(id).last_reply, "250 2.0.0 Ok: queued as 4F1");
    EXPECT_EQ(found(id).sent_at, clock.time);
    EXPECT_EQ(store.tickets.events(*found(id).ticket).back().type,
              (rules::MailEvent{rules::MailKind::acknowledgement, rules::MailStep::sent}));
    EXPECT_EQ(transport.sent,
              (std::vector<OutgoingMail>{{"", "ann@school.example", "Subject: x\r\n\r\nx\r\n"}}));
}

TEST_F(OutboxSenderTest, TriesAgainLaterAfterATemporaryRefusal) {
    const storage::OutboxId id = queue("ann@school.example");
    transport.script = {{Verdict::deferred, 451, "451 4.7.1 Greylisted"}};
    send();
    EXPECT_EQ(found(id).state, OutboxState::queued);
    EXPECT_EQ(found(id).last_reply, "451 4.7.1 Greylisted");
    EXPECT_GE(found(id).next_attempt_at, clock.time + 54s);
    EXPECT_LE(found(id).next_attempt_at, clock.time + 66s);
    EXPECT_TRUE(store.outbox.due(clock.time + 53s, 10).empty());
    clock.time += 2min;
    send();
    EXPECT_EQ(found(id).state, OutboxState::sent);
    EXPECT_EQ(found(id).attempts, 2);
    EXPECT_EQ(transport.sent[0], transport.sent[1]);
}

TEST_F(OutboxSenderTest, GivesUpAfterFiveDays) {
    const storage::OutboxId id = queue("ann@school.example");
    clock.time += 5 * 24h;
    transport.script = {{Verdict::deferred, 451, "451 4.7.1 Greylisted"}};
    send();
    EXPECT_EQ(found(id).state, OutboxState::failed);
    EXPECT_EQ(store.tickets.events(*found(id).ticket).back().detail,
              "given up for ann@school.example: 451 4.7.1 Greylisted");
}

TEST_F(OutboxSenderTest, ShowsAFinalRefusalOnTheTicket) {
    const storage::OutboxId id = queue("ann@school.example");
    transport.script = {{Verdict::rejected, 550, "550 5.1.1 User unknown"}};
    send();
    EXPECT_EQ(store.timers.due(clock.time, 10).size(), 1U) << "its ticket is to be looked at";
    EXPECT_EQ(found(id).state, OutboxState::failed);
    EXPECT_EQ(store.tickets.events(*found(id).ticket).back().type,
              (rules::MailEvent{rules::MailKind::acknowledgement, rules::MailStep::failed}));
}

TEST_F(OutboxSenderTest, HoldsBackShortlyWhenTheRelayLetsNobodyIn) {
    const storage::OutboxId id = queue("ann@school.example");
    for (int i = 0; i < 6; ++i) {
        transport.script = {{Verdict::configuration, 535, "535 5.7.8 Authentication failed"}};
        send();
        EXPECT_EQ(found(id).state, OutboxState::queued);
        EXPECT_LE(found(id).next_attempt_at, clock.time + 5min);
        clock.time += 6min;
    }
}

TEST_F(OutboxSenderTest, SendsTheSameBytesAgainWhereTheOutcomeIsUnknown) {
    queue("ann@school.example");
    transport.script = {{Verdict::unknown, 354, "connection lost after the final dot"}};
    send();
    clock.time += 2min;
    send();
    ASSERT_EQ(transport.sent.size(), 2U);
    EXPECT_EQ(transport.sent[0], transport.sent[1]);
}

TEST_F(OutboxSenderTest, SendsWhatADeadProcessHadInHands) {
    const storage::OutboxId id = queue("ann@school.example");
    store.outbox.claim({id});
    send();
    EXPECT_EQ(found(id).state, OutboxState::sent);
}

}  // namespace
}  // namespace bellhop::daemon
