#include "parsers/text/charset.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(Charset, TellsUtf8FromOtherBytes) {
    EXPECT_TRUE(is_utf8("na\xC3\xAFve \xF0\x9F\x98\x80"));
    EXPECT_FALSE(is_utf8("\xC0\xAF"));          // overlong
    EXPECT_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
    EXPECT_FALSE(is_utf8("0123456789abcdef\xC3"));
    EXPECT_TRUE(is_ascii("0123456789abcdef"));
    EXPECT_FALSE(is_ascii("0123456789abcde\x80"));
}

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

TEST(Charset, KnowsTheNamesThatNoRegistryHas) {
    for (const char* label : {"iso8859_1", "l1", "iso_8859-1:1987", "ISO-8859-1:1987",
                              "WE8MSWIN1252", "x-cp1252-oracle", "windows_1252", "we8iso8859p1"}) {
        EXPECT_EQ(to_utf8("T\xFCr \x96 5 \x80", label), "Tür – 5 €") << label;
        EXPECT_TRUE(is_known_charset(label)) << label;
    }
    EXPECT_EQ(to_utf8("\xCF\xF0\xE8", "CL8MSWIN1251"), "При");
    EXPECT_FALSE(is_known_charset("no-such-charset"));
}

TEST(Charset, ReadsUtf16OfEitherEndWithoutAMark) {
    using namespace std::string_view_literals;
    EXPECT_EQ(to_utf8("H\0i\0 \0u\0"sv, "utf-16"), "Hi u");
    EXPECT_EQ(to_utf8("\0H\0i\0 \0u"sv, "utf-16"), "Hi u");
    EXPECT_EQ(to_utf8("\x1F\x04 \0\x40\x04"sv, "utf-16"), "П р");
    EXPECT_EQ(to_utf8("\xFF\xFEH\0i\0"sv, "utf-16"), "Hi");
}

TEST(Charset, RefusesUtf7) {
    EXPECT_FALSE(is_known_charset("utf-7"));
    EXPECT_EQ(to_utf8("+ADw-script+AD4-", "utf-7"), "+ADw-script+AD4-");
}

TEST(Charset, DetectsScriptsInWhichNearlyEveryLetterIs8Bit) {
    // Russian in KOI8-R and Windows-1251; a sentence is enough.
    const std::string sentence = "Здравствуйте, у нас в школе не работает принтер";
    EXPECT_EQ(to_utf8("\xC7\xE4\xF0\xE0\xE2\xF1\xF2\xE2\xF3\xE9\xF2\xE5, \xF3 \xED\xE0\xF1 \xE2 "
                      "\xF8\xEA\xEE\xEB\xE5 \xED\xE5 \xF0\xE0\xE1\xEE\xF2\xE0\xE5\xF2 "
                      "\xEF\xF0\xE8\xED\xF2\xE5\xF0",
                      ""),
              sentence);
    EXPECT_EQ(to_utf8("J\xFCrgen", ""), "Jürgen");
}

TEST(Charset, KeepsTextThatWasCutInsideACharacter) {
    EXPECT_EQ(to_utf8("Grüße aus Köln \xC3", "utf-8"), "Grüße aus Köln \xEF\xBF\xBD");
}

TEST(Charset, NormalizesToFormC) {
    EXPECT_EQ(normalized("u\xCC\x88"), "ü");
    EXPECT_EQ(normalized("bad \xFF"), "bad \xEF\xBF\xBD");
    EXPECT_EQ(normalized("plain"), "plain");
}

TEST(Charset, KeepsAtMostThirtyMarksOnACharacter) {
    std::string text = "e";
    for (int i = 0; i < 100000; ++i) text += "\xCC\x81\xCC\xA3";  // out of their canonical order
    const std::string safe = normalized(text);
    EXPECT_TRUE(safe.starts_with("\u1EB9\u0323"));
    EXPECT_NE(safe.find("\u034F"), std::string::npos);
    EXPECT_EQ(normalized(safe), safe);
}

TEST(Charset, CutsBetweenCharacters) {
    EXPECT_EQ(utf8_prefix("aüb", 2), "a");
    EXPECT_EQ(utf8_prefix("aüb", 3), "aü");
    EXPECT_EQ(utf8_prefix("aüb", 10), "aüb");
}

}  // namespace
}  // namespace bellhop::parsers
