#include "parsers/compose/header_writer.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

std::string subject(std::string_view value) {
    HeaderWriter writer{"Subject"};
    writer.add_unstructured(value);
    return std::move(writer).finish();
}

std::string phrase(std::string_view value) {
    HeaderWriter writer{"To"};
    writer.add_phrase(value);
    return std::move(writer).finish();
}

TEST(HeaderText, IsOneLine) {
    EXPECT_EQ(header_text("a\r\nBcc: x@y\t\x00z"), "a Bcc: x@y");
    EXPECT_EQ(header_text(std::string_view{"a\0b\x7f"
                                           "c",
                                           5}),
              "a b c");
    EXPECT_EQ(header_text("a\u0085b\u2028c\u2029d"), "a b c d");
    EXPECT_EQ(header_text("  a   b  "), "a b");
    EXPECT_EQ(header_text("a\xff\x80z"), "a\uFFFD\uFFFDz");
}

TEST(HeaderText, IsCutBetweenCharacters) {
    const std::string text = header_text(std::string(4095, 'a') + "\u00fc" + "b");
    EXPECT_EQ(text, std::string(4095, 'a'));
}

TEST(HeaderWriter, LeavesAsciiAsItIs) {
    EXPECT_EQ(subject("Printer in room 7"), "Subject: Printer in room 7\r\n");
    EXPECT_EQ(subject(""), "Subject: \r\n");
}

TEST(HeaderWriter, FoldsAtBlanks) {
    EXPECT_EQ(
        subject("The quick brown fox jumps over the lazy dog and then it rests a while in the sun"),
        "Subject: The quick brown fox jumps over the lazy dog and then it rests a while\r\n"
        " in the sun\r\n");
}

TEST(HeaderWriter, EncodesOnlyTheWordsThatNeedIt) {
    EXPECT_EQ(subject("Re: L\u00fcfter \u00f6ffnen today"),
              "Subject: Re: =?UTF-8?B?TMO8ZnRlciDDtmZmbmVu?= today\r\n");
    EXPECT_EQ(subject("Caf\u00e9 menu"), "Subject: =?UTF-8?B?Q2Fmw6k=?= menu\r\n");
    EXPECT_EQ(subject("Wireless in K\u00f6nigswinterstra\u00dfenschule"),
              "Subject: Wireless in =?UTF-8?Q?K=C3=B6nigswinterstra=C3=9Fenschule?=\r\n");
}

TEST(HeaderWriter, NeverSplitsACharacter) {
    std::string text;
    for (int i = 0; i < 60; ++i) text += "\u20ac";
    EXPECT_EQ(subject(text),
              "Subject: =?UTF-8?B?4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs?=\r\n"
              " =?UTF-8?B?4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs?=\r\n"
              " =?UTF-8?B?4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs?=\r\n"
              " =?UTF-8?B?4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs?=\r\n"
              " =?UTF-8?B?4oKs?=\r\n");
}

TEST(HeaderWriter, EncodesWhatLooksEncoded) {
    EXPECT_EQ(subject("=?utf-8?q?a=0D=0ABcc:_x@y?="),
              "Subject: =?UTF-8?B?PT91dGYtOD9xP2E9MEQ9MEFCY2M6X3hAeT89?=\r\n");
}

TEST(HeaderWriter, EncodesAWordThatIsTooLongForALine) {
    const std::string folded = subject("see " + std::string(90, 'x'));
    EXPECT_EQ(folded, "Subject: see =?UTF-8?Q?" + std::string(53, 'x') + "?=\r\n =?UTF-8?Q?" +
                          std::string(37, 'x') + "?=\r\n");
}

TEST(HeaderWriter, QuotesPhrases) {
    EXPECT_EQ(phrase("Ann Lee"), "To: Ann Lee\r\n");
    EXPECT_EQ(phrase("Lee, Ann (Year 6)"), "To: \"Lee, Ann (Year 6)\"\r\n");
    EXPECT_EQ(phrase("a \"b\" \\c"), "To: \"a \\\"b\\\" \\\\c\"\r\n");
    EXPECT_EQ(phrase("J\u00f6rg <x@y>"), "To: =?UTF-8?B?SsO2cmcgPHhAeT4=?=\r\n");
    EXPECT_EQ(phrase("Information and Communication Technology, Helpdesk of the County (North)"),
              "To: Information and Communication \"Technology,\" Helpdesk of the County\r\n"
              " \"(North)\"\r\n");
    EXPECT_EQ(phrase("=?utf-8?q?x?="), "To: =?UTF-8?B?PT91dGYtOD9xP3g/PQ==?=\r\n");
}

}  // namespace
}  // namespace bellhop::parsers
