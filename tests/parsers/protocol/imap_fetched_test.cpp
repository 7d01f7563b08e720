#include "parsers/protocol/imap_fetched.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using namespace std::chrono;

std::optional<ImapFetched> fetched_from(std::string_view line) {
    ImapResponseParser parser;
    EXPECT_EQ(parser.feed(line).state, ImapResponseParser::State::response);
    return fetched(parser.take());
}

TEST(ImapFetched, ReadsWhatIsAskedFor) {
    EXPECT_EQ(fetched_from("* 3 FETCH (FLAGS (\\Seen $Done) UID 4711 RFC822.SIZE 99 INTERNALDATE "
                           "\"01-Jul-2026 08:15:00 +0200\" MODSEQ (12))\r\n"),
              (ImapFetched{.uid = 4711,
                           .size = 99,
                           .internal_date = sys_days{2026y / July / 1} + 6h + 15min,
                           .flags = std::vector<std::string>{"\\Seen", "$Done"}}));
    EXPECT_EQ(fetched_from("* 3 FETCH (uid 1 body[] {2}\r\nhi)\r\n"),
              (ImapFetched{.uid = 1, .body = "hi"}));
    EXPECT_EQ(fetched_from("* 3 FETCH (UID 1 BODY[HEADER] \"x\")\r\n"),
              (ImapFetched{.uid = 1, .body = "x"}));
    EXPECT_EQ(fetched_from("* 3 FETCH (UID 1 BODY[] NIL)\r\n"),
              (ImapFetched{.uid = 1, .body = "", .body_is_nil = true}));
}

TEST(ImapFetched, KnowsNoUidWhereNoneIsTold) {
    EXPECT_EQ(fetched_from("* 3 FETCH (FLAGS ())\r\n"),
              (ImapFetched{.flags = std::vector<std::string>{}}));
    EXPECT_EQ(fetched_from("* 3 FETCH (UID 99999999999)\r\n"), ImapFetched{});
}

TEST(ImapFetched, IsNothingWhereTheListIsOdd) {
    EXPECT_EQ(fetched_from("* 3 FETCH (UID)\r\n"), std::nullopt);
    EXPECT_EQ(fetched_from("* 3 FETCH\r\n"), std::nullopt);
    EXPECT_EQ(fetched_from("* 3 EXISTS\r\n"), std::nullopt);
}

TEST(ImapFetched, ReadsDates) {
    EXPECT_EQ(parse_internal_date(" 7-Feb-1994 21:52:25 -0830"),
              sys_days{1994y / February / 8} + 6h + 22min + 25s);
    EXPECT_EQ(parse_internal_date("7-feb-1994 21:52:25 +0000"),
              sys_days{1994y / February / 7} + 21h + 52min + 25s);
    for (const char* wrong :
         {"", " 7-Feb-1994", "31-Feb-1994 21:52:25 -0800", "07-Foo-1994 21:52:25 -0800",
          "07-Feb-1994 24:00:00 +0000", "07-Feb-1994 21:52:25 x0000", "07-Feb-19x4 21:52:25 +0000",
          "07-Feb-1994 21:52:25 +0060"}) {
        EXPECT_EQ(parse_internal_date(wrong), std::nullopt) << wrong;
    }
}

}  // namespace
}  // namespace bellhop::parsers
