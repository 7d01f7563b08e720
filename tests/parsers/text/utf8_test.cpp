#include "parsers/text/utf8.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(Utf8, IsToldFromOtherBytes) {
    EXPECT_TRUE(is_utf8("na\xC3\xAFve \xF0\x9F\x98\x80"));
    EXPECT_FALSE(is_utf8("\xC0\xAF"));          // overlong
    EXPECT_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
    EXPECT_FALSE(is_utf8("0123456789abcdef\xC3"));
    EXPECT_TRUE(is_ascii("0123456789abcdef"));
    EXPECT_FALSE(is_ascii("0123456789abcde\x80"));
    EXPECT_EQ(utf8_sequence_length(""), 0U);
    EXPECT_EQ(repaired_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
}

TEST(Utf8, IsCutBetweenCharacters) {
    EXPECT_EQ(utf8_prefix("aüb", 2), "a");
    EXPECT_EQ(utf8_prefix("aüb", 3), "aü");
    EXPECT_EQ(utf8_prefix("aüb", 10), "aüb");
}

TEST(FirstCharacter, TakesOneOfEachLength) {
    EXPECT_EQ(first_character("ab").code_point, U'a');
    EXPECT_EQ(first_character("\u00fcb").code_point, U'\u00fc');
    EXPECT_EQ(first_character("\u20acb").octets, "\u20ac");
    EXPECT_EQ(first_character("\U0001f600b").code_point, U'\U0001f600');
}

TEST(FirstCharacter, TakesOneOctetOfWhatIsNone) {
    for (const std::string text : {"\x80", "\xc0\x80", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80",
                                   "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xff", "\xe2\x82"}) {
        const std::string line = text + "x";
        const Utf8Character character = first_character(line);
        EXPECT_FALSE(character.is_valid);
        EXPECT_EQ(character.octets, text.substr(0, 1));
        EXPECT_EQ(character.code_point, 0xfffdU);
    }
}

TEST(IsControl, KnowsEveryLineEndOfUnicode) {
    for (const char32_t c : {0x00U, 0x0aU, 0x0bU, 0x0cU, 0x0dU, 0x7fU, 0x85U, 0x2028U, 0x2029U}) {
        EXPECT_TRUE(is_control(c));
    }
    EXPECT_FALSE(is_control(U' '));
    EXPECT_FALSE(is_control(0xa0));
}

}  // namespace
}  // namespace bellhop::parsers
