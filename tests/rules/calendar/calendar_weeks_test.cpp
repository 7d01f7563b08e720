#include "rules/calendar/calendar_weeks.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/config/config_file.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

struct Read {
    WeeklyHours week = {};
    std::string complaints = {};  ///< messages, one a line
};

Read read(const std::string& text) {
    const auto file = parsers::ConfigFile::parse("calendar.toml", text);
    EXPECT_TRUE(file.has_value()) << text;
    parsers::Diagnostics found;
    parsers::ConfigTable root = file->root(found);
    Read result;
    result.week = read_week(root);
    for (const parsers::Diagnostic& each : found) result.complaints += each.message + '\n';
    return result;
}

TEST(CalendarWeeks, ReadsDaysInEveryWayOfWritingThem) {
    const WeeklyHours weekdays = week({{"mon tue wed thu fri", "08:30-12:00, 13:00-16:00"}});
    for (const std::string text :
         {"weekdays = [\"08:30-12:00\", \"13:00-16:00\"]",
          "weekdays = \"08:30-12:00, 13:00-16:00\"",
          "monday_to_friday = \"08:30-12:00,13:00-16:00\"",
          "every_day = \"08:30-12:00, 13:00-16:00\"\nweekend = \"closed\""}) {
        const Read result = read(text);
        EXPECT_EQ(result.week, weekdays) << text;
        EXPECT_EQ(result.complaints, "") << text;
    }
}

TEST(CalendarWeeks, LetsFewerDaysCountBeforeMore) {
    EXPECT_EQ(read("friday = \"08:00-12:00\"\nweekdays = \"08:00-16:00\"").week,
              week({{"mon tue wed thu", "08:00-16:00"}, {"fri", "08:00-12:00"}}));
    // Over the end of the week.
    EXPECT_EQ(read("saturday_to_monday = \"10:00-11:00\"").week,
              week({{"sat sun mon", "10:00-11:00"}}));
}

TEST(CalendarWeeks, ComplainsOfWhatItCannotTell) {
    EXPECT_EQ(read("mondy = \"08:00-16:00\"").complaints, "unknown day \"mondy\"\n");
    EXPECT_EQ(read("monday_to_monday = \"08:00-16:00\"").complaints,
              "unknown day \"monday_to_monday\"\n");
    EXPECT_EQ(read("monday = \"8 till 4\"").complaints, "no opening hours \"8 till 4\"\n");
    EXPECT_EQ(read("monday_to_tuesday = \"08:00-16:00\"\nweekend = \"10:00-11:00\"\n"
                   "sunday_to_monday = \"09:00-10:00\"")
                  .complaints,
              "the hours of one day are said twice, by weekend and sunday_to_monday\n");
}

TEST(CalendarWeeks, RefusesSpansThatOverlap) {
    const Read result = read("monday = [\"08:00-12:00\", \"11:00-16:00\"]");
    EXPECT_NE(result.complaints, "");
    EXPECT_EQ(result.week, WeeklyHours{});
}

TEST(CalendarWeeks, KeepsWordsWithAMeaningOfTheirOwn) {
    const auto file = parsers::ConfigFile::parse(
        "calendar.toml", "[closed]\nmonday = \"08:00-16:00\"\n[term]\nmonday = \"08:00-16:00\"");
    ASSERT_TRUE(file.has_value());
    parsers::Diagnostics found;
    parsers::ConfigTable root = file->root(found);
    const NamedWeeks weeks = read_weeks(root);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].message, "hours cannot be called \"closed\"");
    EXPECT_EQ(weeks.at("term"), week({{"mon", "08:00-16:00"}}));
}

}  // namespace
}  // namespace bellhop::rules
