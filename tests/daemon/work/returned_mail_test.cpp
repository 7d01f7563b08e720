// What a person has written, a server has taken, and comes back later: it was no answer, and who
// wrote it hears of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/desk_work.hpp"
#include "daemon/work/due_round.hpp"
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
        receive("mailer-daemon@relay.example", "Undelivered",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
                "--b\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                "Reporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; " +
                    recipient + "\r\nAction: " + action + "\r\nStatus: " + status +
                    "\r\nDiagnostic-Code: smtp; no such user\r\n\r\n--b\r\n"
                    "Content-Type: message/rfc822\r\n\r\nMessage-ID: <" +
                    replies().front().message_id + ">\r\n\r\nx\r\n--b--\r\n");
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
                 {"ann@hill.example", "failed", "4.2.2", 0},
                 // Whose mail it was nobody knows, but somebody has not got one.
                 {"somebody@else.example", "failed", "5.1.1", 1},
                 {"bob@hill.example", "failed", "5.1.1", 2}};
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
