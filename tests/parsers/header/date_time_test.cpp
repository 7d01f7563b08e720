#include "parsers/header/date_time.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using namespace std::chrono;

constexpr sys_seconds noon = sys_days{2026y / March / 5} + 12h;

TEST(DateTime, ReadsRfc5322) {
    EXPECT_EQ(parse_date_time("Thu, 5 Mar 2026 12:00:00 +0000"), noon);
    EXPECT_EQ(parse_date_time("Thu, 05 Mar 2026 13:00:00 +0100 (CET)"), noon);
    EXPECT_EQ(parse_date_time("5 Mar 2026 07:00 -0500"), noon);
    EXPECT_EQ(parse_date_time("Thu, 5 Mar 2026 17:30:00 +0530"), noon);
}

TEST(DateTime, ReadsObsoleteForms) {
    EXPECT_EQ(parse_date_time("Thu, 5 Mar 26 12:00 GMT"), noon);
    EXPECT_EQ(parse_date_time("Thursday, 5 March 2026 07:00:00 EST"), noon);
    EXPECT_EQ(parse_date_time("5 Mar 99 12:00 UT"), sys_days{1999y / March / 5} + 12h);
    EXPECT_EQ(parse_date_time("Thu (day), 5 (of) Mar 2026 12:00 (time) Z"), noon);
}

TEST(DateTime, ReadsWhatProgramsWrite) {
    EXPECT_EQ(parse_date_time("Thu Mar  5 12:00:00 2026"), noon);
    EXPECT_EQ(parse_date_time("Thu Mar  5 13:00:00 CET 2026"), noon);
    EXPECT_EQ(parse_date_time("2026-03-05T12:00:00Z"), noon);
    EXPECT_EQ(parse_date_time("2026-03-05T13:00:00.123+01:00"), noon);
    EXPECT_EQ(parse_date_time("2026-03-05 12:00:00"), noon);
    EXPECT_EQ(parse_date_time("5-Mar-2026 12.00.00"), noon);
    EXPECT_EQ(parse_date_time("Thu, 5 Mar 2026 2:00:00 PM GMT+2"), noon);
    EXPECT_EQ(parse_date_time("Thu, 5 Mar 2026 12:00:00 +9999"), noon);
}

TEST(DateTime, ReadsTheClockOfTwelveHours) {
    const sys_days day{2026y / March / 5};
    for (int hour = 0; hour < 24; ++hour) {
        const std::string shown = std::to_string(hour % 12 == 0 ? 12 : hour % 12) + ":30:00 ";
        const std::string half = hour < 12 ? "AM" : "PM";
        EXPECT_EQ(parse_date_time("Thu, 5 Mar 2026 " + shown + half), day + hours{hour} + 30min)
            << shown << half;
    }
}

TEST(DateTime, RefusesWhatIsNone) {
    for (const char* bad : {"", "today", "Thu, 31 Feb 2026 12:00:00 +0000", "12:00", "5 2026",
                            "5 Mar 0026", "99 Mar 2026", "5 Mar 20266"}) {
        EXPECT_EQ(parse_date_time(bad), std::nullopt) << bad;
    }
    EXPECT_EQ(parse_date_time(std::string(1000000, '(')), std::nullopt);
}

}  // namespace
}  // namespace bellhop::parsers
