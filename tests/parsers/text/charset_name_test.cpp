#include "parsers/text/charset_name.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/text/charset.hpp"

namespace bellhop::parsers {
namespace {

TEST(CharsetName, MeansWhatBrowsersTakeItFor) {
    EXPECT_EQ(charset_meant_by("ISO-8859-1"), "windows-1252");
    EXPECT_EQ(charset_meant_by(" \"gb2312\" "), "gb18030");
    EXPECT_EQ(charset_meant_by("charset=utf-8;"), "utf-8");
    EXPECT_EQ(charset_meant_by("iso_8859-9:1989"), "windows-1254");
    EXPECT_EQ(charset_meant_by("unicode-1-1-utf-7"), "utf-7");
    EXPECT_EQ(charset_meant_by("unknown-8bit"), "");
    EXPECT_EQ(charset_meant_by("No-Such"), "no-such");
    EXPECT_EQ(charset_meant_by(std::string(100000, 'x')).size(), 64U);
}

/// Names that databases, copiers and old web mailers write, each with what it is read as.
TEST(CharsetName, IsKnownWhereNoRegistryHasIt) {
    const struct {
        const char* label;
        const char* charset;
    } names[] = {{"WE8MSWIN1252", "windows-1252"},
                 {"x-cp1252-oracle", "windows-1252"},
                 {"we8iso8859p1", "windows-1252"},
                 {"CL8MSWIN1251", "windows-1251"},
                 {"x-win-1251", "windows-1251"},
                 {"windows-cp1250", "windows-1250"},
                 {"cp65001", "utf-8"},
                 {"utf8mb4", "utf-8"},
                 {"UTF-8-MAC", "utf-8"},
                 {"unicode-utf8", "utf-8"},
                 {"cp28591", "windows-1252"},
                 {"x-cp28605", "iso-8859-15"},
                 {"x-iso-8859-15-sun", "iso-8859-15"},
                 {"JA16SJIS", "shift_jis"},
                 {"x-ms-cp932", "shift_jis"},
                 {"ms_kanji_x", "shift_jis"},
                 {"JA16EUCJP", "euc-jp"},
                 {"ko16ksc5601", "windows-949"},
                 {"x-ms-cp949", "windows-949"},
                 {"ZHT16BIG5", "big5-hkscs"},
                 {"x-ms-950", "big5-hkscs"},
                 {"ZHS16GBK", "gb18030"},
                 {"x-gb-2312", "gb18030"},
                 {"cp54936", "gb18030"},
                 {"x-iso-2022-jp-kddi", "iso-2022-jp"},
                 {"koi8-x", "koi8-r"}};
    for (const auto& [label, charset] : names) {
        EXPECT_EQ(charset_resembling(label), charset) << label;
        EXPECT_TRUE(is_known_charset(label)) << label;
    }
    for (const char* label : {"no-such-charset", "", "x112510", "8bit-mime"}) {
        EXPECT_EQ(charset_resembling(label), "") << label;
    }
}

TEST(CharsetName, LeadsToTheText) {
    for (const char* label : {"iso8859_1", "l1", "iso_8859-1:1987", "ISO-8859-1:1987",
                              "WE8MSWIN1252", "x-cp1252-oracle", "windows_1252", "we8iso8859p1"}) {
        EXPECT_EQ(to_utf8("T\xFCr \x96 5 \x80", label), "Tür – 5 €") << label;
        EXPECT_TRUE(is_known_charset(label)) << label;
    }
    EXPECT_EQ(to_utf8("\xCF\xF0\xE8", "CL8MSWIN1251"), "При");
    EXPECT_FALSE(is_known_charset("no-such-charset"));
}

}  // namespace
}  // namespace bellhop::parsers
