#include "daemon/view/table.hpp"

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

TEST(Table, IsAsWideAsWhatStandsInIt) {
    EXPECT_EQ(
        table({{"NO", 5, true}, {"NAME", 10}, {"X"}}, {{"7", "Zoë", "a"}, {"1042", "Al", ""}}),
        "  NO  NAME  X\n"
        "   7  Zoë   a\n"
        "1042  Al\n");
}

TEST(Table, LeavesOutColumnsWithNothingInThem) {
    EXPECT_EQ(table({{"A"}, {"B"}, {"C"}}, {{"1", "", "3"}, {"4", "", "6"}}),
              "A  C\n"
              "1  3\n"
              "4  6\n");
}

TEST(Table, CutsWhatIsTooWideAndShowsNoControls) {
    EXPECT_EQ(table({{"A", 4}, {"B", 20}}, {{"abcdefgh", "x\x1b[31m\ny"}}),
              "A      B\n"
              "abcd…  x [31m y\n");
}

TEST(Table, OfNothingIsItsHeadings) {
    EXPECT_EQ(table({{"A"}}, {}), "\n");
}

}  // namespace
}  // namespace bellhop::daemon
