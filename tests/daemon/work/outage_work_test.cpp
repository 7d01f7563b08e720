#include "daemon/work/outage_work.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/work/desk_work.hpp"
#include "daemon/work/due_round.hpp"
#include "daemon/work/outage_parts.hpp"
#include "parsers/message/parse_message.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::TicketId;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class OutageWork : public BusyDesk {
protected:
    OutageWork() {
        config_.write("sla.toml", config_.read("sla.toml") + R"(
[[step]]
at = "breach"
tell = ["team"]
)");
        write_rules(R"(
[[rule]]
name = "outage"
when.text = ["internet down"]
when.surge = { tickets = 3, people = 2, within = "15 min" }
then = { priority = "P1", team = "MIS", parent = "first" }
)");
    }

    void SetUp() override {
        BusyDesk::SetUp();
        for (const char* who : {"ann", "bob", "cid"}) {
            take(std::string{who} + "@hill.example", "internet down");
            clock_.time += 1min;
        }
    }

    Filing filing() { return {*store_, *desk_, key_, clock_.time, 60s}; }

    rules::Ticket ordered(TicketId id, const rules::DeskOrder& order) {
        const auto done = carry_out(filing(), id, order, "agent Tom");
        EXPECT_TRUE(done.has_value());
        return done.has_value() ? *done : rules::Ticket{};
    }

    std::vector<TicketId> parts() {
        return open_parts(store_->tickets, desk_->policy.statuses, TicketId{1});
    }

    std::vector<std::string> statuses() const {
        std::vector<std::string> all;
        for (int i = 1; i <= 3; ++i) all.push_back(ticket(TicketId{i}).status);
        return all;
    }

    /// Who gets mails of a kind that wait or have gone.
    std::vector<std::string> readers(rules::MailKind kind) const {
        std::vector<std::string> all;
        for (int i = 1; i <= 3; ++i) {
            for (const storage::OutboxMail& one : store_->outbox.of_ticket(TicketId{i})) {
                const bool counts = one.state != storage::OutboxState::cancelled;
                if (one.kind == kind && counts) all.push_back(one.recipient);
            }
        }
        return all;
    }

    std::string key_ = "the key";
};

TEST_F(OutageWork, JoinsThoseThatCameBeforeItWasKnownAndRaisesTheFirst) {
    EXPECT_THAT(parts(), ElementsAre(TicketId{2}, TicketId{3}));
    EXPECT_EQ(ticket(TicketId{1}).priority, "P1");
    take("dan@hill.example", "internet down");
    EXPECT_THAT(parts(), SizeIs(3));
    int joined = 0;
    for (const auto& one : store_->tickets.events(TicketId{2})) {
        joined += one.type == rules::Event::linked ? 1 : 0;
    }
    EXPECT_EQ(joined, 1) << "once";
}

TEST_F(OutageWork, AnswersAllOnTheirOwnTickets) {
    ordered(TicketId{1}, rules::ReplyOrder{"We are on it.", {}});
    EXPECT_THAT(readers(rules::MailKind::reply),
                ElementsAre("ann@hill.example", "bob@hill.example", "cid@hill.example"));
    for (const storage::OutboxMail& one : store_->outbox.of_ticket(TicketId{2})) {
        if (one.kind != rules::MailKind::reply) continue;
        const parsers::Message mail = parsers::parse_message(store_->outbox.find(one.id)->bytes);
        EXPECT_NE(mail.subject.find("#2]"), std::string::npos) << mail.subject;
        EXPECT_NE(mail.text.find("We are on it."), std::string::npos);
    }
    ordered(TicketId{2}, rules::ReplyOrder{"To you alone.", {}});
    EXPECT_THAT(readers(rules::MailKind::reply), SizeIs(4)) << "of a part it is the part's";
}

TEST_F(OutageWork, IsResolvedAndTakenBackTogether) {
    clock_.time += 5min;
    ordered(TicketId{1}, rules::ReplyOrder{"It is up again.", "resolved"});
    EXPECT_THAT(statuses(), ElementsAre("resolved", "resolved", "resolved"));
    clock_.time += 10s;
    ordered(TicketId{1}, rules::UndoOrder{});
    EXPECT_THAT(statuses(), ElementsAre("open", "open", "open"));
    EXPECT_THAT(readers(rules::MailKind::reply), IsEmpty()) << "nobody hears what was taken back";
}

TEST_F(OutageWork, TakesBackOnlyWhatWasOrderedTogether) {
    clock_.time += 5min;
    ordered(TicketId{1}, rules::ReplyOrder{"We are on it.", {}});
    clock_.time += 1s;
    ordered(TicketId{2}, rules::ReplyOrder{"Is room 4 dark, too?", {}});
    clock_.time += 1s;
    ordered(TicketId{1}, rules::UndoOrder{});
    EXPECT_THAT(readers(rules::MailKind::reply),
                ElementsAre("bob@hill.example", "bob@hill.example"));
}

TEST_F(OutageWork, WarnsOfTheFirstOnlyWhileItIsWorkedOn) {
    const auto warned = [this](int id) {
        int count = 0;
        for (const auto& one : store_->tickets.events(TicketId{id})) {
            count += one.type == rules::Event::notice ? 1 : 0;
        }
        return count;
    };
    clock_.time += 5h;
    run_due(filing());
    EXPECT_GT(warned(1), 0);
    EXPECT_EQ(warned(2), 0);
    EXPECT_EQ(warned(3), 0);
    // He says that for him it is not over: then his ticket counts by itself.
    ordered(TicketId{1}, rules::StatusOrder{"resolved", "the line is up", {}});
    clock_.time += 1min;
    ordered(TicketId{3}, rules::ReopenOrder{"still dark"});
    clock_.time += 48h;
    run_due(filing());
    EXPECT_GT(warned(3), 0);
    EXPECT_EQ(warned(2), 0);
}

}  // namespace
}  // namespace bellhop::daemon
