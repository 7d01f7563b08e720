#include "parsers/reply/mail_header_words.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

using Kind = HeaderLineKind;

TEST(MailHeaderWords, KnowsHeaderLinesInManyLanguages) {
    const std::vector<std::pair<std::string, Kind>> lines{{"From: Ann Smith", Kind::from},
                                                          {"Von: Ann Smith", Kind::from},
                                                          {"De : Ann Smith", Kind::from},
                                                          {"Sent: Monday", Kind::date},
                                                          {"Envoyé : lundi", Kind::date},
                                                          {"Gesendet: Montag", Kind::date},
                                                          {"To: desk", Kind::to},
                                                          {"An: desk", Kind::to},
                                                          {"Cc: head", Kind::cc},
                                                          {"Betreff: Drucker", Kind::subject},
                                                          {"主题: 打印机", Kind::subject},
                                                          {"Reply-To: ann", Kind::reply_to},
                                                          {"Importance: High", Kind::other},
                                                          {"Anlagen: a.pdf", Kind::other}};
    for (const auto& [line, kind] : lines) {
        const auto read = header_line(folded(line));
        ASSERT_TRUE(read.has_value()) << line;
        EXPECT_EQ(read->kind, kind) << line;
    }
}

TEST(MailHeaderWords, SeesThroughQuoteMarksAndEmphasis) {
    for (const std::string line : {"From: x", "> From: x", "> > *From:* x", "*From*: x",
                                   "__From:__ x", "| From:\tx", "From： x", "  From :   x"}) {
        const std::string low = folded(line);
        const auto read = header_line(low);
        ASSERT_TRUE(read.has_value()) << line;
        EXPECT_EQ(read->kind, Kind::from) << line;
        EXPECT_EQ(low.substr(read->value_at), "x") << line;
    }
}

TEST(MailHeaderWords, TakesNoSentenceForOne) {
    for (const std::string line : {"", ":", "From", "from here on it works", "Note: from tomorrow",
                                   "From the head: please", "https://school.example", ">",
                                   "A very long name that no header field would ever have: x"}) {
        EXPECT_FALSE(header_line(folded(line)).has_value()) << line;
    }
}

TEST(MailHeaderWords, KnowsAFieldWithoutAValue) {
    const auto read = header_line("cc:");
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->value_at, 3U);
}

}  // namespace
}  // namespace bellhop::parsers
