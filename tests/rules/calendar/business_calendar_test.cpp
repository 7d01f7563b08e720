#include "rules/calendar/business_calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/calendar/local_words.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

std::string shown(const BusinessCalendar& calendar,
                  const std::optional<std::chrono::sys_seconds>& instant) {
    return instant ? moment_for_log(calendar, *instant) : "never";
}

/// When `work` is done that begins at `start`, on a London clock.
std::string done(const BusinessCalendar& calendar,
                 std::string_view start,
                 std::chrono::seconds work) {
    return shown(calendar, calendar.add_working_time(london(start), work));
}

std::string days_later(const BusinessCalendar& calendar, std::string_view start, int days) {
    return shown(calendar, calendar.add_business_days(london(start), days));
}

TEST(BusinessCalendar, CountsWorkingTimeOnly) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    EXPECT_EQ(done(desk, "2026-09-15 09:00", 4h), "Tue 2026-09-15 13:00 BST");
    EXPECT_EQ(done(desk, "2026-09-15 15:00", 4h), "Wed 2026-09-16 11:00 BST");
    EXPECT_EQ(done(desk, "2026-09-15 06:00", 30min), "Tue 2026-09-15 09:00 BST");
    EXPECT_EQ(done(desk, "2026-09-15 20:00", 30min), "Wed 2026-09-16 09:00 BST");
    EXPECT_EQ(done(desk, "2026-09-18 15:00", 4h), "Mon 2026-09-21 11:30 BST")
        << "Friday ends at 16:00";
    EXPECT_EQ(done(desk, "2026-09-15 09:00:20", 90s), "Tue 2026-09-15 09:01:50 BST");
}

TEST(BusinessCalendar, EndsAtTheClosingInstantNotNextMorning) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    EXPECT_EQ(done(desk, "2026-09-15 08:30", 8h), "Tue 2026-09-15 16:30 BST");
    EXPECT_EQ(done(desk, "2026-09-15 08:30", 8h + 1s), "Wed 2026-09-16 08:30:01 BST");
    EXPECT_EQ(done(desk, "2026-09-15 16:30", 0s), "Wed 2026-09-16 08:30 BST");
}

TEST(BusinessCalendar, UsesTheHoursOfTheSeason) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    // Half-term is outside term: the desk is open, half an hour less.
    EXPECT_EQ(done(desk, "2026-10-23 15:00", 2h), "Mon 2026-10-26 09:30 GMT");
    EXPECT_EQ(done(desk, "2026-10-26 08:30", 8h), "Tue 2026-10-27 09:00 GMT");
    EXPECT_EQ(done(desk, "2026-08-12 06:00", 9h), "Wed 2026-08-12 16:00 BST")
        << "exam download day";
    EXPECT_EQ(done(desk, "2026-12-18 11:00", 2h), "Mon 2026-12-21 09:30 GMT") << "last day of term";
    EXPECT_EQ(done(desk, "2026-12-23 15:30", 1h), "Mon 2027-01-04 09:00 GMT") << "Christmas";
    EXPECT_EQ(done(desk, "2026-04-02 15:30", 1h), "Tue 2026-04-07 09:00 BST") << "Easter";
}

TEST(BusinessCalendar, KeepsBusinessDaysToTheTimeOfDay) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    EXPECT_EQ(days_later(desk, "2026-09-15 10:20", 1), "Wed 2026-09-16 10:20 BST");
    EXPECT_EQ(days_later(desk, "2026-09-17 16:20", 1), "Fri 2026-09-18 16:00 BST")
        << "closing time";
    EXPECT_EQ(days_later(desk, "2026-09-18 18:00", 1), "Tue 2026-09-22 08:30 BST")
        << "from Monday on";
    EXPECT_EQ(days_later(desk, "2026-10-23 10:00", 5), "Fri 2026-10-30 10:00 GMT");
    EXPECT_EQ(days_later(desk, "2026-08-11 15:45", 1), "Wed 2026-08-12 15:45 BST");
    EXPECT_EQ(days_later(desk, "2026-08-12 07:10", 1), "Thu 2026-08-13 08:30 BST")
        << "before opening";
    EXPECT_EQ(days_later(desk, "2026-12-23 10:00", 1), "Mon 2027-01-04 10:00 GMT");
    EXPECT_EQ(days_later(desk, "2026-09-15 20:00", 0), "Wed 2026-09-16 08:30 BST");
}

