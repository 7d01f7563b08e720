#include "parsers/text/ensure.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

enum class Way { in, out };

const char* name_of(Way way) {
    switch (way) {
        case Way::in:
            return "in";
        case Way::out:
            return "out";
    }
    never_reached();
}

TEST(Ensure, DoesNothingWhereTheConditionHolds) {
    int asked = 0;
    ensure(++asked == 1);
    ensure(std::pair<int, int>{1, 2}.first == 1);
    EXPECT_EQ(asked, 1);
}

TEST(EnsureDeathTest, SaysWhatIsBrokenAndWhere) {
    const int pages = 3;
    EXPECT_EXIT(ensure(pages < 3), testing::KilledBySignal(SIGABRT),
                "bellhop: a fault of the program: .*ensure_test.cpp:[0-9]+: ensure\\(pages < 3\\)");
}

TEST(EnsureDeathTest, EndsASwitchThatHasNamedAll) {
    EXPECT_STREQ(name_of(Way::out), "out");
    EXPECT_EXIT(name_of(static_cast<Way>(7)), testing::KilledBySignal(SIGABRT), "never reached");
}

}  // namespace
}  // namespace bellhop::parsers
