#include "daemon/work/due_round.hpp"

#include <gtest/gtest.h>

#include "rules/sla/ticket_history.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

class DueRoundTest : public BusyDesk {
protected:
    DueRoundTest() {
        config_.write("sla.toml", R"(
default = "P3"
digest_threshold = 2
[priority.P3]
respond = "4 hours"
[[step]]
at = "breach"
tell = ["boss@desk.example"]
)");
        write_rules({});
    }

    Filing filing() { return {*store_, *desk_, key_, clock_.time}; }

    /// Tickets whose answer is late now.
    void late_tickets(int count) {
        for (int i = 0; i < count; ++i) {
            take("ann" + std::to_string(i) + "@hill.example", "projector");
        }
        clock_.time += 4h + 1s;
    }

    std::size_t mails(const std::string& kind) {
        std::size_t count = 0;
        for (const storage::OutboxMail& mail : store_->outbox.list({{}, 10'000})) {
            if (name_of(mail.kind) == kind) ++count;
        }
        return count;
    }

    std::size_t noticed() {
        std::size_t count = 0;
        for (const rules::Ticket& one : store_->lists.page({.all = true}, {})) {
            for (const rules::TicketEvent& event : store_->tickets.events(one.id)) {
                if (event.type == rules::Event::told) ++count;
            }
        }
        return count;
    }

    std::string key_ = "the key";
};

TEST_F(DueRoundTest, TellsOfManyTicketsInOneMailAndOnce) {
    late_tickets(60);
    run_due(filing());
    EXPECT_EQ(noticed(), 60U);
    EXPECT_EQ(mails("digest"), 1U);
    EXPECT_EQ(mails("notice"), 0U);
    run_due(filing());
    EXPECT_EQ(noticed(), 60U);
}

TEST_F(DueRoundTest, TellsOneByOneWhatIsNotMany) {
    late_tickets(2);
    run_due(filing());
    EXPECT_EQ(mails("digest"), 0U);
    EXPECT_EQ(mails("notice"), 2U);
}

/// A digest is no book: a thousand late tickets make a few.
TEST_F(DueRoundTest, KeepsADigestReadable) {
    late_tickets(250);
    run_due(filing());
    EXPECT_EQ(noticed(), 250U);
    EXPECT_EQ(mails("digest"), 3U);
}

/// The process dies between two steps: the next one begins a round of its own.
TEST_F(DueRoundTest, GoesOnAfterADeathInTheMiddle) {
    late_tickets(60);
    {
        DueRound dies;
        EXPECT_TRUE(dies.step(filing()));
        EXPECT_TRUE(dies.step(filing()));
    }
    EXPECT_EQ(noticed(), 0U) << "nobody counts as told before his mail is queued";
    run_due(filing());
    EXPECT_EQ(noticed(), 60U);
    EXPECT_EQ(mails("digest"), 1U);
}

TEST_F(DueRoundTest, LooksAgainWhenTheNextStepIsDue) {
    const rules::TicketId id = take("ann@hill.example", "projector");
    run_due(filing());
    EXPECT_EQ(noticed(), 0U);
    const auto next = store_->timers.next_due();
    ASSERT_TRUE(next.has_value());
    clock_.time = *next - 1s;
    run_due(filing());
    EXPECT_EQ(noticed(), 0U) << "not a second too early";
    clock_.time = *next;
    run_due(filing());
    EXPECT_EQ(noticed(), 1U);
    EXPECT_EQ(ticket(id).status, "open");
}

TEST_F(DueRoundTest, HasNothingToDoWhereNothingIsDue) {
    DueRound round;
    EXPECT_FALSE(round.step(filing()));
    take("ann@hill.example", "projector");
    EXPECT_FALSE(round.step(filing()));
}

}  // namespace
}  // namespace bellhop::daemon
