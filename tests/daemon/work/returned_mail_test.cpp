// What a person has written, a server has taken, and comes back later: it was no answer, and who
// wrote it hears of it.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/correspondence.hpp"
#include "daemon/work/desk_work.hpp"
#include "daemon/work/due_round.hpp"
#include "daemon/work/mail_way.hpp"
#include "parsers/message/parse_message.hpp"
#include "rules/sla/ticket_history.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

class ReturnedMail : public BusyDesk {
protected:
    void SetUp() override {
        config_.write("people.toml", R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]
[[team]]
name = "MIS"
[[technician]]
name = "Mia"
address = "mia@desk.example"
teams = ["MIS"]
)");
        BusyDesk::SetUp();
        id_ = take("ann@hill.example", "projector");
        clock_.time += 10min;
        const rules::ParticipantOrder with_bob{.add = "bob@hill.example"};
        const rules::ReplyOrder question{.text = "Have you switched it on?"};
        ASSERT_TRUE(carry_out(filing(), id_, with_bob, "agent Mia"));
        ASSERT_TRUE(carry_out(filing(), id_, question, "agent Mia"));
        ASSERT_EQ(replies().size(), 2U);
        for (const storage::OutboxMail& mail : replies()) {
            store_->outbox.claim({mail.id});
            store_->outbox.accepted(mail.id, clock_.time, "250 Ok", "desk@desk.example");
        }
        clock_.time += 20min;
    }

    Filing filing() { return {*store_, *desk_, key_, clock_.time}; }

    std::vector<storage::OutboxMail> of_kind(rules::MailKind kind) const {
        std::vector<storage::OutboxMail> mails = store_->outbox.of_ticket(id_);
        std::erase_if(mails, [kind](const storage::OutboxMail& one) { return one.kind != kind; });
        return mails;
    }
    std::vector<storage::OutboxMail> replies() const { return of_kind(rules::MailKind::reply); }

    void report(const std::string& recipient,
                const std::string& action,
                const std::string& status) {
        report_about(replies().front().message_id, recipient, action, status);
    }

    Taken report_about(const std::string& message_id,
                       const std::string& recipient,
                       const std::string& action = "failed",
                       const std::string& status = "5.1.1") {
        return receive(
            "mailer-daemon@relay.example", "Undelivered",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
            "--b\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            "Reporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; " +
                recipient + "\r\nAction: " + action + "\r\nStatus: " + status +
                "\r\nDiagnostic-Code: smtp; no such user\r\n\r\n--b\r\n"
                "Content-Type: message/rfc822\r\n\r\nMessage-ID: <" +
                message_id + ">\r\n\r\nx\r\n--b--\r\n");
    }

    /// All that waits goes out.
    void send_all() {
        for (const storage::OutboxMail& mail : store_->outbox.due(clock_.time, 100)) {
            store_->outbox.claim({mail.id});
            store_->outbox.accepted(mail.id, clock_.time, "250 Ok", "desk@desk.example");
        }
    }

    /// To whom mails of that kind went, in their order.
    std::vector<std::string> readers(rules::MailKind kind) const {
        std::vector<std::string> addresses;
        for (const storage::OutboxMail& one : of_kind(kind)) addresses.push_back(one.recipient);
        return addresses;
    }

    bool is_answered() const {
        for (const rules::ClockEvent& one : rules::clock_events_of(store_->tickets.events(id_))) {
            if (std::holds_alternative<rules::AgentReplied>(one.what)) return true;
        }
        return false;
    }

    std::string key_ = "the key";
    rules::TicketId id_ = {};
};

TEST_F(ReturnedMail, WasNoAnswerAndItsWriterHearsOfIt) {
    ASSERT_TRUE(is_answered());
    report("Ann@Hill.example", "failed", "5.1.1");
    EXPECT_FALSE(is_answered());
    EXPECT_EQ(replies().front().state, storage::OutboxState::failed);
    EXPECT_THAT(replies().front().last_reply, HasSubstr("no such user"));
    run_due(filing());
    const auto told = of_kind(rules::MailKind::undelivered);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].recipient, "mia@desk.example");
    EXPECT_THAT(parsers::parse_message(store_->outbox.find(told[0].id)->bytes).text,
                HasSubstr("no such user"));
    // A second report, as relays send them, tells nobody anything.
    report("ann@hill.example", "failed", "5.1.1");
    clock_.time += 1h;
    run_due(filing());
    EXPECT_EQ(of_kind(rules::MailKind::undelivered).size(), 1U);
    // Sent once more by a person, it is an answer again.
    EXPECT_TRUE(store_->outbox.retry(replies().front().id, clock_.time));
}

