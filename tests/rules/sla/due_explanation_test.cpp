#include "rules/sla/due_explanation.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"
#include "tests/rules/ticket_lives.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

/// Compares with tests/data/due_explanations/NAME.txt; UPDATE_GOLDEN=1 rewrites it.
void expect_golden(const std::string& name, const std::string& text) {
    const std::string path = std::string{BELLHOP_TEST_DATA} + "/due_explanations/" + name + ".txt";
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream{path} << text;
    std::ifstream file{path};
    EXPECT_EQ((std::string{std::istreambuf_iterator<char>{file}, {}}), text) << path;
}

std::string explained(const CalendarPlan& plan,
                      const Target& target,
                      std::string_view now,
                      const std::vector<ClockEvent>& events) {
    const BusinessCalendar calendar = calendar_of(plan);
    const Cycle cycle = cycles_of(events, shipped_statuses(), london(now)).back();
    const Targets targets{{}, target};
    return render(explain_due(cycle, TimerKind::resolution, targets, calendar, london(now)),
                  calendar);
}

TEST(DueExplanation, ShowsHoursAcrossTheEndOfTerm) {
    expect_golden("eight_hours_into_half_term",
                  explained(provider_plan(), {BusinessTime{8h}, "8 hours"}, "2026-10-23 14:00",
                            life({{"2026-10-23 13:15", "created P2"}})));
}

TEST(DueExplanation, ShowsEachBusinessDay) {
    expect_golden("three_days_over_a_weekend_and_the_end_of_summer_time",
                  explained(provider_plan(), {BusinessDays{3}, "3 days"}, "2026-10-22 16:00",
                            life({{"2026-10-22 15:00", "created P3"}})));
}

TEST(DueExplanation, ShowsPauses) {
    expect_golden("four_hours_with_a_pause_over_night",
                  explained(provider_plan(), {BusinessTime{4h}, "4 hours"}, "2026-09-16 10:00",
                            life({{"2026-09-15 09:00", "created P1"},
                                  {"2026-09-15 10:30", "waiting_customer"},
                                  {"2026-09-16 09:15", "customer replies"}})));
}

TEST(DueExplanation, ShowsWhatIsNotPublished) {
    expect_golden("one_day_over_an_unpublished_half_term",
                  explained(school_plan(), {BusinessDays{1}, "1 business day"}, "2026-10-23 12:00",
                            life({{"2026-10-23 11:00", "created P3"}})));
}

TEST(DueExplanation, ShowsTheChristmasShutdown) {
    expect_golden("four_hours_over_christmas",
                  explained(provider_plan(), {BusinessTime{4h}, "4 hours"}, "2026-12-23 15:00",
                            life({{"2026-12-23 14:30", "created P1"}})));
}

TEST(DueExplanation, ShowsCalendarTimeAndItsRoll) {
    expect_golden(
        "forty_eight_hours_over_a_weekend",
        explained(school_plan(), {CalendarTime{48h}, "within 48 hours"}, "2026-09-18 12:00",
                  life({{"2026-09-18 10:00", "created information"}})));
}

TEST(DueExplanation, ShowsWhatIsUsedUpAtClosingTime) {
    expect_golden("used_up_at_closing_time",
                  explained(provider_plan(), {BusinessTime{4h}, "4 hours"}, "2026-09-15 13:00",
                            life({{"2026-09-15 12:30", "created P1"}})));
}

TEST(DueExplanation, ShowsATicketThatWaits) {
    expect_golden("paused_at_the_moment",
                  explained(provider_plan(), {BusinessTime{4h}, "4 hours"}, "2026-09-16 10:00",
                            life({{"2026-09-15 09:00", "created P1"},
                                  {"2026-09-15 10:30", "waiting_third_party"}})));
}

TEST(DueExplanation, ShowsAgreementsAndDeadEnds) {
    EXPECT_EQ(explained(provider_plan(), {BusinessTime{4h}, "4 hours"}, "2026-09-15 13:00",
                        life({{"2026-09-15 12:30", "created P1"},
                              {"2026-09-15 12:40", "agreed resolution 2026-09-25 12:00"}})),
              "resolution: as agreed, running, due Fri 2026-09-25 12:00 BST\n    agreed with the "
              "requester\n");
    const std::string dead_end =
        explained(school_plan(), {BusinessTime{4h}, "4 hours"}, "2027-02-15 13:00",
                  life({{"2027-02-15 12:30", "created P1"}}));
    EXPECT_EQ(dead_end.substr(0, dead_end.find('\n')),
              "resolution: 4 hours, running, no working time ahead");
}

// Whatever the way was: the counted spans make up what is used of the target.
TEST(DueExplanation, AddsUp) {
    const BusinessCalendar calendar = calendar_of(provider_plan());
    const auto events = life({{"2026-10-22 15:00", "created P2"},
                              {"2026-10-23 09:10:20", "waiting_customer"},
                              {"2026-10-26 09:30", "open"},
                              {"2026-10-26 12:00", "waiting_third_party"},
                              {"2026-10-27 10:00", "open"}});
    const auto now = london("2026-10-27 10:30");
    const Cycle cycle = cycles_of(events, shipped_statuses(), now).back();
    for (const Target& target :
         {Target{BusinessTime{8h}}, Target{BusinessTime{40h}}, Target{BusinessDays{5}}}) {
        const DueExplanation way =
            explain_due(cycle, TimerKind::resolution, {{}, target}, calendar, now);
        std::chrono::seconds counted{0};
        auto at = cycle.started_at;
        for (const ExplanationStep& step : way.steps) {
            EXPECT_EQ(step.from, at);
            at = step.to;
            if (step.kind == SpanKind::counted) counted += step.to - step.from;
            EXPECT_EQ(step.used, counted);
        }
        EXPECT_EQ(at, *way.state.due);
        EXPECT_EQ(counted, *way.state.elapsed + *way.state.remaining);
    }
}

}  // namespace
}  // namespace bellhop::rules
