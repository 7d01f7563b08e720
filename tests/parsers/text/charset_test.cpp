#include "parsers/text/charset.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(Charset, SubstitutesAsBrowsersDo) {
    EXPECT_EQ(to_utf8("10 \x80", "iso-8859-1"), "10 €");
    EXPECT_EQ(to_utf8("10 \x80", "\"ISO-8859-1\""), "10 €");
    EXPECT_EQ(to_utf8("\x93quoted\x94", "us-ascii"), "“quoted”");
    EXPECT_EQ(to_utf8("\xE9\x46", "gb2312"), to_utf8("\xE9\x46", "gb18030"));  // only in GBK
    EXPECT_EQ(to_utf8("\xB0\xA1", "ks_c_5601-1987"), "가");
    EXPECT_EQ(to_utf8("\x1B$B%F%9%H\x1B(B", "iso-2022-jp"), "テスト");
}

TEST(Charset, DoesNotBelieveWhatCannotBeTrue) {
    EXPECT_EQ(to_utf8("Gr\xC3\xBC\xC3\x9F"
                      "e",
                      "iso-8859-1"),
              "Grüße");
    EXPECT_EQ(to_utf8("Gr\xFC\xDF"
                      "e",
                      "utf-8"),
              "Grüße");
    EXPECT_EQ(to_utf8("Gr\xFC\xDF"
                      "e",
                      "x-unknown"),
              "Grüße");
    EXPECT_EQ(to_utf8("Gr\xFC\xDF"
                      "e",
                      "no-such-charset"),
              "Grüße");
    EXPECT_EQ(to_utf8("\x1B$B%F%9%H\x1B(B", ""), "テスト");
}

TEST(Charset, ReadsUtf8UnderAnyName) {
    for (const char* label : {"big5", "gb2312", "shift_jis", "euc-kr", "koi8-r", "iso-8859-2"}) {
        EXPECT_EQ(to_utf8("您好!今天好嗎", label), "您好!今天好嗎") << label;
    }
    // One pair of letters may be anything, and here is what was declared.
    EXPECT_EQ(to_utf8("\xD3\xB3", "iso-8859-2"), "Ół");
    EXPECT_EQ(to_utf8("\xC4\xE3\xBA\xC3", "gb2312"), "你好");
}

TEST(Charset, DetectsWhereTheDeclaredCharsetLosesMuch) {
    // "Здравствуйте, у нас не работает принтер" in Windows-1251, declared as Big5.
    EXPECT_EQ(to_utf8("\xC7\xE4\xF0\xE0\xE2\xF1\xF2\xE2\xF3\xE9\xF2\xE5, \xF3 \xED\xE0\xF1 "
                      "\xED\xE5 \xF0\xE0\xE1\xEE\xF2\xE0\xE5\xF2 "
                      "\xEF\xF0\xE8\xED\xF2\xE5\xF0",
                      "big5"),
              "Здравствуйте, у нас не работает принтер");
}

TEST(Charset, ReadsUtf16OfEitherEndWithoutAMark) {
    using namespace std::string_view_literals;
    EXPECT_EQ(to_utf8("H\0i\0 \0u\0"sv, "utf-16"), "Hi u");
    EXPECT_EQ(to_utf8("\0H\0i\0 \0u"sv, "utf-16"), "Hi u");
    EXPECT_EQ(to_utf8("\x1F\x04 \0\x40\x04"sv, "utf-16"), "П р");
    EXPECT_EQ(to_utf8("\xFF\xFEH\0i\0"sv, "utf-16"), "Hi");
}

TEST(Charset, TakesUtf16WithoutAZeroForWhatItIs) {
    EXPECT_EQ(to_utf8("plain text", "utf-16"), "plain text");
    EXPECT_EQ(to_utf8("Grüße", "utf-16"), "Grüße");
}

/// RFC 2152: in a header or a plain text of old it is read, in HTML never.
TEST(Charset, DecodesUtf7OnlyWhereItIsAskedTo) {
    const CharsetHint decoded{{}, Utf7::decoded};
    EXPECT_TRUE(is_known_charset("utf-7"));
    EXPECT_EQ(to_utf8("Dr+APw-cker", "utf-7", decoded), "Drücker");
    EXPECT_EQ(to_utf8("1 +- 1", "unicode-1-1-utf-7", decoded), "1 + 1");
    EXPECT_EQ(to_utf8("+ADw-script+AD4-", "utf-7"), "+ADw-script+AD4-");
    EXPECT_EQ(to_utf8("+ADw-", "utf-8", decoded), "+ADw-");
    EXPECT_EQ(to_utf8("+ADw-", "", decoded), "+ADw-");
}

/// What declares nothing is read as the rest of the mail is, where that can be.
TEST(Charset, TakesTheHintWhereItLosesNothing) {
    EXPECT_EQ(to_utf8("\xC4\xE3\xBA\xC3", "", {"gb18030"}), "你好");
    EXPECT_EQ(to_utf8("\xC4\xE3\xBA\xC3", "x-unknown", {"koi8-r"}), "дЦ╨ц");
    EXPECT_EQ(to_utf8("\xC4\xE3\xBA\xC3", "gb2312", {"koi8-r"}), "你好");
    EXPECT_EQ(to_utf8("Grüße", "", {"gb18030"}), "Grüße");
    EXPECT_EQ(to_utf8("M\xFC"
                      "ller",
                      "", {"utf-8"}),
              "Müller");
    EXPECT_TRUE(is_plausible_in("\xC4\xE3", "gb2312"));
    EXPECT_FALSE(is_plausible_in("\xC4", "gb2312"));
    EXPECT_FALSE(is_plausible_in("\xC4", "no-such"));
}

TEST(Charset, KeepsTextThatWasCutInsideACharacter) {
    EXPECT_EQ(to_utf8("Grüße aus Köln \xC3", "utf-8"), "Grüße aus Köln \xEF\xBF\xBD");
}

}  // namespace
}  // namespace bellhop::parsers
