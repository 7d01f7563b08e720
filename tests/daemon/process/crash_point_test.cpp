#include "daemon/process/crash_point.hpp"

#include <csignal>
#include <cstdlib>

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

/// Passes the points in a process of its own, which then ends with status 0 if it still can.
void pass(const char* plan, std::initializer_list<const char*> points) {
    if (plan == nullptr) {
        unsetenv("BELLHOP_CRASH_AT");
    } else {
        setenv("BELLHOP_CRASH_AT", plan, 1);
    }
    for (const char* point : points) crash_point(point);
    std::exit(0);
}

TEST(CrashPointDeathTest, KillsAtThePointThatIsNamed) {
    const auto killed = testing::KilledBySignal(SIGKILL);
    EXPECT_EXIT(pass("commit", {"begin", "commit"}), killed, "");
    EXPECT_EXIT(pass("commit:3", {"commit", "commit", "commit"}), killed, "");
}

TEST(CrashPointDeathTest, LetsEverythingElsePass) {
    const auto lives = testing::ExitedWithCode(0);
    EXPECT_EXIT(pass(nullptr, {"commit", "begin"}), lives, "");
    EXPECT_EXIT(pass("", {"commit"}), lives, "");
    EXPECT_EXIT(pass("commit:3", {"commit", "commit", "begin"}), lives, "");
    EXPECT_EXIT(pass("comm", {"commit"}), lives, "");
}

}  // namespace
}  // namespace bellhop::daemon
