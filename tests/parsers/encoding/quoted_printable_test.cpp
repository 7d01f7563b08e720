#include "parsers/encoding/quoted_printable.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(QuotedPrintable, KeepsPlainLines) {
    EXPECT_EQ(encode_quoted_printable("Hello,\nworld\n"), "Hello,\r\nworld\r\n");
    EXPECT_EQ(encode_quoted_printable("no end"), "no end\r\n");
    EXPECT_EQ(encode_quoted_printable(""), "\r\n");
}

TEST(QuotedPrintable, TakesEveryLineEndAsOne) {
    EXPECT_EQ(encode_quoted_printable("a\r\nb\rc\n\nd"), "a\r\nb\r\nc\r\n\r\nd\r\n");
}

TEST(QuotedPrintable, EscapesWhatIsNotAscii) {
    EXPECT_EQ(encode_quoted_printable("1 = \u00fc\n"), "1 =3D =C3=BC\r\n");
    EXPECT_EQ(encode_quoted_printable("a\xffz"), "a=EF=BF=BDz\r\n");
}

TEST(QuotedPrintable, EscapesBlanksAtTheEndOfALine) {
    EXPECT_EQ(encode_quoted_printable("a \nb\t\nc "), "a=20\r\nb=09\r\nc=20\r\n");
}

TEST(QuotedPrintable, MakesBlanksOfControlCharacters) {
    EXPECT_EQ(encode_quoted_printable(std::string_view{"a\0b\x1b[2Jc\x7f"
                                                       "d",
                                                       10}),
              "a b [2Jc d\r\n");
    EXPECT_EQ(encode_quoted_printable("a\u0085b\u2028c"), "a b c\r\n");
}

TEST(QuotedPrintable, BeginsNoLineWithADotOrFrom) {
    EXPECT_EQ(encode_quoted_printable(".\n..\nFrom me\nFromage\n"),
              "=2E\r\n=2E.\r\n=46rom me\r\nFromage\r\n");
    // Behind a soft line break, too.
    const std::string text = encode_quoted_printable(std::string(75, 'a') + "." + "\n");
    EXPECT_EQ(text, std::string(75, 'a') + "=\r\n=2E\r\n");
}

TEST(QuotedPrintable, BreaksLinesBetweenCharacters) {
    const std::string text = encode_quoted_printable(std::string(70, 'a') + "\u20ac\u20ac");
    EXPECT_EQ(text, std::string(70, 'a') + "=\r\n=E2=82=AC=E2=82=AC\r\n");
}

}  // namespace
}  // namespace bellhop::parsers