TEST(BusinessCalendar, MovesBusinessDaysOutOfTheLunchBreak) {
    CalendarPlan plan = office_plan();
    plan.special_days = {{"lunch", date("2026-09-16"), hours("09:00-12:00, 13:00-17:00")}};
    const BusinessCalendar desk = calendar_of(plan);
    EXPECT_EQ(days_later(desk, "2026-09-15 12:00", 1), "Wed 2026-09-16 12:00 BST");
    EXPECT_EQ(days_later(desk, "2026-09-15 12:01", 1), "Wed 2026-09-16 13:00 BST");
}

TEST(BusinessCalendar, ClosesASchoolOutOfTerm) {
    const BusinessCalendar school = calendar_of(school_plan());
    EXPECT_EQ(done(school, "2026-10-23 15:30", 1h), "Mon 2026-11-02 08:30 GMT");
    EXPECT_EQ(days_later(school, "2026-12-18 09:15", 1), "Mon 2027-01-04 09:15 GMT");
    EXPECT_EQ(school.day_in_force(date("2026-10-28")).source, DaySource::unpublished);
    EXPECT_EQ(school.unpublished_between(london("2026-10-23 15:30"), london("2026-11-02 08:30")),
              "October half-term");
    EXPECT_EQ(school.unpublished_between(london("2026-10-22 15:30"), london("2026-10-23 08:30")),
              std::nullopt);
}

TEST(BusinessCalendar, LetsTheMoreSpecificReplaceTheRest) {
    CalendarPlan plan = provider_plan();
    plan.special_days.push_back({"open all the same", date("2026-05-04"), hours("10:00-12:00")});
    plan.special_days.push_back({"inspection", date("2026-09-15"), {}});
    const BusinessCalendar desk = calendar_of(plan);
    EXPECT_EQ(desk.day_in_force(date("2026-05-04")),
              (DayInForce{hours("10:00-12:00"), DaySource::special_day, "open all the same"}));
    EXPECT_EQ(desk.day_in_force(date("2026-09-15")),
              (DayInForce{{}, DaySource::special_day, "inspection"}));
    EXPECT_EQ(desk.day_in_force(date("2026-12-25")),
              (DayInForce{{}, DaySource::closure, "Christmas shutdown"}));
    EXPECT_EQ(desk.day_in_force(date("2026-10-23")),
              (DayInForce{hours("08:30-16:00"), DaySource::period, "autumn term, first half"}));
    EXPECT_EQ(desk.day_in_force(date("2026-10-26")),
              (DayInForce{hours("08:30-16:00"), DaySource::weekly, "non-term"}));
}

TEST(BusinessCalendar, CountsElapsedTimeWhereTheClockIsChanged) {
    CalendarPlan plan;
    plan.zone = "Europe/London";
    plan.weekly = week({{"sun", "00:00-24:00"}});
    const BusinessCalendar always = calendar_of(plan);
    const auto open_on = [&](std::string_view day, std::string_view next) {
        return always.working_time_between(london(std::string{day} + " 00:00"),
                                           london(std::string{next} + " 00:00"));
    };
    EXPECT_EQ(open_on("2026-03-29", "2026-03-30"), 23h);
    EXPECT_EQ(open_on("2026-10-25", "2026-10-26"), 25h);
    EXPECT_EQ(open_on("2026-11-01", "2026-11-02"), 24h);

    plan.weekly = week({{"sun", "01:15-01:45"}});
    const BusinessCalendar edge = calendar_of(plan);
    const auto a_week_of = [&](std::string_view from) {
        return edge.working_time_between(utc(from), utc(from) + 24h);
    };
    EXPECT_EQ(a_week_of("2026-03-29T00:00:00Z"), 0min) << "the clock skips these minutes";
    EXPECT_EQ(a_week_of("2026-10-25T00:00:00Z"), 60min) << "the clock shows them twice";
    EXPECT_THAT(edge.open_spans(utc("2026-10-25T00:00:00Z"), utc("2026-10-26T00:00:00Z")),
                ElementsAre(OpenSpan{utc("2026-10-25T00:15:00Z"), utc("2026-10-25T00:45:00Z")},
                            OpenSpan{utc("2026-10-25T01:15:00Z"), utc("2026-10-25T01:45:00Z")}));
}

