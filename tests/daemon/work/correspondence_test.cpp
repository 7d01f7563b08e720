#include "daemon/work/correspondence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "rules/sla/ticket_history.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;

class CorrespondenceTest : public BusyDesk {
protected:
    void SetUp() override {
        BusyDesk::SetUp();
        ticket_ = *store_->tickets.find(take("ann@hill.example", "projector"));
    }

    template <class Work>
    void write(const Work& work) {
        storage::Transaction transaction{store_->database};
        Correspondence mails{*store_, *desk_, key_, clock_.time};
        work(mails);
        transaction.commit();
    }

    std::vector<storage::OutboxMail> outbox() const { return store_->outbox.of_ticket(ticket_.id); }
    storage::OutboxMail newest() const { return store_->outbox.find(outbox().back().id).value(); }

    std::string key_ = "the key";
    rules::Ticket ticket_ = {};
};

TEST_F(CorrespondenceTest, AnswersInTheThreadAndSaysThatAMachineDid) {
    const storage::OutboxMail mail = newest();
    EXPECT_EQ(mail.kind, rules::MailKind::acknowledgement);
    EXPECT_TRUE(mail.automatic);
    EXPECT_EQ(mail.envelope_sender, "") << "RFC 3834: nobody is to answer it";
    EXPECT_EQ(mail.composed_at, clock_.time);
    EXPECT_FALSE(mail.letter.empty()) << "it may be sent late";
    EXPECT_THAT(mail.bytes, HasSubstr("Auto-Submitted: auto-replied\r\n"));
    EXPECT_THAT(mail.bytes, HasSubstr("X-Auto-Response-Suppress: All\r\n"));
    const parsers::Message message = parsers::parse_message(mail.bytes);
    EXPECT_EQ(message.message_id, mail.message_id);
    EXPECT_EQ(message.in_reply_to, (std::vector<std::string>{"m1@hill.example"}));
}

TEST_F(CorrespondenceTest, WritesAPersonsWordsAsAPersonDoes) {
    write([&](Correspondence& mails) {
        mails.reply(ticket_, {"Try the blue cable.\n\n", "agent Tess", {}, {"bob@hill.example"}});
    });
    const std::vector<storage::OutboxMail> rows = outbox();
    ASSERT_EQ(rows.size(), 3U);
    for (const std::size_t i : {1U, 2U}) {
        EXPECT_EQ(rows[i].kind, rules::MailKind::reply);
        EXPECT_FALSE(rows[i].automatic);
        EXPECT_EQ(rows[i].envelope_sender, desk_->settings.mailboxes.front().address);
        EXPECT_TRUE(rows[i].letter.empty()) << "nobody changes a person's words";
        EXPECT_EQ(rows[i].until, std::nullopt);
        EXPECT_EQ(rows[i].message_id, rows[1].message_id) << "one mail to both";
    }
    EXPECT_EQ(rows[1].recipient, "ann@hill.example");
    EXPECT_EQ(rows[2].recipient, "bob@hill.example");
    const std::string bytes = newest().bytes;
    EXPECT_THAT(bytes, Not(HasSubstr("Auto-Submitted")));
    EXPECT_THAT(bytes, Not(HasSubstr("X-Auto-Response-Suppress")));
    EXPECT_THAT(bytes, HasSubstr("X-Bellhop-Loop: "));
    EXPECT_THAT(bytes, HasSubstr("Cc: bob@hill.example\r\n"));
    const std::vector<storage::StoredMessage> messages = store_->tickets.messages(ticket_.id);
    EXPECT_EQ(messages.back().text, "Try the blue cable.\n\n");
    EXPECT_EQ(store_->blobs.get(messages.back().raw_sha256), bytes) << "as it went out";
}

// What sender and history must agree on for a reply that is refused to take the answer back.
TEST_F(CorrespondenceTest, SaysInTheLogWhichMailHasAnswered) {
    write([&](Correspondence& mails) {
        mails.reply(ticket_, {"Try the blue cable.", "agent Tess", {}, {}});
    });
    const rules::TicketEvent answered = store_->tickets.events(ticket_.id).back();
    EXPECT_EQ(answered.type, rules::Event::agent_reply);
    EXPECT_EQ(answered.actor, "agent Tess");
    EXPECT_EQ(rules::value_of(answered, "mail"), outbox().back().message_id);
    EXPECT_EQ(rules::value_of(answered, "to"), outbox().back().recipient);
}

TEST_F(CorrespondenceTest, TellsStaffWithoutTheWordsOfARestrictedTicket) {
    ticket_.restricted = true;
    rules::SendMail notice{rules::MailKind::handed_back, "tess@desk.example"};
    notice.label = "handed-back-1";
    write([&](Correspondence& mails) { mails.send(ticket_, notice); });
    EXPECT_EQ(newest().recipient, "tess@desk.example");
    EXPECT_THAT(newest().bytes, Not(HasSubstr("projector")));
}

TEST_F(CorrespondenceTest, QueuesAMailOfOneLabelOnce) {
    rules::SendMail notice{rules::MailKind::handed_back, "tess@desk.example"};
    notice.label = "handed-back-1";
    for (int i = 0; i < 2; ++i) {
        write([&](Correspondence& mails) { mails.send(ticket_, notice); });
        EXPECT_EQ(outbox().size(), 2U);
    }
    EXPECT_EQ(store_->tickets.events(ticket_.id).back().detail, "queued for tess@desk.example");
}

TEST_F(CorrespondenceTest, SendsADigestAboutNoTicket) {
    write([&](Correspondence& mails) {
        mails.digest("tess@desk.example", "[HELP#1] late\n[HELP#2] late\n", 2, nullptr);
    });
    const std::vector<storage::OutboxMail> due = store_->outbox.due(clock_.time, 10);
    ASSERT_EQ(due.size(), 2U);
    EXPECT_EQ(due[1].kind, rules::MailKind::digest);
    EXPECT_EQ(due[1].ticket, std::nullopt);
    EXPECT_THAT(due[1].bytes, HasSubstr("[HELP#2] late"));
}

}  // namespace
}  // namespace bellhop::daemon
