#include "daemon/process/private_memory.hpp"

#include <gtest/gtest.h>
#include <sys/prctl.h>

namespace bellhop::daemon {
namespace {

TEST(PrivateMemory, LeavesNoCore) {
    ASSERT_EQ(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0), 0);
    keep_memory_private();
    EXPECT_EQ(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

}  // namespace
}  // namespace bellhop::daemon
