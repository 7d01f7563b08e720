#include "daemon/work/ticket_clocks.hpp"

#include <gtest/gtest.h>

#include "daemon/view/clock_output.hpp"
#include "daemon/view/ticket_list.hpp"
#include "rules/calendar/instant.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

class TicketClocksTest : public BusyDesk {
protected:
    TicketClocks clocks(rules::TicketId id) const {
        return clocks_of(*desk_, ticket(id), store_->tickets.events(id), clock_.time);
    }
    std::string json(rules::TicketId id) const {
        return boost::json::serialize(to_json(clocks(id)));
    }
    std::string words(rules::TicketId id) const {
        return in_words(clocks(id), *desk_, ticket(id), clock_.time);
    }
    std::string due(const TicketClocks& clocks) const {
        return due_in_words({{}, clocks, {}}, clock_.time);
    }
};

TEST_F(TicketClocksTest, RunInTheHoursOfTheSchool) {
    const auto id = take("ann@hill.example", "Projector");
    clock_.time += 1h;
    EXPECT_EQ(json(id), R"({"response":{"state":"running","due":"2026-09-15T13:00:00Z",)"
                        R"("elapsed_seconds":3600,"remaining_seconds":10800},)"
                        R"("resolution":{"state":"running","due":"2026-09-18T09:00:00Z",)"
                        R"("elapsed_seconds":3600,"remaining_seconds":82800}})");
    EXPECT_EQ(words(id),
              "answer due Tuesday 15 September, 2 pm, running, 3 h left\n"
              "solution due Friday 18 September, 10 am, running, 23 h left\n");
    EXPECT_EQ(due(clocks(id)), "in 3 h");
    const TicketClocks shown = clocks(id);
    clock_.time -= 24h;
    EXPECT_EQ(due(shown), "Tue 15 Sep 14:00");
}

TEST_F(TicketClocksTest, AreMissedOrKept) {
    const auto id = take("ann@hill.example", "Projector");
    staff(id, rules::Event::priority, "P1");
    clock_.time += 1h;
    EXPECT_TRUE(clocks(id).is_breached());
    EXPECT_EQ(due(clocks(id)), "late 30 min");
    store_->tickets.record(id, {clock_.time, rules::Event::agent_reply, "agent Tom", {}, {}});
    staff(id, rules::Event::status, "resolved");
    clock_.time += 24h;
    const auto stopped = clocks(id);
    EXPECT_EQ(stopped.response.state, rules::TimerState::breached);
    EXPECT_EQ(stopped.resolution.state, rules::TimerState::met);
    EXPECT_EQ(stopped.stop_of(rules::TimerKind::resolution), clock_.time - 24h);
    EXPECT_EQ(words(id),
              "answer due Tuesday 15 September, 10.30 am, late: Tuesday 15 September, 11 am\n"
              "solution due Tuesday 15 September, 2 pm, in time: Tuesday 15 September, 11 am\n");
}

TEST_F(TicketClocksTest, Pause) {
    const auto id = take("ann@hill.example", "Projector");
    store_->tickets.record(id, {clock_.time, rules::Event::agent_reply, "agent Tom", {}, {}});
    staff(id, rules::Event::status, "waiting_customer");
    clock_.time += 1h;
    EXPECT_EQ(due(clocks(id)), "waits");
    EXPECT_EQ(clocks(id).resolution.due, std::nullopt);
}

TEST_F(TicketClocksTest, BeginAgainWithTheNextCycle) {
    const auto id = take("ann@hill.example", "Projector");
    staff(id, rules::Event::status, "resolved");
    clock_.time += 24h;
    reply(id, "it is broken again");
    EXPECT_EQ(clocks(id).cycles.size(), 2U);
    EXPECT_EQ(rules::to_text(clocks(id).response.due.value()), "2026-09-16T13:00:00Z");
    EXPECT_EQ(clocks(id).stop_of(rules::TimerKind::resolution), std::nullopt);
}

TEST_F(TicketClocksTest, ShowNothingForATicketWithoutLog) {
    rules::Ticket ticket;
    const TicketClocks none = clocks_of(*desk_, ticket, {}, clock_.time);
    EXPECT_EQ(boost::json::serialize(to_json(none)),
              R"({"response":{"state":"none"},"resolution":{"state":"none"}})");
    EXPECT_EQ(in_words(none, *desk_, ticket, clock_.time), "");
    EXPECT_EQ(due(none), "");
}

}  // namespace
}  // namespace bellhop::daemon
