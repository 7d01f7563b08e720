#include "parsers/text/quantity.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(Duration, ReadsWhatPeopleWrite) {
    EXPECT_EQ(parse_duration("30s"), seconds{30});
    EXPECT_EQ(parse_duration("10 min"), seconds{600});
    EXPECT_EQ(parse_duration("2h"), seconds{7200});
    EXPECT_EQ(parse_duration("1h 30min"), seconds{5400});
    EXPECT_EQ(parse_duration("1h30m"), seconds{5400});
    EXPECT_EQ(parse_duration("90d"), seconds{90 * 86400});
    EXPECT_EQ(parse_duration("2 weeks"), seconds{14 * 86400});
    EXPECT_EQ(parse_duration("0s"), seconds{0});
}

TEST(Duration, RefusesEverythingElse) {
    for (const char* text : {"", "30", "s", "-1s", "1.5h", "5 business days", "1h,", "99999999999h",
                             "99999999999999999999s", " 1s", "1 fortnight"}) {
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
    }
}

TEST(Duration, ReadsItsOwnText) {
    for (const std::int64_t count : {0, 1, 59, 60, 90, 3600, 3661, 86400, 90061, 604800}) {
        EXPECT_EQ(parse_duration(duration_text(seconds{count})), seconds{count});
    }
    EXPECT_EQ(duration_text(seconds{90}), "1min 30s");
}

TEST(Size, KnowsDecimalAndBinaryUnits) {
    EXPECT_EQ(parse_size("25MB"), 25'000'000U);
    EXPECT_EQ(parse_size("16 MiB"), 16U * 1024 * 1024);
    EXPECT_EQ(parse_size("512 kB"), 512'000U);
    EXPECT_EQ(parse_size("7 bytes"), 7U);
    for (const char* text : {"", "25", "MB", "-1MB", "1mb", "1 MB x", "9999999999999 GB"}) {
        EXPECT_EQ(parse_size(text), std::nullopt) << text;
    }
}

TEST(Size, ReadsItsOwnText) {
    for (const std::size_t bytes :
         {1UL, 1000UL, 1024UL, 25'000'000UL, 268'435'456UL, 1'000'001UL}) {
        EXPECT_EQ(parse_size(size_text(bytes)), bytes);
    }
    EXPECT_EQ(size_text(25'000'000), "25 MB");
    EXPECT_EQ(size_text(268'435'456), "256 MiB");
}

TEST(Date, MustExist) {
    using std::chrono::day;
    using std::chrono::month;
    using std::chrono::year;
    EXPECT_EQ(parse_date("2028-02-29"), year{2028} / month{2} / day{29});
    for (const char* text :
         {"2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01x", ""}) {
        EXPECT_EQ(parse_date(text), std::nullopt) << text;
    }
}

TEST(TimeOfDay, EndsAtMidnight) {
    EXPECT_EQ(parse_time_of_day("08:30"), minutes{510});
    EXPECT_EQ(parse_time_of_day("8:30"), minutes{510});
    EXPECT_EQ(parse_time_of_day("24:00"), minutes{1440});
    for (const char* text : {"24:01", "8.30", "08:60", "8", "", "08:30:00", ":30", "008:30"}) {
        EXPECT_EQ(parse_time_of_day(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace bellhop::parsers
