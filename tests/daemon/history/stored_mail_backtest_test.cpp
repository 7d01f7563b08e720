#include "daemon/history/stored_mail_backtest.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using Matrix = std::map<rules::Change, std::size_t>;

class StoredMailBacktestTest : public BusyDesk {
protected:
    StoredMailBacktest backtest(std::chrono::sys_seconds since = {}) const {
        return backtest_stored_mail(*store_, *desk_, desk_->rules.rule_set(), since, 3,
                                    [](std::int64_t) {});
    }
};

TEST_F(StoredMailBacktestTest, ChangesNothingWhereTheRulesAreTheSame) {
    take("ann@hill.example", "internet down");
    take("bob@hill.example", "internet down");
    const auto third = take("cat@hill.example", "internet down");
    EXPECT_EQ(ticket(third).priority, "P1");
    const auto other = take("ann@hill.example", "SIMS is slow");
    clock_.time += 1h;
    reply(other, "still waiting");
    const StoredMailBacktest result = backtest();
    EXPECT_EQ(result.tickets.mails, 4U);
    EXPECT_EQ(result.tickets.changed, 0U);
    EXPECT_EQ(result.tickets.matrix, (Matrix{{{"P1", "P1"}, 1}, {{"P3", "P3"}, 3}}));
    EXPECT_EQ(result.follow_ups.mails, 1U);
    EXPECT_EQ(result.follow_ups.changed, 0U);
    EXPECT_EQ(result.without_bytes, 0U);
}

TEST_F(StoredMailBacktestTest, ShowsWhatOtherRulesWouldChange) {
    const auto corrected = take("ann@hill.example", "Projector in the hall");
    staff(corrected, rules::Event::priority, "P1");
    take("ann@hill.example", "Projector");
    take("ann@hill.example", "Keyboard");
    clock_.time += 1h;
    reply(corrected, "the projector again");
    write_rules("[[rule]]\nname = \"hall\"\nwhen.text = \"projector\"\nthen.priority = \"P1\"\n");
    load();
    const StoredMailBacktest result = backtest();
    EXPECT_EQ(result.tickets.changed, 2U);
    EXPECT_EQ(result.tickets.matrix, (Matrix{{{"P3", "P1"}, 2}, {{"P3", "P3"}, 1}}));
    EXPECT_EQ(result.tickets.corrected, 1U);
    EXPECT_EQ(result.tickets.corrected_right, 1U);
    EXPECT_EQ(result.tickets.better, 1U);
    EXPECT_EQ(result.tickets.worse, 1U);
    ASSERT_EQ(result.tickets.samples.size(), 2U);
    EXPECT_EQ(result.tickets.samples[0].subject, "Projector in the hall");
    // Staff had made the ticket P1 before the reply: nothing would change.
    EXPECT_EQ(result.follow_ups.matrix, (Matrix{{{"P1", "P1"}, 1}}));
}

TEST_F(StoredMailBacktestTest, TriesOnlyMailSinceThen) {
    take("ann@hill.example", "Projector");
    clock_.time += 24h;
    take("ann@hill.example", "Keyboard");
    EXPECT_EQ(backtest(clock_.time).tickets.mails, 1U);
}

TEST_F(StoredMailBacktestTest, ShowsNoSubjectOfARestrictedTicket) {
    take("ann@hill.example", "Safeguarding: the projector");
    write_rules("[[rule]]\nname = \"hall\"\nwhen.text = \"projector\"\nthen.priority = \"P1\"\n");
    load();
    const StoredMailBacktest result = backtest();
    ASSERT_EQ(result.tickets.samples.size(), 1U);
    EXPECT_EQ(result.tickets.samples[0].subject, "");
}

}  // namespace
}  // namespace bellhop::daemon
