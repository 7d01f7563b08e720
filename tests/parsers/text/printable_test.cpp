#include "parsers/text/printable.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"

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

TEST(Printable, DisarmsEveryCharacterThatCommandsATerminal) {
    const auto shown = [](char32_t character) {
        std::string text = "a";
        append_utf8(text, character);
        return printable(text + "b", 100);
    };
    using Range = std::pair<char32_t, char32_t>;
    for (const auto& [first, last] :
         {Range{0, 0x1f}, Range{0x7f, 0x9f}, Range{0x2028, 0x202e}, Range{0x2066, 0x2069}}) {
        for (char32_t character = first; character <= last; ++character) {
            EXPECT_EQ(shown(character), "a?b") << static_cast<unsigned>(character);
        }
    }
    for (const char32_t harmless : {0x20, 0x7e, 0xa0, 0x2027, 0x202f, 0x2065, 0x206a}) {
        EXPECT_NE(shown(harmless), "a?b") << static_cast<unsigned>(harmless);
    }
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
