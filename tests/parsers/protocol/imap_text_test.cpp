#include "parsers/protocol/imap_text.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using Words = std::vector<std::string>;

TEST(ImapText, WritesMailboxNames) {
    EXPECT_EQ(imap_quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
    EXPECT_EQ(imap_quoted(""), "\"\"");
    EXPECT_EQ(imap_mailbox_argument("M\u00fcll \"R&D\""), "\"M&APw-ll \\\"R&-D\\\"\"");
}

TEST(ImapText, ComparesFlagsWithoutCase) {
    EXPECT_TRUE(contains_flag({"\\Answered", "\\SEEN"}, "\\Seen"));
    EXPECT_TRUE(contains_flag({"$bellhopprocessed"}, "$BellhopProcessed"));
    EXPECT_FALSE(contains_flag({"\\Seen2", "\\See"}, "\\Seen"));
    EXPECT_FALSE(contains_flag({}, "\\Seen"));
}

TEST(ImapText, ReadsCodeArguments) {
    EXPECT_EQ(code_words("(\\Seen $X \\*)"), (Words{"\\Seen", "$X", "\\*"}));
    EXPECT_EQ(code_words(""), Words{});
    EXPECT_EQ(code_words(" ( ) "), Words{});
}

TEST(ImapText, ReadsCopyUid) {
    EXPECT_EQ(parse_copyuid("7 3,5:6 11:13", 10), (CopyUid{7, {3, 5, 6}, {11, 12, 13}}));
    for (const char* wrong : {"", "7 1:2 5", "7 1", "x 1 1", "7 1:20 1:20", "7 * *"}) {
        EXPECT_EQ(parse_copyuid(wrong, 10), std::nullopt) << wrong;
    }
}

TEST(ImapText, RepeatsTheServersWords) {
    ImapResponse reply;
    reply.text = "Quota\r\nexceeded";
    EXPECT_EQ(reply_words(reply, 100), "Quota??exceeded");
    reply.code = "OVERQUOTA";
    EXPECT_EQ(reply_words(reply, 100), "[OVERQUOTA] Quota??exceeded");
    reply.arguments = "x";
    EXPECT_EQ(reply_words(reply, 12), "[OVERQUOTA x...");
}

}  // namespace
}  // namespace bellhop::parsers
