#include "parsers/message/header_block.hpp"

#include <ostream>

#include <gtest/gtest.h>

namespace bellhop::parsers {

void PrintTo(const HeaderField& field, std::ostream* out) {
    *out << field.name << ": " << field.body;
}

namespace {

using Fields = std::vector<HeaderField>;

HeaderBlock header_of(std::string_view bytes) {
    return read_header_block(bytes, HeaderOwner::message, MessageLimits{});
}

TEST(HeaderBlock, SplitsAndUnfolds) {
    for (const std::string end : {"\r\n", "\n", "\r"}) {
        const std::string bytes = "From: ann@example.org" + end + "Subject: one" + end + "\ttwo" +
                                  end + " three" + end + end + "body";
        const HeaderBlock block = header_of(bytes);
        EXPECT_EQ(block.fields,
                  (Fields{{"From", "ann@example.org"}, {"Subject", "one two three"}}));
        EXPECT_EQ(bytes.substr(block.body_start), "body");
        EXPECT_TRUE(block.has_end);
    }
}

TEST(HeaderBlock, SkipsWhatDoesNotBelongThere) {
    const Fields wanted{{"From", "ann@example.org"}, {"Subject", "s"}};
    for (const std::string before : {"From ann Mon Jan  1 00:00:00 2024\n", ">From ann Mon\n",
                                     "\xEF\xBB\xBF", "\n", "  \r\n"}) {
        EXPECT_EQ(header_of(before + "From: ann@example.org\nSubject: s\n\nbody").fields, wanted)
            << before;
    }
    const HeaderBlock junk =
        header_of("From: ann@example.org\nthis is junk\nand more\nSubject: s\n\nbody");
    EXPECT_EQ(junk.fields, wanted);
    EXPECT_TRUE(junk.has_junk);
}

TEST(HeaderBlock, LeavesTheBodyAloneWhereTheEmptyLineIsMissing) {
    const std::string bytes = "From: ann@example.org\nHello,\nthe printer is broken\n\nAnn";
    EXPECT_EQ(bytes.substr(header_of(bytes).body_start), "Hello,\nthe printer is broken\n\nAnn");
    EXPECT_EQ(header_of("hello\nno header here").body_start, 0U);
}

TEST(HeaderBlock, ReadsOddFields) {
    EXPECT_EQ(header_of("Subject : blank\n\n").fields, (Fields{{"Subject", "blank"}}));
    EXPECT_EQ(header_of("Subject:\n\n").fields, (Fields{{"Subject", ""}}));
    EXPECT_EQ(header_of("X-Last: no end").fields, (Fields{{"X-Last", "no end"}}));
    EXPECT_EQ(header_of(std::string_view{"Subject: a\0b\n\n", 14}).fields,
              (Fields{{"Subject", "ab"}}));
    EXPECT_EQ(header_of("SUBJECT: x\n\n").field("subject"), "x");
    EXPECT_EQ(header_of("A: 1\n   \nbody").body_start, 9U);
    EXPECT_EQ(header_of("A: 1\n   \nB: 2\n\n").fields, (Fields{{"A", "1"}, {"B", "2"}}));
}

TEST(HeaderBlock, IsBoundedButKeepsWhatAMailNeeds) {
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "X-A: b\n";
    const HeaderBlock block = header_of(many + "Content-Type: text/html\n\nbody");
    EXPECT_TRUE(block.truncated);
    EXPECT_EQ(block.fields.size(), MessageLimits{}.fields + 1);
    EXPECT_EQ(block.field("content-type"), "text/html");
    EXPECT_EQ(header_of("Subject: " + std::string(1000000, 'x') + "\n\n").field("subject").size(),
              max_field_bytes);
}

}  // namespace
}  // namespace bellhop::parsers
