#include "daemon/serve/outbox_sender.hpp"

#include <gtest/gtest.h>

#include "rules/sla/ticket_history.hpp"
#include "rules/ticket/mail_report.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::SmtpStage;
using storage::OutboxState;

const Delivery lost_link{Verdict::deferred, 0, "cannot connect", SmtpStage::connection};
const Delivery no_login{Verdict::rejected, 535, "535 5.7.8 Authentication failed",
                        SmtpStage::login};
const Delivery greylisted{Verdict::deferred, 451, "451 4.7.1 Greylisted", SmtpStage::recipient};
const Delivery no_such_user{Verdict::rejected, 550, "550 5.1.1 User unknown", SmtpStage::recipient};
const Delivery by_policy{Verdict::rejected, 550, "550 5.7.1 not wanted"};
const Delivery taken{Verdict::accepted, 250, "250 2.0.0 Ok: queued as 4F1"};

class OutboxSenderTest : public testing::Test {
protected:
    OutboxSenderTest() {
        transport.after_send = [this] { sender.stop(); };
    }

    storage::OutboxMail mail_to(const std::string& recipient) {
        storage::OutboxMail mail;
        rules::Ticket ticket;
        ticket.opened_at = clock.time;
        ticket.mailbox = "support";
        mail.ticket = store.tickets.open(ticket);
        mail.kind = rules::MailKind::acknowledgement;
        mail.unique_key = name_of(mail.kind) + "/" + recipient;
        mail.message_id = recipient;
        mail.recipient = recipient;
        mail.bytes = "From: Desk <support@desk.example>\r\nSubject: " + recipient + "\r\n\r\nx\r\n";
        mail.created_at = mail.next_attempt_at = mail.composed_at = clock.time;
        mail.expires_at = clock.time + 5 * 24h;
        return mail;
    }

    storage::OutboxId queue(const std::string& recipient) {
        return store.outbox.enqueue(mail_to(recipient)).value();
    }

    storage::OutboxId queue_written(const std::string& recipient) {
        storage::OutboxMail mail = mail_to(recipient);
        mail.kind = rules::MailKind::reply;
        mail.envelope_sender = "support@desk.example";
        mail.automatic = false;
        return store.outbox.enqueue(mail).value();
    }

    /// Sends what is due, until the transport has been used so often.
    void send(int times = 1) {
        transport.after_send = [this, times]() mutable {
            if (--times == 0) sender.stop();
        };
        run();
    }

    /// Lets time pass in which nothing must be sent.
    void expect_rest() {
        const std::size_t sent = transport.sent.size();
        transport.after_send = [this] { sender.stop(); };
        boost::asio::post(context,
                          [this] { boost::asio::post(context, [this] { sender.stop(); }); });
        run();
        EXPECT_EQ(transport.sent.size(), sent);
    }

