#include "rules/sla/target.hpp"

#include <gtest/gtest.h>

#include "rules/calendar/local_words.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

/// "START | DUE | BREACHED AFTER" on the desk's clock.
std::string told(const CalendarPlan& plan, std::string_view arrived, const TargetKind& kind) {
    const BusinessCalendar calendar = calendar_of(plan);
    const auto found = deadline(calendar, london(arrived), {kind});
    if (!found) return "never";
    return moment_for_log(calendar, found->start) + " | " + moment_for_log(calendar, found->due) +
           " | " + moment_for_log(calendar, found->breach_after);
}

TEST(Target, IsMissedOnlyOnceTheDeskHasOpenedAgain) {
    EXPECT_EQ(told(provider_plan(), "2026-09-15 12:30", BusinessTime{4h}),
              "Tue 2026-09-15 12:30 BST | Tue 2026-09-15 16:30 BST | Wed 2026-09-16 08:30 BST");
    EXPECT_EQ(told(provider_plan(), "2026-09-15 12:00", BusinessTime{4h}),
              "Tue 2026-09-15 12:00 BST | Tue 2026-09-15 16:00 BST | Tue 2026-09-15 16:00 BST");
}

TEST(Target, NamesADayWhereItIsReckonedInDays) {
    EXPECT_EQ(told(provider_plan(), "2026-10-22 17:00", BusinessDays{3}),
              "Fri 2026-10-23 08:30 BST | Wed 2026-10-28 08:30 GMT | Wed 2026-10-28 08:30 GMT");
    EXPECT_EQ(told(school_plan(), "2026-10-22 15:00", BusinessDays{5}),
              "Thu 2026-10-22 15:00 BST | Thu 2026-11-05 15:00 GMT | Thu 2026-11-05 15:00 GMT");
}

TEST(Target, RollsCalendarTimeOutOfClosedHours) {
    EXPECT_EQ(told(school_plan(), "2026-09-18 10:00", CalendarTime{48h}),
              "Fri 2026-09-18 10:00 BST | Mon 2026-09-21 08:00 BST | Mon 2026-09-21 08:00 BST");
    EXPECT_EQ(told(school_plan(), "2026-09-15 10:00", CalendarTime{48h}),
              "Tue 2026-09-15 10:00 BST | Thu 2026-09-17 10:00 BST | Thu 2026-09-17 10:00 BST");
    EXPECT_EQ(told(school_plan(), "2026-09-16 16:00", CalendarTime{48h}),
              "Wed 2026-09-16 16:00 BST | Fri 2026-09-18 16:00 BST | Fri 2026-09-18 16:00 BST")
        << "a closing instant stays";
    EXPECT_EQ(told(school_plan(), "2026-09-18 10:00", CalendarTime{48h, Roll::none}),
              "Fri 2026-09-18 10:00 BST | Sun 2026-09-20 10:00 BST | Sun 2026-09-20 10:00 BST");
}

TEST(Target, GivesGraceToWhatIsDueAtOnce) {
    EXPECT_EQ(told(school_plan(), "2026-09-15 10:00", Immediate{5min}),
              "Tue 2026-09-15 10:00 BST | Tue 2026-09-15 10:00 BST | Tue 2026-09-15 10:05 BST");
    EXPECT_EQ(told(school_plan(), "2026-09-18 19:00", Immediate{5min}),
              "Mon 2026-09-21 08:00 BST | Mon 2026-09-21 08:00 BST | Mon 2026-09-21 08:05 BST");
    EXPECT_EQ(told(school_plan(), "2026-09-18 15:57", Immediate{5min}),
              "Fri 2026-09-18 15:57 BST | Fri 2026-09-18 15:57 BST | Mon 2026-09-21 08:02 BST");
}

TEST(Target, IsNeverDueWhereNothingOpens) {
    EXPECT_EQ(told(school_plan(), "2027-02-12 15:00", BusinessTime{2h}), "never");
    EXPECT_EQ(told(school_plan(), "2027-02-13 15:00", Immediate{}), "never");
    EXPECT_EQ(told(school_plan(), "2027-02-12 15:00", BusinessDays{1}), "never");
}

TEST(Target, IsDescribedForPeople) {
    EXPECT_EQ(describe({BusinessTime{30min}}), "30 business minutes");
    EXPECT_EQ(describe({BusinessTime{1h}}), "1 business hour");
    EXPECT_EQ(describe({BusinessTime{90min}}), "90 business minutes");
    EXPECT_EQ(describe({BusinessTime{90s}}), "90 business seconds");
    EXPECT_EQ(describe({BusinessDays{3}}), "3 business days");
    EXPECT_EQ(describe({CalendarTime{48h}}), "48 hours");
    EXPECT_EQ(describe({Immediate{5min}}), "immediate");
    EXPECT_EQ(describe({BusinessDays{5}, "1 week"}), "1 week");
}

}  // namespace
}  // namespace bellhop::rules
