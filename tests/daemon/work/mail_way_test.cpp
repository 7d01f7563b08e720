#include "daemon/work/mail_way.hpp"

#include <gtest/gtest.h>

#include "rules/sla/ticket_history.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using rules::MailWay;

class MailWayTest : public BusyDesk {
protected:
    storage::OutboxMail mail_about(std::optional<rules::TicketId> ticket) const {
        storage::OutboxMail mail;
        mail.kind = rules::MailKind::reply;
        mail.message_id = "x";
        mail.recipient = "ann@hill.example";
        mail.ticket = ticket;
        return mail;
    }
    void note(std::optional<rules::TicketId> ticket, MailWay way) {
        note_way(*store_, mail_about(ticket), way, "550 no", clock_.time);
    }
    bool is_looked_at_again(rules::TicketId ticket) const {
        for (const storage::Timer& one : store_->timers.of_ticket(ticket)) {
            if (one.due_at == clock_.time) return true;
        }
        return false;
    }
};

TEST_F(MailWayTest, StandsInTheLogAndBringsTheTicketUpWhereTheMailIsLost) {
    for (const MailWay way : {MailWay::sent, MailWay::deferred, MailWay::withdrawn,
                              MailWay::refused, MailWay::given_up}) {
        const rules::TicketId id = take("ann@hill.example", "projector");
        clock_.time += std::chrono::minutes{1};
        note(id, way);
        const auto report = rules::mail_report_of(store_->tickets.events(id).back());
        ASSERT_TRUE(report);
        EXPECT_EQ(*report, (rules::MailReport{way, rules::MailKind::reply, "ann@hill.example", "x",
                                              "550 no", ""}));
        EXPECT_EQ(is_looked_at_again(id), way == MailWay::refused || way == MailWay::given_up);
    }
}

/// The log of a ticket that has become a part of another one nobody reads any more.
TEST_F(MailWayTest, StandsInTheLogOfTheTicketThatThereIsNowWithItsWriter) {
    const rules::TicketId old = take("ann@hill.example", "projector");
    const rules::TicketId into = take("ann@hill.example", "beamer");
    store_->tickets.record(old, {clock_.time,
                                 rules::Event::agent_reply,
                                 "agent Mia",
                                 "",
                                 {{"mail", "x"}, {"to", "ann@hill.example"}}});
    store_->tickets.merge(old, into);
    const std::size_t entries = store_->tickets.events(old).size();
    note(old, MailWay::refused);
    EXPECT_EQ(store_->tickets.events(old).size(), entries);
    EXPECT_EQ(rules::mail_report_of(store_->tickets.events(into).back())->writer, "agent Mia");
    EXPECT_TRUE(is_looked_at_again(into));
}

TEST_F(MailWayTest, IsNotWrittenOfAMailAboutNoTicket) {
    note(std::nullopt, MailWay::refused);
    EXPECT_EQ(store_->timers.next_due(), std::nullopt);
}

}  // namespace
}  // namespace bellhop::daemon
