#include "parsers/text/printable.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(Printable, KeepsWhatIsHarmless) {
    EXPECT_EQ(printable("  Gr\u00fc\u00dfe \U0001F600 ", 100), "Gr\u00fc\u00dfe \U0001F600");
}

TEST(Printable, DisarmsTheRest) {
    EXPECT_EQ(printable("a\r\nlevel=error\x1b[2J", 100), "a??level=error?[2J");
    EXPECT_EQ(printable("a\u2028b\u202ec\u0085d\u2066e\xff", 100), "a?b?c?d?e?");
    EXPECT_EQ(printable(std::string_view("a\0b", 3), 100), "a?b");
}

TEST(Printable, EndsAtALimit) {
    EXPECT_EQ(printable("abcdef", 6), "abcdef");
    EXPECT_EQ(printable("abcdefg", 6), "abcdef...");
    EXPECT_EQ(printable("abcde\u00fc", 6), "abcde...");
    EXPECT_EQ(printable(std::string(100, 'x'), 3), "xxx...");
    EXPECT_EQ(printable("\xff\xff\xff\xff\xff\xff\xff\xff\xff", 2), "??...");
}

}  // namespace
}  // namespace bellhop::parsers
