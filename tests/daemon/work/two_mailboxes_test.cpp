// A desk with two mailboxes: each ticket is answered from the one that its mail came to.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/desk_work.hpp"
#include "daemon/work/due_round.hpp"
#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::SizeIs;

class TwoMailboxes : public BusyDesk {
protected:
    TwoMailboxes() {
        one_mailbox_ = config_.read("bellhop.toml");
        config_.write("bellhop.toml", one_mailbox_ + R"(
[[mailbox]]
name = "facilities"
address = "facilities@school.example"
host = "imap.school.example"
user = "facilities@school.example"
password_file = "it.password"
)");
    }

    rules::TicketId take_at(const std::string& mailbox) {
        IncomingMail mail;
        mail.key = {mailbox, 1, ++uid_};
        mail.mailbox = mailbox;
        mail.bytes = "From: Ann <ann@hill.example>\r\nSubject: heating " + std::to_string(uid_) +
                     "\r\nMessage-ID: <m" + std::to_string(uid_) +
                     "@hill.example>\r\n\r\nCold.\r\n";
        mail.size = mail.bytes.size();
        mail.arrived = clock_.time;
        return intake_->take({&mail, 1}, *desk_).front().ticket.value();
    }

    /// An answer of the desk, and a mail that the status brings.
    void answer(rules::TicketId ticket) {
        const Filing filing{*store_, *desk_, key_, clock_.time};
        ASSERT_TRUE(carry_out(filing, ticket, rules::ReplyOrder{"Which room?", {}}, "agent Mia"));
        ASSERT_TRUE(
            carry_out(filing, ticket, rules::StatusOrder{"resolved", "warm", {}}, "agent Mia"));
    }

    std::vector<std::string> senders_of_mails_about(rules::TicketId ticket) const {
        std::vector<std::string> senders;
        for (const storage::OutboxMail& mail : store_->outbox.of_ticket(ticket)) {
            const std::string bytes = store_->outbox.find(mail.id)->bytes;
            senders.push_back(parsers::parse_message(bytes).from.value().address);
        }
        return senders;
    }

    std::string key_ = "the key";
    std::string one_mailbox_ = {};
};

TEST_F(TwoMailboxes, AnswerEachTicketFromTheirOwn) {
    for (const std::string mailbox : {"it", "facilities"}) {
        const rules::TicketId ticket = take_at(mailbox);
        answer(ticket);
        EXPECT_THAT(senders_of_mails_about(ticket), SizeIs(3)) << mailbox;
        EXPECT_THAT(senders_of_mails_about(ticket), Each(mailbox + "@school.example"));
    }
}

TEST_F(TwoMailboxes, LeaveTheOtherToAnswerWhereOneIsGivenUp) {
    const rules::TicketId ticket = take_at("facilities");
    config_.write("bellhop.toml", one_mailbox_);
    load();
    answer(ticket);
    const std::vector<std::string> senders = senders_of_mails_about(ticket);
    // What a person wrote goes out before automatic mail.
    EXPECT_EQ(senders, (std::vector<std::string>{"it@school.example", "facilities@school.example",
                                                 "it@school.example"}));
}

}  // namespace
}  // namespace bellhop::daemon
