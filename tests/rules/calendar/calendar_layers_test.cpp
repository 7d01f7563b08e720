#include "rules/calendar/calendar_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

constexpr std::chrono::local_days day(int month, int day) {
    return std::chrono::local_days{std::chrono::year{2026} / month / day};
}

CalendarPlan school_year() {
    CalendarPlan plan;
    plan.weekly_name = "holidays";
    plan.periods = {{"Autumn term, first half", day(9, 2), day(10, 23), {}, "term", true},
                    {"Autumn term, second half", day(11, 2), day(12, 18), {}, "term", true}};
    plan.closures = {{"INSET", day(9, 2), day(9, 2)}};
    plan.special_days = {{"Exam download", day(10, 23), {}}};
    return plan;
}

TEST(CalendarLayers, NameThePeriodAndItsHours) {
    EXPECT_THAT(layers_on(school_year(), day(9, 3)),
                ElementsAre("Autumn term, first half", "term"));
}

TEST(CalendarLayers, NameTheWeeklyHoursBetweenPeriods) {
    EXPECT_THAT(layers_on(school_year(), day(10, 24)), ElementsAre("holidays"));
    EXPECT_THAT(layers_on(school_year(), day(11, 1)), ElementsAre("holidays"));
}

TEST(CalendarLayers, NameWhatIsMoreSpecificFirst) {
    EXPECT_THAT(layers_on(school_year(), day(9, 2)),
                ElementsAre("INSET", "closed", "Autumn term, first half", "term"));
    EXPECT_THAT(layers_on(school_year(), day(10, 23)),
                ElementsAre("Exam download", "Autumn term, first half", "term"));
}

TEST(CalendarLayers, NamesEachOnce) {
    EXPECT_THAT(layer_names(school_year()),
                ElementsAre("Exam download", "INSET", "closed", "Autumn term, first half", "term",
                            "Autumn term, second half", "holidays"));
    EXPECT_THAT(layer_names({}), IsEmpty());
}

}  // namespace
}  // namespace bellhop::rules
