#include "rules/calendar/local_zone.hpp"

#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

LocalZone zone(std::string_view name) {
    return LocalZone::find(name).value();
}

TEST(LocalZone, KnowsOnlyNamesOfTheDatabase) {
    for (const std::string name : {"Europe/London", "Etc/UTC", "America/Argentina/Buenos_Aires",
                                   "Etc/GMT+5", "America/Port-au-Prince"}) {
        EXPECT_TRUE(LocalZone::find(name)) << name;
    }
    for (const std::string name :
         {"", "Europe/Lodnon", "localtime", "/etc/localtime", "../etc/passwd", "Fixed/UTC+01:00:00",
          "Europe/London\n", "Mars/Phobos Base"}) {
        EXPECT_FALSE(LocalZone::find(name)) << name;
    }
}

TEST(LocalZone, ShowsTheClockOnTheWall) {
    EXPECT_EQ(zone("Europe/London").wall_clock(utc("2026-07-01T23:30:15Z")),
              (WallClock{date("2026-07-02"), 30min + 15s, 1h, "BST"}));
    EXPECT_EQ(zone("Asia/Kolkata").wall_clock(utc("1969-12-31T20:00:00Z")),
              (WallClock{date("1970-01-01"), 1h + 30min, 5h + 30min, "IST"}));
    EXPECT_EQ(zone("America/Sao_Paulo").wall_clock(utc("2026-01-01T02:59:59Z")).date,
              date("2025-12-31"));
}

TEST(LocalZone, TakesTheChangeForATimeThatIsSkippedAndTheFirstOfTwo) {
    EXPECT_EQ(zone("Europe/London").instant_of(date("2026-03-29"), 1h + 30min),
              utc("2026-03-29T01:00:00Z"));
    EXPECT_EQ(zone("Europe/London").instant_of(date("2026-10-25"), 1h + 30min),
              utc("2026-10-25T00:30:00Z"));
    EXPECT_EQ(zone("Europe/London").instant_of(date("2026-10-24"), 26h),
              utc("2026-10-25T02:00:00Z"));
    // Samoa went without the whole of 30 December 2011.
    EXPECT_EQ(zone("Pacific/Apia").instant_of(date("2011-12-30"), 12h),
              utc("2011-12-30T10:00:00Z"));
}

TEST(LocalZone, ListsTheSpansBetweenChanges) {
    const auto spans =
        zone("Europe/London")
            .offsets_between(utc("2026-01-01T00:00:00Z"), utc("2027-01-01T00:00:00Z"));
    ASSERT_EQ(spans.size(), 3U);
    EXPECT_EQ(spans[1].begins, utc("2026-03-29T01:00:00Z"));
    EXPECT_EQ(spans[1].ends, utc("2026-10-25T01:00:00Z"));
    EXPECT_EQ(spans[1].offset, 1h);
}

// What absl lists is "for informational purposes"; so it is compared with what each instant's clock
// shows.
TEST(LocalZone, SpansAgreeWithTheClockEveryQuarterOfAnHour) {
    for (const std::string name : {"Europe/London", "Europe/Dublin", "Australia/Lord_Howe",
                                   "Africa/Casablanca", "America/St_Johns", "Asia/Tehran"}) {
        const LocalZone place = zone(name);
        const auto from = utc("2026-01-01T00:00:00Z");
        for (const OffsetSpan& span : place.offsets_between(from, from + 24h * 365)) {
            for (auto instant = span.begins; instant < span.ends; instant += 15min) {
                ASSERT_EQ(place.wall_clock(instant).offset, span.offset) << name;
            }
        }
    }
}

}  // namespace
}  // namespace bellhop::rules
