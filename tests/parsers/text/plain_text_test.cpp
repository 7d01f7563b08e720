#include "parsers/text/plain_text.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(PlainText, FoldsEachLetterAtItsLength) {
    EXPECT_EQ(folded("ABC xyz 123"), "abc xyz 123");
    EXPECT_EQ(folded("ÉÀÖ Ž Ÿ"), "éàö ž ÿ");
    EXPECT_EQ(folded("ΑΩ Ά Έ"), "αω ά έ");
    EXPECT_EQ(folded("АЯ Ё"), "ая ё");
    EXPECT_EQ(folded("a\u00A0b"), "a  b");
    // What has no lower case of the same length stays, and so does what is no UTF-8.
    for (const std::string same : {"İ", "ß", "\u65E5", "\U0001F600", "×", "\xC3", "\xFF\xFE"})
        EXPECT_EQ(folded(same), same);
    const std::string mixed = "Ärger \xC3 mit İ und \u00A0 \xE2\x82";
    EXPECT_EQ(folded(mixed).size(), mixed.size());
}

TEST(PlainText, StripsBlanksOfEveryKind) {
    EXPECT_EQ(stripped(" \t\u00A0 a b \u00A0\r\n"), "a b");
    EXPECT_EQ(stripped("\u00A0\u00A0"), "");
    EXPECT_EQ(stripped(""), "");
    EXPECT_EQ(stripped("\xC2"), "\xC2");  // half a no-break space is none
    EXPECT_EQ(without_punctuation(" Thanks, Ann!.. "), "Thanks, Ann");
    EXPECT_EQ(without_punctuation("--"), "");
}

TEST(PlainText, CutsLines) {
    using Lines = std::vector<std::string_view>;
    EXPECT_EQ(lines_of("a\nb\r\n\nc"), (Lines{"a", "b", "", "c"}));
    EXPECT_EQ(lines_of("a\n"), (Lines{"a"}));
    EXPECT_EQ(lines_of("\n"), (Lines{""}));
    EXPECT_EQ(lines_of(""), Lines{});
}

TEST(PlainText, FindsWholeWordsInAnyScript) {
    EXPECT_TRUE(has_word("the fax is on", "fax"));
    EXPECT_TRUE(has_word("fax", "fax"));
    EXPECT_TRUE(has_word("telefax or fax?", "fax"));
    EXPECT_FALSE(has_word("telefax", "fax"));
    EXPECT_FALSE(has_word("faxe", "fax"));
    EXPECT_FALSE(has_word("éfax", "fax"));
}

TEST(PlainText, LooksForSeveralAtOnce) {
    constexpr std::array<std::string_view, 2> words{"one", "two"};
    EXPECT_TRUE(has_any("twofold", words));
    EXPECT_FALSE(has_any("three", words));
    EXPECT_TRUE(starts_with_any("onerous", words));
    EXPECT_FALSE(starts_with_any("a one", words));
}

TEST(PlainText, WritesAndReadsEveryCharacter) {
    for (const char32_t c : {U'a', U'\u007F', U'\u0080', U'\u07FF', U'\u0800', U'\uD7FF', U'\uE000',
                             U'\uFFFF', U'\U00010000', U'\U0010FFFF'}) {
        std::string text = "x";
        append_utf8(text, c);
        const CodePoint read = code_point_at(text, 1);
        EXPECT_EQ(read.value, c);
        EXPECT_EQ(read.length, text.size() - 1);
    }
}

TEST(PlainText, ShowsWhatIsNoCharacter) {
    std::string text;
    append_utf8(text, 0xD800);
    append_utf8(text, 0x110000);
    EXPECT_EQ(text, "\uFFFD\uFFFD");
    // Too long, cut, a surrogate, beyond the last, a byte alone: one byte each.
    for (const std::string bad : {"\xC0\xAF", "\xE0\x80\xAF", "\xE2\x82", "\xED\xA0\x80",
                                  "\xF4\x90\x80\x80", "\x80", "\xFF", "\xC3z"}) {
        const CodePoint read = code_point_at(bad, 0);
        EXPECT_EQ(read.value, 0xFFFDU) << bad;
        EXPECT_EQ(read.length, 1U) << bad;
    }
}

}  // namespace
}  // namespace bellhop::parsers