TEST_F(ReturnedMail, StandsWhereOnlyACopyCameBackOrItMayYetArrive) {
    const struct {
        const char* recipient;
        const char* action;
        const char* status;
        std::size_t told;
    } table[] = {{"ann@hill.example", "delayed", "4.4.1", 0},
                 // Whose mail it was nobody knows, but somebody has not got one.
                 {"somebody@else.example", "failed", "5.1.1", 1},
                 {"somebody@else.example", "failed", "5.1.1", 1},
                 {"Somebody@Else.example", "failed", "4.4.7", 1},
                 {"another@else.example", "failed", "4.4.7", 2},
                 {"bob@hill.example", "failed", "5.1.1", 3},
                 {"bob@hill.example", "failed", "5.1.1", 3}};
    for (const auto& [recipient, action, status, told] : table) {
        report(recipient, action, status);
        EXPECT_TRUE(is_answered()) << recipient << " " << action;
        EXPECT_EQ(replies().front().state, storage::OutboxState::sent) << recipient;
        run_due(filing());
        const auto mails = of_kind(rules::MailKind::undelivered);
        EXPECT_EQ(mails.size(), told) << recipient << " " << action;
        for (const storage::OutboxMail& one : mails) EXPECT_EQ(one.recipient, "mia@desk.example");
    }
}

/// Class 4, or none: the servers have given it up, and the next mail may arrive.
TEST_F(ReturnedMail, WasNoAnswerWhereItFailedForNowAndTheAddressLives) {
    for (const char* status : {"4.4.7", "4.2.2", ""}) {
        clock_.time += 1min;
        const std::size_t told = of_kind(rules::MailKind::undelivered).size();
        report("ann@hill.example", "failed", status);
        EXPECT_FALSE(is_answered()) << status;
        EXPECT_FALSE(rules::mail_returned_from(store_->tickets.events(id_), "ann@hill.example"));
        run_due(filing());
        EXPECT_EQ(of_kind(rules::MailKind::undelivered).size(), told + 1) << status;
        store_->outbox.retry(replies().front().id, clock_.time);
        clock_.time += 1min;
        const storage::OutboxMail again = replies().front();
        store_->outbox.claim({again.id});
        store_->outbox.accepted(again.id, clock_.time, "250 Ok", "desk@desk.example");
        note_way(*store_, again, rules::MailWay::sent, "250 Ok", clock_.time);
        EXPECT_TRUE(is_answered());
    }
}

/// A mail of the gateway's own that comes back takes nothing back, and somebody hears of it.
TEST_F(ReturnedMail, OfTheGatewaysOwnIsToldToWhoeverWorksOnTheTicket) {
    send_all();
    const storage::OutboxMail ours = of_kind(rules::MailKind::acknowledgement).front();
    report_about(ours.message_id, "ann@hill.example");
    EXPECT_TRUE(is_answered());
    EXPECT_TRUE(rules::mail_returned_from(store_->tickets.events(id_), "ann@hill.example"));
    run_due(filing());
    EXPECT_EQ(readers(rules::MailKind::undelivered), std::vector<std::string>{"mia@desk.example"});
    report_about(ours.message_id, "ann@hill.example");
    run_due(filing());
    EXPECT_EQ(readers(rules::MailKind::undelivered).size(), 1U);
}