TEST(BusinessCalendar, CountsANightShiftToTheDateItStartsOn) {
    CalendarPlan plan;
    plan.zone = "Europe/London";
    plan.weekly = week({{"mon tue wed thu fri", "22:00-06:00"}});
    plan.closures = {{"no shift", date("2026-09-16"), date("2026-09-16")}};
    const BusinessCalendar night = calendar_of(plan);
    EXPECT_TRUE(night.is_open(london("2026-09-16 05:59")));
    EXPECT_FALSE(night.is_open(london("2026-09-16 06:00")));
    EXPECT_FALSE(night.is_open(london("2026-09-16 23:00")));
    EXPECT_FALSE(night.is_open(london("2026-09-17 05:00"))) << "the closure takes the whole shift";
    EXPECT_EQ(night.working_date(london("2026-09-16 05:59")), date("2026-09-15"));
    EXPECT_EQ(days_later(night, "2026-09-16 01:00", 1), "Fri 2026-09-18 01:00 BST");
}

TEST(BusinessCalendar, TellsWhenItOpensAndCloses) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    EXPECT_EQ(shown(desk, desk.next_open(london("2026-12-23 16:00"))), "Mon 2027-01-04 08:30 GMT");
    EXPECT_EQ(shown(desk, desk.next_open(london("2026-09-15 12:00"))), "Tue 2026-09-15 12:00 BST");
    EXPECT_EQ(shown(desk, desk.next_close(london("2026-09-15 12:00"))), "Tue 2026-09-15 16:30 BST");
    EXPECT_EQ(shown(desk, desk.next_close(london("2026-09-15 16:30"))), "Wed 2026-09-16 16:30 BST");
    EXPECT_EQ(shown(desk, desk.rolled_forward(london("2026-09-15 16:30"))),
              "Tue 2026-09-15 16:30 BST");
    EXPECT_EQ(shown(desk, desk.rolled_forward(london("2026-09-15 16:31"))),
              "Wed 2026-09-16 08:30 BST");
}

TEST(BusinessCalendar, NeverLooksFurtherThanTheHorizon) {
    CalendarPlan plan;
    plan.zone = "Europe/London";
    const BusinessCalendar never = calendar_of(plan);
    EXPECT_FALSE(never.next_open(london("2026-09-15 12:00")));
    EXPECT_FALSE(never.next_close(london("2026-09-15 12:00")));
    EXPECT_FALSE(never.add_working_time(london("2026-09-15 12:00"), 1s));
    EXPECT_FALSE(never.add_business_days(london("2026-09-15 12:00"), 1));
    EXPECT_EQ(never.working_time_between(london("2026-09-15 12:00"), london("2036-09-15 12:00")),
              0s);

    plan.weekly = week({{"mon tue wed thu fri sat sun", "00:00-24:00"}});
    const BusinessCalendar always = calendar_of(plan);
    EXPECT_FALSE(always.next_close(london("2026-09-15 12:00")));
    EXPECT_TRUE(always.add_working_time(utc("2026-09-15T12:00:00Z"), search_horizon));
    EXPECT_FALSE(always.add_working_time(utc("2026-09-15T12:00:00Z"), search_horizon + 1s));
    EXPECT_EQ(always.working_time_between(utc("1969-01-01T00:00:00Z"), utc("2069-01-01T00:00:00Z")),
              utc("2069-01-01T00:00:00Z") - utc("1969-01-01T00:00:00Z"));
}

TEST(BusinessCalendar, TellsAllThatIsWrongWithAPlan) {
    CalendarPlan plan = office_plan("Europe/Lodnon");
    plan.weekly.on(std::chrono::Monday) = hours("09:00-12:00, 11:00-17:00");
    plan.periods = {{"term", date("2026-09-02"), date("2026-10-23")},
                    {"half-term", date("2026-10-23"), date("2026-10-30")},
                    {"backwards", date("2026-12-18"), date("2026-11-02")}};
    plan.closures = {{"a", date("2026-12-24"), date("2027-01-01")},
                     {"b", date("2026-12-25"), date("2026-12-25")}};
    plan.special_days = {{"x", date("2026-12-18"), {}}, {"y", date("2026-12-18"), {}}};
    const auto calendar = BusinessCalendar::create(plan);
    ASSERT_TRUE(calendar.has_error());
    EXPECT_THAT(calendar.error(),
                ElementsAre("unknown time zone \"Europe/Lodnon\"",
                            "weekly hours, mon: \"09:00-12:00\" and \"11:00-17:00\" overlap",
                            "period \"half-term\" overlaps \"term\" on 2026-10-23",
                            "period \"backwards\" ends before it begins",
                            "closure \"b\" overlaps \"a\" on 2026-12-25",
                            "2026-12-18 stands twice among the special days"));
}

}  // namespace
}  // namespace bellhop::rules
