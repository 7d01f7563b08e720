#include "rules/calendar/local_time.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

// 2026-10-25 is the night on which British Summer Time ends.
constexpr std::chrono::sys_seconds before_the_change{1'792'888'200s};  // 2026-10-25T00:30:00Z

TEST(LocalWords, SpeaksTheDesksOwnTime) {
    EXPECT_EQ(local_words(before_the_change, "Europe/London"), "Sunday 25 October, 1.30 am");
    EXPECT_EQ(local_words(before_the_change + 1h, "Europe/London"), "Sunday 25 October, 1.30 am");
    EXPECT_EQ(local_words(before_the_change + 13h, "Europe/London"), "Sunday 25 October, 1.30 pm");
    EXPECT_EQ(local_words(before_the_change + 12h - 30min, "Europe/London"),
              "Sunday 25 October, 12 noon");
}

TEST(LocalWords, MarksUtcWhereTheZoneIsUnknown) {
    EXPECT_EQ(local_words(before_the_change, "Mars/Olympus"), "Sunday 25 October, 12.30 am UTC");
}

}  // namespace
}  // namespace bellhop::rules
