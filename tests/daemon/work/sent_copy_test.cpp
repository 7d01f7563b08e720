// Mails that people send from the shared mailbox itself, as its folder of sent mail brings them.
#include <gtest/gtest.h>

#include "daemon/desk/watched_folder.hpp"
#include "daemon/work/ticket_clocks.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

class SentCopy : public BusyDesk {
protected:
    void SetUp() override {
        BusyDesk::SetUp();
        ticket_ = take("ann@hill.example", "Printer");
        clock_.time += 10min;
    }

    std::string desk_address() const { return desk_->settings.mailboxes.front().address; }

    std::string answer(const std::string& more = {}) const {
        return "From: <" + desk_address() +
               ">\r\nTo: ann@hill.example\r\nSubject: Re: Printer\r\n" +
               "Date: Tue, 15 Sep 2026 09:05:00 +0000\r\nMessage-ID: <outlook1@desk.example>\r\n"
               "In-Reply-To: <m1@hill.example>\r\n" +
               more + "\r\nWhich room?\r\n";
    }

    Taken bring(const std::string& folder, const std::string& bytes) {
        IncomingMail mail;
        mail.key = {folder, 1, ++uid_};
        mail.mailbox = mailbox_behind(folder);
        mail.bytes = bytes;
        mail.size = bytes.size();
        mail.arrived = clock_.time - 5min;
        return intake_->take({&mail, 1}, *desk_).front();
    }

    int count(rules::Event type) const {
        int found = 0;
        for (const auto& one : store_->tickets.events(ticket_)) found += one.type == type ? 1 : 0;
        return found;
    }

    rules::TimerState response() const {
        const TicketClocks clocks = clocks_of(*desk_, store_->tickets.find(ticket_).value(),
                                              store_->tickets.events(ticket_), clock_.time);
        return clocks.of(rules::TimerKind::response).state;
    }

    rules::TicketId ticket_ = {};
};

TEST_F(SentCopy, OfAnAnswerMeetsTheTarget) {
    ASSERT_EQ(response(), rules::TimerState::running);
    const Taken taken = bring("sent/it", answer());
    EXPECT_EQ(taken.ticket, ticket_);
    EXPECT_EQ(taken.outcome, storage::Outcome::follow_up);
    EXPECT_EQ(response(), rules::TimerState::met);
    const auto messages = store_->tickets.messages(ticket_);
    EXPECT_EQ(messages.back().reply_text, "Which room?");
    EXPECT_TRUE(store_->outbox.of_ticket(ticket_).size() <= 1) << "nothing but the acknowledgement";
}

TEST_F(SentCopy, CountsAlsoBehindTheOneThatCameToTheMailbox) {
    const std::string bytes = answer("Cc: " + desk_address() + "\r\n");
    bring("it", bytes);
    EXPECT_EQ(count(rules::Event::not_proved), 1);
    EXPECT_EQ(response(), rules::TimerState::running) << "anybody can write the desk's address";
    EXPECT_EQ(bring("sent/it", bytes).outcome, storage::Outcome::duplicate);
    EXPECT_EQ(count(rules::Event::confirmed), 1);
    EXPECT_EQ(response(), rules::TimerState::met);
    bring("sent/it", bytes);
    EXPECT_EQ(count(rules::Event::agent_reply), 1) << "once";
}

TEST_F(SentCopy, ComesBeforeTheOneThatCameToTheMailbox) {
    const std::string bytes = answer("Cc: " + desk_address() + "\r\n");
    bring("sent/it", bytes);
    EXPECT_EQ(bring("it", bytes).outcome, storage::Outcome::duplicate);
    EXPECT_EQ(count(rules::Event::agent_reply), 1);
    EXPECT_EQ(count(rules::Event::not_proved), 0);
}

/// Of two copies under one Message-ID the one that was not proved by a stranger's words.
TEST_F(SentCopy, ProvesNoOtherMail) {
    bring("it", answer("Cc: " + desk_address() + "\r\nX-Forged: yes\r\n"));
    std::string other = answer();
    other.replace(other.find("outlook1"), 8, "outlook2");
    bring("sent/it", other);
    EXPECT_EQ(count(rules::Event::confirmed), 0);
}

/// The desk writes to itself: what lies in its folder of sent mail must not hide what comes in.
TEST_F(SentCopy, OfAMailToTheDeskItselfHidesNothing) {
    const std::string bytes = "From: <" + desk_address() + ">\r\nTo: " + desk_address() +
                              "\r\nSubject: Fwd: Heating\r\nMessage-ID: <self@desk.example>\r\n"
                              "Date: Tue, 15 Sep 2026 09:05:00 +0000\r\n\r\nRoom 9 is cold.\r\n";
    const Taken sent = bring("sent/it", bytes);
    EXPECT_EQ(sent.outcome, storage::Outcome::ignored);
    EXPECT_FALSE(sent.ticket);
    EXPECT_EQ(bring("it", bytes).outcome, storage::Outcome::ticket);
}

TEST_F(SentCopy, OfWhatWeSentOurselvesIsPassedOver) {
    const auto ours = store_->outbox.of_ticket(ticket_);
    ASSERT_FALSE(ours.empty());
    const std::string bytes = store_->outbox.find(ours.front().id)->bytes;
    const Taken taken = bring("sent/it", bytes);
    EXPECT_EQ(taken.outcome, storage::Outcome::ignored);
    EXPECT_EQ(store_->tickets.messages(ticket_).size(), 1U);
}

TEST_F(SentCopy, NamesTheTechnicianOnWhoseBehalfTheServerSaysItWas) {
    config_.write("people.toml", config_.read("people.toml") + R"(
[[technician]]
name = "Tom Brown"
address = "tom@desk.example"
)");
    load();
    bring("sent/it", answer("Sender: Tom Brown <tom@desk.example>\r\n"));
    std::string actor;
    for (const auto& one : store_->tickets.events(ticket_)) {
        if (one.type == rules::Event::agent_reply) actor = one.actor;
    }
    EXPECT_EQ(actor, "agent Tom Brown");
}

}  // namespace
}  // namespace bellhop::daemon