/// Each mail that tells of one that failed fails in its turn: it comes to an end.
TEST_F(ReturnedMail, OfSomebodyOfTheDeskIsNeverToldAtTheSameAddress) {
    desk_->settings.desk.manager = "boss@desk.example";
    report("ann@hill.example", "failed", "5.1.1");
    run_due(filing());
    std::size_t told = 1;
    for (int round = 0; round < 10; ++round) {
        send_all();
        const std::vector<storage::OutboxMail> mails = of_kind(rules::MailKind::undelivered);
        for (const storage::OutboxMail& one : mails) {
            EXPECT_EQ(report_about(one.message_id, one.recipient).outcome,
                      storage::Outcome::follow_up);
        }
        clock_.time += 1min;
        run_due(filing());
        told = readers(rules::MailKind::undelivered).size();
    }
    const std::vector<std::string> addresses = readers(rules::MailKind::undelivered);
    EXPECT_EQ(std::set<std::string>(addresses.begin(), addresses.end()).size(), told);
    EXPECT_EQ(addresses, (std::vector<std::string>{"mia@desk.example", "boss@desk.example"}));
}

TEST_F(ReturnedMail, AboutNoTicketOpensNone) {
    Correspondence mails{*store_, *desk_, key_, clock_.time};
    mails.digest("mia@desk.example", "a list", 2, nullptr);
    const storage::OutboxMail digest = store_->outbox.list({}).front();
    send_all();
    const Taken taken = report_about(digest.message_id, "mia@desk.example");
    EXPECT_EQ(taken.outcome, storage::Outcome::ignored);
    EXPECT_THAT(taken.reason, HasSubstr("a report about our digest: mia@desk.example"));
    EXPECT_EQ(store_->outbox.find(digest.id)->state, storage::OutboxState::failed);
    EXPECT_EQ(store_->outbox.failed_about_none(10).size(), 1U);
}

/// The reply went out about a ticket that has become a part of another one since.
TEST_F(ReturnedMail, IsToldToItsWriterWhateverItsTicketHasBecome) {
    const rules::TicketId into = take("ann@hill.example", "the projector again");
    const storage::OutboxMail sent = replies().front();
    ASSERT_TRUE(carry_out(filing(), id_, rules::MergeOrder{into}, "agent Mia"));
    report_about(sent.message_id, "ann@hill.example");
    EXPECT_EQ(store_->outbox.find(sent.id)->state, storage::OutboxState::failed);
    run_due(filing());
    id_ = into;
    EXPECT_EQ(readers(rules::MailKind::undelivered), std::vector<std::string>{"mia@desk.example"});
}

/// Nobody but the readers of a mail can be declared dead by a report about it.
TEST_F(ReturnedMail, ForgedTakesNothingBack) {
    const std::string ours = replies().front().message_id;
    std::string forged = ours;
    forged[forged.find('@') - 1] = forged[forged.find('@') - 1] == 'a' ? 'b' : 'a';
    const struct {
        std::string message_id;
        const char* recipient;
    } table[] = {{forged, "ann@hill.example"},
                 {"x@elsewhere.example", "ann@hill.example"},
                 {"", "ann@hill.example"},
                 {ours, "victim@hill.example"},
                 {ours, "ann@hill.example.evil.example"},
                 {ours, "mia@desk.example"}};
    for (const auto& [message_id, recipient] : table) {
        report_about(message_id, recipient);
        EXPECT_TRUE(is_answered()) << message_id << " " << recipient;
        for (const char* address :
             {"ann@hill.example", "victim@hill.example", "mia@desk.example"}) {
            EXPECT_FALSE(rules::mail_returned_from(store_->tickets.events(id_), address))
                << message_id << " " << recipient;
        }
        for (const storage::OutboxMail& one : replies()) {
            EXPECT_EQ(one.state, storage::OutboxState::sent);
        }
    }
}

TEST_F(ReturnedMail, IsMeantWhateverTheServerCallsItsOnlyReader) {
    const rules::TicketId other = take("cat@hill.example", "keyboard");
    const rules::ReplyOrder question{.text = "Which one?"};
    ASSERT_TRUE(carry_out(filing(), other, question, "agent Mia"));
    id_ = other;
    for (const storage::OutboxMail& mail : replies()) {
        store_->outbox.claim({mail.id});
        store_->outbox.accepted(mail.id, clock_.time, "250 Ok", "desk@desk.example");
    }
    ASSERT_TRUE(is_answered());
    report("c.smith@mail.hill.example", "failed", "5.1.1");
    EXPECT_FALSE(is_answered());
}

}  // namespace
}  // namespace bellhop::daemon
