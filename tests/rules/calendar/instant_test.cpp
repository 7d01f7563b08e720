#include "rules/calendar/instant.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

TEST(Instant, ReadsAndWritesRfc3339) {
    for (const std::string text : {"2026-10-26T12:30:05Z", "1969-12-31T23:59:59Z",
                                   "2000-02-29T00:00:00Z", "9999-12-31T23:59:59Z"}) {
        ASSERT_TRUE(parse_instant(text)) << text;
        EXPECT_EQ(to_text(*parse_instant(text)), text);
    }
    EXPECT_EQ(to_text(*parse_instant("2026-10-26T12:30:05+05:30")), "2026-10-26T07:00:05Z");
    EXPECT_EQ(to_text(*parse_instant("2026-10-26T12:30:05-01:00")), "2026-10-26T13:30:05Z");
}

TEST(Instant, RefusesEverythingElse) {
    for (const std::string text :
         {"", "2026-10-26", "2026-10-26T12:30:05", "2026-10-26 12:30:05Z", "2026-10-26T24:00:00Z",
          "2026-10-26T12:60:00Z", "2026-10-26T12:30:60Z", "2026-02-30T12:30:00Z",
          "2026-10-26T12:30:05.5Z", "2026-10-26T12:30:05+0530", "2026-10-26T12:30:05Zx"}) {
        EXPECT_FALSE(parse_instant(text)) << text;
    }
}

}  // namespace
}  // namespace bellhop::rules
