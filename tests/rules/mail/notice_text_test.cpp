#include "rules/mail/notice_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(QuotedWords, KeepTheWordsAndTheirParagraphs) {
    EXPECT_EQ(quoted_words("\n\nThe printer is dead.\nAgain.\n\n\n\nPlease come.\n\n"),
              (QuotedWords{"The printer is dead.\nAgain.\n\nPlease come.", false}));
    EXPECT_EQ(quoted_words(""), QuotedWords{});
}

TEST(QuotedWords, AreCutAtALine) {
    std::string many;
    for (int i = 0; i < 500; ++i) many += "line " + std::to_string(i) + "\n";
    const QuotedWords cut = quoted_words(many);
    EXPECT_TRUE(cut.is_cut);
    EXPECT_THAT(cut.text, HasSubstr("line 79"));
    EXPECT_THAT(cut.text, Not(HasSubstr("line 80")));
    const QuotedWords wide = quoted_words(std::string(3000, 'x') + "\n" + std::string(3000, 'y'));
    EXPECT_TRUE(wide.is_cut);
    EXPECT_LE(wide.text.size(), most_quoted_bytes);
}

TEST(QuotedWords, CarryNothingHarmful) {
    const QuotedWords quoted =
        quoted_words("see http://evil.example/x\nand \x1b[31m\xe2\x80\xaehere");
    EXPECT_EQ(quoted.text, "see http: //evil.example/x\nand [31mhere");
}

TEST(QuotedWords, StandBehindMarks) {
    EXPECT_EQ(as_quotation("one\n\ntwo"), "> one\n>\n> two");
    EXPECT_EQ(as_quotation(""), "");
}

TEST(SignedPhone, IsFoundAsPeopleWriteIt) {
    for (const auto& [line, number] : std::vector<std::pair<std::string, std::string>>{
             {"Tel: 01632 960123", "01632 960123"},
             {"T 01632 960 123 | M 07700 900 123", "01632 960 123"},
             {"+44 1632 960123", "+44 1632 960123"},
             {"+44 (0)1632 960123", "+44 (0)1632 960123"},
             {"(01632) 960123", "(01632) 960123"},
             {"Phone 01632-960-123 ext. 204", "01632-960-123 ext 204"},
             {"01632 960123 Ext 4", "01632 960123 ext 4"},
             {"Please ring me on 01632 960123.", "01632 960123"},
             {"0044 1632 960123", "0044 1632 960123"}}) {
        EXPECT_EQ(signed_phone("Hello\n\nKind regards\nAnn Lee\n" + line + "\n"), number) << line;
    }
}

TEST(SignedPhone, IsNoOtherNumber) {
    for (const char* line :
         {"", "Room 12", "Asset 0012", "Windows 10.0.19045.3803", "2026-09-15 10:00",
          "error 0x80070005", "SN5CG0123456789X", "012345678901234567890", "AB0163296012345",
          "https://hill.example/01632960123456789/x"}) {
        EXPECT_EQ(signed_phone(std::string{"Hello\n"} + line + "\n"), "") << line;
    }
}

TEST(SignedPhone, IsTheSendersOwn) {
    EXPECT_EQ(signed_phone("Hello\nAnn\n\n> Tel 01632 960123\n"), "");
    EXPECT_EQ(signed_phone("Hello\nAnn\n\nFrom: IT Support\nTel 01632 960123\n"), "");
    EXPECT_EQ(signed_phone("Hello\nAnn\nOn Monday Tom wrote:\nTel 01632 960123\n"), "");
}

}  // namespace
}  // namespace bellhop::rules