    void run() {
        boost::asio::co_spawn(context, sender.run(transport), [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
        context.restart();  // a run() that has thrown leaves it stopped
        context.run();
    }

    storage::OutboxMail found(storage::OutboxId id) { return store.outbox.find(id).value(); }
    rules::TicketEvent last_event(storage::OutboxId id) {
        return store.tickets.events(*found(id).ticket).back();
    }

    TemporaryFolder folder;
    FakeClock clock;
    Desk desk = test_desk(folder.path);
    std::string key = "key";
    storage::Store store{folder.path / "bellhop.db"};
    boost::asio::io_context context{1};
    OutboxSender sender{context.get_executor(), store, clock,
                        [this]() -> const Desk& { return desk; }, key};
    FakeTransport transport;
};

TEST_F(OutboxSenderTest, SendsAndKeepsTheServersWords) {
    const storage::OutboxId id = queue("ann@school.example");
    const std::string bytes = found(id).bytes;
    transport.script = {taken};
    send();
    EXPECT_EQ(found(id).state, OutboxState::sent);
    EXPECT_EQ(found(id).last_reply, "250 2.0.0 Ok: queued as 4F1");
    EXPECT_EQ(found(id).sent_at, clock.time);
    EXPECT_EQ(last_event(id).type.text(), "acknowledgement_sent");
    EXPECT_EQ(transport.sent, (std::vector<OutgoingMail>{{"", "ann@school.example", bytes}}));
}

TEST_F(OutboxSenderTest, TriesAgainLaterAfterATemporaryRefusal) {
    const storage::OutboxId id = queue("ann@school.example");
    transport.script = {greylisted};
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

TEST_F(OutboxSenderTest, GivesUpAfterFiveDaysAndSaysSo) {
    const storage::OutboxId id = queue("ann@school.example");
    for (int attempt = 0; attempt < 4; ++attempt) {
        transport.script = {greylisted};
        send();
        EXPECT_EQ(found(id).state, attempt < 3 ? OutboxState::queued : OutboxState::failed);
        clock.time += 2 * 24h;
    }
    EXPECT_EQ(last_event(id).detail, "given up for ann@school.example: 451 4.7.1 Greylisted");
    EXPECT_EQ(store.timers.due(clock.time, 10).size(), 1U) << "its ticket is to be looked at";
}

TEST_F(OutboxSenderTest, ShowsAFinalRefusalOnTheTicket) {
    const storage::OutboxId id = queue("Ann@School.example");
    transport.script = {no_such_user};
    send();
    EXPECT_EQ(store.timers.due(clock.time, 10).size(), 1U) << "its ticket is to be looked at";
    EXPECT_EQ(found(id).state, OutboxState::failed);
    EXPECT_EQ(last_event(id).type.text(), "acknowledgement_failed");
    // What reminders go by.
    const auto log = store.tickets.events(*found(id).ticket);
    EXPECT_TRUE(rules::mail_returned_from(log, "ann@school.example").has_value());
}

TEST_F(OutboxSenderTest, SendsTheSameBytesAgainWhereTheOutcomeIsUnknown) {
    const storage::OutboxId id = queue("ann@school.example");
    transport.script = {{Verdict::unknown, 0, "connection lost after the final dot"}};
    send();
    EXPECT_TRUE(found(id).shown);
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

TEST_F(OutboxSenderTest, SendsWhatPeopleHaveWrittenFirst) {
    queue("ann@school.example");
    queue("bob@school.example");
    clock.time += 1s;
    queue_written("cid@school.example");
    send();
    ASSERT_EQ(transport.sent.size(), 3U);
    EXPECT_EQ(transport.sent[0].recipient, "cid@school.example");
    EXPECT_EQ(transport.sent[1].recipient, "ann@school.example");
}

TEST_F(OutboxSenderTest, SendsNoMoreInAMinuteThanTheRelayTakes) {
    desk.settings.smtp.messages_per_minute = 3;
    for (int i = 0; i < 8; ++i) queue("p" + std::to_string(i) + "@school.example");
    // begin() of a run forgets the pace: one run over all of it.
    std::vector<std::size_t> sent_by_minute;
    transport.after_send = [&] {
        sent_by_minute.push_back(transport.sent.size());
        clock.time += 61s;
        sender.wake();
        if (sent_by_minute.size() == 3) sender.stop();
    };
    run();
    EXPECT_EQ(sent_by_minute, (std::vector<std::size_t>{3, 6, 8}));
}

// ---- The relay takes nothing

TEST_F(OutboxSenderTest, HoldsTheOutboxWhereAnAnswerConcernsAllMail) {
    const std::vector<Delivery> answers{
        lost_link,
        no_login,
        {Verdict::rejected, 554, "554 5.7.1 you are on a list", SmtpStage::greeting},
        {Verdict::deferred, 421, "421 4.3.2 not now", SmtpStage::greeting},
        {Verdict::rejected, 550, "550 5.7.60 SendAsDenied", SmtpStage::content},
        {Verdict::rejected, 550, "550 relay not permitted", SmtpStage::recipient},
        {Verdict::deferred, 0, "the server offers no login (AUTH)", SmtpStage::login}};
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const std::string where = "@school" + std::to_string(i) + ".example";
        const storage::OutboxId first = queue("ann" + where);
        const storage::OutboxId second = queue("bob" + where);
        const std::size_t sent = transport.sent.size();
        transport.script = {answers[i]};
        send();
        EXPECT_EQ(transport.sent.size(), sent + 1) << "the others are not tried";
        EXPECT_EQ(found(first).state, OutboxState::queued) << answers[i].reply;
        EXPECT_EQ(found(second).state, OutboxState::queued);
        EXPECT_EQ(found(second).attempts, 0) << "its turn has not come";
        EXPECT_NE(store.facts.find("outbox_held").find(answers[i].reply), std::string::npos);
        clock.time += 6min;
        send();
        EXPECT_EQ(found(first).state, OutboxState::sent);
        EXPECT_EQ(found(second).state, OutboxState::sent);
    }
    expect_rest();
    EXPECT_EQ(store.facts.find("outbox_held"), "");
}

TEST_F(OutboxSenderTest, AsksAHeldRelayWithOneMailNowAndThen) {
    for (int i = 0; i < 5; ++i) queue("p" + std::to_string(i) + "@school.example");
    transport.script = {no_login, no_login, no_login, taken};
    std::vector<std::size_t> tries;
    transport.after_send = [&] {
        tries.push_back(transport.sent.size());
        clock.time += 2min;  // longer than the first three holds
        sender.wake();
        if (tries.size() == 5) sender.stop();
    };
    run();
    EXPECT_EQ(tries, (std::vector<std::size_t>{1, 2, 3, 4, 8})) << "one each, then all the rest";
}

/// As when the login to the relay is possible again.
TEST_F(OutboxSenderTest, TriesAtOnceWhereTheRelayMayBeWell) {
    queue("ann@school.example");
    queue("bob@school.example");
    transport.script = {no_login, taken};
    int times = 0;
    transport.after_send = [&] {
        if (++times == 2) return sender.stop();
        sender.ask_again();
    };
    run();
    EXPECT_EQ(times, 2) << "on a clock that stands still";
    EXPECT_EQ(transport.sent.back().recipient, "bob@school.example");
}

TEST_F(OutboxSenderTest, TriesAtOnceWhenAPersonSaysSo) {
    const storage::OutboxId id = queue("ann@school.example");
    transport.script = {no_login, taken};
    int times = 0;
    transport.after_send = [&] {
        if (++times == 2) return sender.stop();
        store.outbox.retry(id, clock.time);
        sender.wake();
    };
    run();
    EXPECT_EQ(found(id).state, OutboxState::sent);
}

TEST_F(OutboxSenderTest, NeverGivesUpWhatOnlyTheRelayKeepsBack) {
    const storage::OutboxId id = queue_written("ann@school.example");
    for (int day = 0; day < 30; ++day) {
        transport.script = {lost_link};
        send();
        ASSERT_EQ(found(id).state, OutboxState::queued) << "day " << day;
        EXPECT_LE(found(id).next_attempt_at, clock.time + 6min);
        clock.time += 24h;
    }
    send();
    EXPECT_EQ(found(id).state, OutboxState::sent);
}

TEST_F(OutboxSenderTest, HoldsTheOutboxWhereTwoRecipientsAreRefusedAlike) {
    const storage::OutboxId first = queue("ann@school.example");
    const storage::OutboxId second = queue("bob@school.example");
    const storage::OutboxId third = queue("cid@school.example");
    transport.script = {by_policy, by_policy};
    send();
    EXPECT_EQ(transport.sent.size(), 2U);
    for (const storage::OutboxId id : {first, second, third}) {
        EXPECT_EQ(found(id).state, OutboxState::queued);
    }
    EXPECT_NE(store.facts.find("outbox_held"), "");
}

TEST_F(OutboxSenderTest, BelievesARefusalByPolicyWhenOthersAreTaken) {
    const storage::OutboxId refused = queue("ann@school.example");
    const storage::OutboxId other = queue("bob@school.example");
    transport.script = {by_policy, taken};
    send();
    EXPECT_EQ(found(refused).state, OutboxState::queued);
    EXPECT_EQ(found(other).state, OutboxState::sent);
    clock.time += 16min;
    transport.script = {by_policy};
    send();
    EXPECT_EQ(found(refused).state, OutboxState::failed);
}

// ---- The null reverse-path

const Delivery no_null_sender{Verdict::rejected, 501, "501 5.1.7 Invalid address",
                              SmtpStage::sender};

TEST_F(OutboxSenderTest, UsesTheMailboxsAddressWhereTheNullSenderIsRefusedAlone) {
    const storage::OutboxId first = queue("ann@school.example");
    const storage::OutboxId second = queue("bob@school.example");
    const storage::OutboxId third = queue("cid@school.example");
    transport.script = {no_null_sender};
    send(3);  // refused, tried with the other address, all the rest
    ASSERT_EQ(transport.sent.size(), 4U);
    EXPECT_EQ(transport.sent[0].envelope_sender, "");
    for (int i = 1; i < 4; ++i) {
        EXPECT_EQ(transport.sent[i].envelope_sender, "support@desk.example");
    }
    for (const storage::OutboxId id : {first, second, third}) {
        EXPECT_EQ(found(id).state, OutboxState::sent);
        EXPECT_EQ(found(id).envelope_sender, "support@desk.example") << "as it went";
    }
}

TEST_F(OutboxSenderTest, DoesNotBlameTheNullSenderWhereNobodyMaySend) {
    const storage::OutboxId id = queue("ann@school.example");
    transport.script = {no_null_sender, no_null_sender};
    send(2);
    EXPECT_EQ(found(id).state, OutboxState::queued);
    EXPECT_NE(store.facts.find("outbox_held"), "");
    clock.time += 6min;
    send();
    EXPECT_EQ(found(id).state, OutboxState::sent);
    EXPECT_EQ(transport.sent.back().envelope_sender, "") << "it was not its fault";
}

// ---- The database

/// As another program that holds the write lock, or a disk without room.
class DatabaseTrouble {
public:
    static void make_full(storage::Store& store) {
        store.database.execute("PRAGMA max_page_count = 1");
        // Free pages would still take it.
        store.database.execute("PRAGMA incremental_vacuum");
    }
    static void mend(storage::Store& store) {
        store.database.execute("PRAGMA max_page_count = 1000000");
    }
};

TEST_F(OutboxSenderTest, SendsNothingTwiceWhileTheDatabaseIsLocked) {
    const storage::OutboxId first = queue("ann@school.example");
    const storage::OutboxId second = queue("bob@school.example");
    store.database.execute("PRAGMA busy_timeout = 1");
    storage::Database other{folder.path / "bellhop.db"};
    std::optional<storage::Transaction> lock;
    transport.before_report = [&] {
        if (!lock) lock.emplace(other);
    };
    for (int failures = 0; failures < 3; ++failures) {
        EXPECT_THROW(run(), storage::DatabaseError);
        EXPECT_EQ(transport.sent.size(), 1U) << "nothing is claimed before the verdict is written";
    }
    transport.before_report = [] {};
    lock.reset();
    transport.sent.clear();
    send();
    EXPECT_EQ(found(first).state, OutboxState::sent);
    EXPECT_EQ(found(second).state, OutboxState::sent);
    ASSERT_EQ(transport.sent.size(), 1U);
    EXPECT_EQ(transport.sent[0].recipient, "bob@school.example") << "the other one had been taken";
}

TEST_F(OutboxSenderTest, SendsNothingTwiceWhileTheDiskIsFull) {
    const storage::OutboxId id = queue("ann@school.example");
    transport.script = {{Verdict::accepted, 250, "250 " + std::string(50'000, 'x')}};
    transport.before_report = [&] { DatabaseTrouble::make_full(store); };
    EXPECT_THROW(run(), storage::DatabaseError);
    EXPECT_EQ(found(id).state, OutboxState::sending);
    EXPECT_THROW(run(), storage::DatabaseError);
    transport.before_report = [] {};
    DatabaseTrouble::mend(store);
    expect_rest();
    EXPECT_EQ(found(id).state, OutboxState::sent);
    EXPECT_EQ(transport.sent.size(), 1U);
}

TEST_F(OutboxSenderTest, OutlivesTheErasureOfATicketWhoseMailIsUnderWay) {
    const storage::OutboxId id = queue("ann@school.example");
    const storage::OutboxId other = queue("bob@school.example");
    transport.before_report = [&] { store.database.execute("DELETE FROM tickets WHERE id = 1"); };
    send();
    EXPECT_EQ(store.outbox.find(id), std::nullopt);
    EXPECT_EQ(found(other).state, OutboxState::sent);
}

// ---- Clocks

TEST_F(OutboxSenderTest, CorrectsADueInstantThatOnlyAWrongClockCanHaveMade) {
    const storage::OutboxId id = queue("ann@school.example");
    clock.time += 400 * 24h;
    transport.script = {greylisted};
    send();
    EXPECT_EQ(found(id).state, OutboxState::queued);
    clock.time -= 400 * 24h;
    send();
    EXPECT_EQ(found(id).state, OutboxState::sent);
}

TEST_F(OutboxSenderTest, EndsNothingWhenTheClockJumpsAhead) {
    const storage::OutboxId id = queue("ann@school.example");
    clock.time += 400 * 24h;
    transport.script = {greylisted};
    send();
    EXPECT_EQ(found(id).state, OutboxState::queued) << "tried once only";
}

}  // namespace
}  // namespace bellhop::daemon
