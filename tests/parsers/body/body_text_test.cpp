#include "parsers/body/body_text.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(BodyText, MakesOneKindOfLineEnd) {
    const Pairs cases{{"a\r\nb", "a\nb"},     {"a\rb", "a\nb"},
                      {"a\r\r\nb", "a\nb"},   {"a\n\nb", "a\n\nb"},
                      {"a\fb\vc", "a\nb\nc"}, {"a\r\n\r\nb", "a\n\nb"},
                      {"\r", "\n"},           {"", ""}};
    for (const auto& [raw, clean] : cases) EXPECT_EQ(clean_text(raw), clean);
}

TEST(BodyText, LosesControlCharactersButNotTheTab) {
    EXPECT_EQ(clean_text(std::string{"a\0b\x01"
                                     "c\x1b[0md\x7f\te",
                                     13}),
              "abc[0md\te");
    EXPECT_EQ(clean_text("a\xC2\x85"
                         "b\xC2\x9F"
                         "c"),
              "abc");                                               // C1
    EXPECT_EQ(clean_text("\xC2\xA0\xC3\xA9"), "\xC2\xA0\xC3\xA9");  // no control character
}

TEST(BodyText, IsComposed) {
    EXPECT_EQ(clean_text("e\u0301"), "\u00E9");
}

TEST(BodyText, JoinsWhatFormatFlowedHasWrapped) {
    const Pairs cases{{"one \ntwo\nthree", "one two\nthree"},
                      {"> one \n> two\nmine", "> one two\nmine"},
                      // Another depth ends the paragraph whatever its last blank says.
                      {"> one \nmine", "> one \nmine"},
                      {">> deep \n>> er", ">> deep er"},
                      // Space-stuffing (RFC 3676 section 4.4).
                      {" From here\n >no quote", "From here\n>no quote"},
                      // The signature's separator is no flowed line (section 4.3).
                      {"text \n-- \nAnn", "text \n-- \nAnn"},
                      {"one \n", "one "},
                      {"", ""}};
    for (const auto& [raw, joined] : cases) EXPECT_EQ(unflowed(raw, false), joined) << raw;
}

TEST(BodyText, TakesTheBlankAwayWhereDelSpSaysSo) {
    EXPECT_EQ(unflowed("\u65E5 \n\u672C", true), "\u65E5\u672C");
    EXPECT_EQ(unflowed("one  \ntwo", true), "one two");
}

TEST(BodyText, FindsTheCharsetThatHtmlNamesItself) {
    const Pairs cases{
        {"<META charset=\"ISO-8859-1\">", "iso-8859-1"},
        {"<head><meta http-equiv=content-type content='text/html; charset=koi8-r'>", "koi8-r"},
        {"<meta name=x><meta charset = utf-8 />", "utf-8"},
        {"<meta name=\"viewport\">", ""},
        {"<p>charset=utf-8</p>", ""},
        {"<meta charset", ""},
        {std::string(4000, ' ') + "<meta charset=utf-8>", ""}};
    for (const auto& [html, charset] : cases) EXPECT_EQ(declared_html_charset(html), charset);
}

}  // namespace
}  // namespace bellhop::parsers
