#include "rules/calendar/opening_hours.hpp"

#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

TEST(OpeningHours, ReadsWhatPeopleWrite) {
    EXPECT_EQ(parse_opening_hours("08:30-16:30"), (OpeningHours{8h + 30min, 16h + 30min}));
    EXPECT_EQ(parse_opening_hours("8:30 - 16:30"), (OpeningHours{8h + 30min, 16h + 30min}));
    EXPECT_EQ(parse_opening_hours("08:30–16:30"), (OpeningHours{8h + 30min, 16h + 30min}));
    EXPECT_EQ(parse_opening_hours("00:00-24:00"), (OpeningHours{0h, 24h}));
    EXPECT_EQ(parse_opening_hours("22:00-06:00"), (OpeningHours{22h, 30h}));
    EXPECT_EQ(parse_opening_hours("22:00-30:00"), (OpeningHours{22h, 30h}));
}

TEST(OpeningHours, RefusesWhatIsNoSpan) {
    for (const std::string text :
         {"", "08:30", "08:30-", "-16:30", "08:30-08:30", "8-16", "24:00-25:00", "08:60-09:00",
          "08:30-48:01", "08:30-16:300", "+8:30-16:30", "08:30--16:30", "08:30-16:30x"}) {
        EXPECT_FALSE(parse_opening_hours(text)) << text;
    }
}

TEST(OpeningHours, ComplainsAboutOrderAndOverlap) {
    EXPECT_EQ(complaint_about(hours("08:30-12:00, 12:00-16:30")), "");
    EXPECT_EQ(complaint_about(hours("08:30-12:00, 11:00-16:30")),
              "\"08:30-12:00\" and \"11:00-16:30\" overlap");
    EXPECT_EQ(complaint_about(hours("13:00-16:30, 08:30-12:00")),
              "\"13:00-16:30\" and \"08:30-12:00\" are in the wrong order");
}

TEST(OpeningHours, ReadsAndWritesDates) {
    EXPECT_EQ(to_text(date("2028-02-29")), "2028-02-29");
    for (const std::string text : {"2026-02-29", "2026-13-01", "2026-00-01", "26-01-01",
                                   "2026/01/01", "2026-01-32", "2026-1-1", "2026-01-0x"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
}

TEST(OpeningHours, WritesHoursAsTheyAreRead) {
    EXPECT_EQ(to_text(hours("08:30-12:00, 13:00-24:00")), "08:30-12:00, 13:00-24:00");
    EXPECT_EQ(to_text(hours("22:00-30:00")), "22:00-06:00");
    EXPECT_EQ(to_text(DayHours{}), "closed");
}

TEST(OpeningHours, KnowsTheDaysOfTheWeek) {
    EXPECT_EQ(parse_weekday("mon"), std::chrono::Monday);
    EXPECT_EQ(parse_weekday("Sunday"), std::chrono::Sunday);
    EXPECT_FALSE(parse_weekday("mo"));
    EXPECT_EQ(short_name(std::chrono::Saturday), "sat");
}

}  // namespace
}  // namespace bellhop::rules
