#include "rules/calendar/local_words.hpp"

#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

TEST(LocalWords, TellsTheTimeOfDay) {
    const std::vector<std::pair<std::chrono::seconds, std::pair<std::string, std::string>>> times =
        {{8h + 30min, {"8.30 am", "8:30 a.m."}},
         {8h, {"8 am", "8:00 a.m."}},
         {12h, {"12 noon", "noon"}},
         {0h, {"12 midnight", "midnight"}},
         {12h + 5min, {"12.05 pm", "12:05 p.m."}},
         {16h + 4min + 1s, {"4.05 pm", "4:05 p.m."}},
         {23h + 59min + 1s, {"12 midnight", "midnight"}}};
    for (const auto& [time, words] : times) {
        EXPECT_EQ(time_in_words(time, WordStyle::british), words.first);
        EXPECT_EQ(time_in_words(time, WordStyle::american), words.second);
    }
}

TEST(LocalWords, TellsAMomentOnTheDesksClock) {
    const BusinessCalendar calendar = calendar_of(provider_plan());
    const auto now = london("2026-10-23 15:00");
    EXPECT_EQ(moment_in_words(calendar, utc("2026-11-02T08:30:00Z"), now, WordStyle::british),
              "Monday 2 November, 8.30 am");
    EXPECT_EQ(moment_in_words(calendar, utc("2026-10-23T14:30:00Z"), now, WordStyle::american),
              "Friday, October 23, 3:30 p.m.");
    EXPECT_EQ(moment_in_words(calendar, utc("2027-01-04T08:30:00Z"), now, WordStyle::british),
              "Monday 4 January 2027, 8.30 am");
    EXPECT_EQ(moment_in_words(calendar, utc("2026-10-23T22:59:30Z"), now, WordStyle::british),
              "Saturday 24 October, 12 midnight");
}

TEST(LocalWords, WritesMomentsAndSpansForExplanations) {
    const BusinessCalendar calendar = calendar_of(provider_plan());
    EXPECT_EQ(moment_for_log(calendar, utc("2026-07-01T07:30:00Z")), "Wed 2026-07-01 08:30 BST");
    EXPECT_EQ(moment_for_log(calendar, utc("2026-11-02T08:30:07Z")), "Mon 2026-11-02 08:30:07 GMT");
    EXPECT_EQ(span_for_log(4h + 20min), "4 h 20 min");
    EXPECT_EQ(span_for_log(-(1h + 35s)), "-1 h 35 s");
    EXPECT_EQ(span_for_log(0s), "0 min");
}

}  // namespace
}  // namespace bellhop::rules
