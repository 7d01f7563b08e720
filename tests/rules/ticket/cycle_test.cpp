#include "rules/ticket/cycle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"
#include "tests/rules/ticket_lives.hpp"

namespace bellhop::rules {
namespace {

using testing::ElementsAre;

std::vector<Cycle> until(std::string_view now, const std::vector<ClockEvent>& events) {
    return cycles_of(events, shipped_statuses(), london(now));
}

ClockSpan span(std::string_view from, std::string_view to, ClockMode mode) {
    return {london(from), london(to), mode};
}

TEST(Cycle, HoldsSpansWithoutGaps) {
    const auto cycles = until("2026-09-16 12:00", life({{"2026-09-15 09:00", "created P2"},
                                                        {"2026-09-15 09:30", "in_progress"},
                                                        {"2026-09-15 10:00", "waiting_customer"},
                                                        {"2026-09-15 11:00", "waiting_third_party"},
                                                        {"2026-09-15 12:00", "open"}}));
    ASSERT_EQ(cycles.size(), 1U);
    EXPECT_THAT(cycles[0].spans,
                ElementsAre(span("2026-09-15 09:00", "2026-09-15 10:00", ClockMode::run),
                            span("2026-09-15 10:00", "2026-09-15 12:00", ClockMode::pause),
                            span("2026-09-15 12:00", "2026-09-16 12:00", ClockMode::run)));
}

TEST(Cycle, TakesTheFirstReplyOfAPersonAsTheResponse) {
    const auto cycles = until("2026-09-16 12:00", life({{"2026-09-15 09:00", "created P2"},
                                                        {"2026-09-15 09:00", "automatic mail"},
                                                        {"2026-09-15 09:40", "agent replies"},
                                                        {"2026-09-15 10:00", "agent replies"}}));
    EXPECT_EQ(cycles[0].responded_at, london("2026-09-15 09:40"));
    EXPECT_EQ(cycles[0].stopped_at, std::nullopt);
}

TEST(Cycle, TakesResolvingAsTheResponseWhereThereWasNone) {
    const auto cycles = until("2026-09-16 12:00", life({{"2026-09-15 09:00", "created P2"},
                                                        {"2026-09-15 10:00", "resolved"},
                                                        {"2026-09-15 11:00", "agent replies"},
                                                        {"2026-09-15 12:00", "closed"}}));
    EXPECT_EQ(cycles[0].responded_at, london("2026-09-15 10:00"));
    EXPECT_EQ(cycles[0].stopped_at, london("2026-09-15 10:00"));
    EXPECT_EQ(cycles[0].status, "closed");
}

TEST(Cycle, BeginsAnewWhenATicketIsReopened) {
    const auto cycles =
        until("2026-09-16 12:00", life({{"2026-09-15 09:00", "created P2"},
                                        {"2026-09-15 09:10", "agreed resolution 2026-09-25 12:00"},
                                        {"2026-09-15 10:00", "resolved"},
                                        {"2026-09-15 11:00", "priority P1"},
                                        {"2026-09-15 12:00", "customer replies"}}));
    ASSERT_EQ(cycles.size(), 2U);
    EXPECT_EQ(cycles[0].agreed_resolution, london("2026-09-25 12:00"));
    EXPECT_EQ(cycles[1].number, 2);
    EXPECT_EQ(cycles[1].started_at, london("2026-09-15 12:00"));
    EXPECT_EQ(cycles[1].priority, "P1");
    EXPECT_EQ(cycles[1].status, "open");
    EXPECT_EQ(cycles[1].responded_at, std::nullopt);
    EXPECT_EQ(cycles[1].agreed_resolution, std::nullopt);
}

TEST(Cycle, LetsACustomersReplyEndOnlyTheWaitForTheCustomer) {
    for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
             {"waiting_customer", "open"},
             {"waiting_third_party", "waiting_third_party"},
             {"waiting_site_visit", "waiting_site_visit"},
             {"in_progress", "in_progress"},
             {"closed", "open"}}) {
        const auto cycles =
            until("2026-09-16 12:00", life({{"2026-09-15 09:00", "created P2"},
                                            {"2026-09-15 10:00", before},
                                            {"2026-09-15 11:00", "automatic mail"},
                                            {"2026-09-15 12:00", "customer replies"}}));
        EXPECT_EQ(cycles.back().status, after);
    }
}

TEST(Cycle, LeavesOutWhatComesAfterNow) {
    const auto events =
        life({{"2026-09-15 09:00", "created P2"}, {"2026-09-15 10:00", "waiting_customer"}});
    EXPECT_TRUE(until("2026-09-15 08:59", events).empty());
    EXPECT_EQ(until("2026-09-15 09:59", events).back().status, "open");
    const Cycle at_change = until("2026-09-15 10:00", events).back();
    EXPECT_EQ(at_change.mode, ClockMode::pause);
    EXPECT_THAT(at_change.spans,
                ElementsAre(span("2026-09-15 09:00", "2026-09-15 10:00", ClockMode::run)));
}

TEST(Cycle, CountsAnUnknownStatusAsRunning) {
    EXPECT_EQ(clock_of(shipped_statuses(), "waiting_for_godot"), ClockMode::run);
    EXPECT_EQ(clock_of({{"waiting_for_parts", ClockMode::pause, ""}}, "waiting_for_parts"),
              ClockMode::pause);
}

}  // namespace
}  // namespace bellhop::rules
