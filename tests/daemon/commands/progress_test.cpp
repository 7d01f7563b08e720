#include "daemon/commands/progress.hpp"

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

TEST(Progress, IsALine) {
    EXPECT_EQ(progress_line(0, 50'000, "mails"),
              "[..............................]   0 % of 50,000 mails");
    EXPECT_EQ(progress_line(25'000, 50'000, "mails"),
              "[###############...............]  50 % of 50,000 mails");
    EXPECT_EQ(progress_line(999, 999, "tickets"),
              "[##############################] 100 % of 999 tickets");
}

TEST(Progress, IsDoneWhereThereIsNothingOrMoreThanWasTold) {
    EXPECT_EQ(progress_line(0, 0, "mails"), "[##############################] 100 % of 0 mails");
    EXPECT_EQ(progress_line(1'000'001, 1'000'000, "mails"),
              "[##############################] 100 % of 1,000,000 mails");
}

}  // namespace
}  // namespace bellhop::daemon
