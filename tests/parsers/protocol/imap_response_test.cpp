#include "parsers/protocol/imap_response.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using namespace std::string_literals;
using State = ImapResponseParser::State;

struct Parsed {
    std::vector<ImapResponse> responses = {};
    std::string fault = {};

    friend bool operator==(const Parsed&, const Parsed&) = default;
};

void parse_into(Parsed& parsed, ImapResponseParser& parser, std::string_view bytes) {
    while (!bytes.empty()) {
        const ImapResponseParser::Step step = parser.feed(bytes);
        bytes.remove_prefix(step.taken);
        if (step.state == State::response) parsed.responses.push_back(parser.take());
        if (step.state == State::fault) {
            parsed.fault = parser.fault();
            return;
        }
    }
}

Parsed parse(std::string_view bytes, ImapLimits limits = {}) {
    Parsed parsed;
    ImapResponseParser parser{limits};
    parse_into(parsed, parser, bytes);
    return parsed;
}

ImapValue atom(std::string text) {
    return {ImapValue::Kind::atom, std::move(text), false, {}};
}
ImapValue text(std::string bytes) {
    return {ImapValue::Kind::string, std::move(bytes), false, {}};
}
ImapValue list(std::vector<ImapValue> items) {
    return {ImapValue::Kind::list, {}, false, std::move(items)};
}

ImapResponse data(std::string name,
                  std::optional<std::uint32_t> number,
                  std::vector<ImapValue> values) {
    ImapResponse response;
    response.name = std::move(name);
    response.number = number;
    response.values = std::move(values);
    return response;
}

std::string literal(const std::string& bytes) {
    return "{" + std::to_string(bytes.size()) + "}\r\n" + bytes;
}

TEST(ImapResponse, ReadsStatusWithCodeAndText) {
    const Parsed parsed =
        parse("* OK [UIDNEXT 4392] Predicted next UID\r\nx1 no [trycreate] None\r\n");
    ASSERT_EQ(parsed.responses.size(), 2u);
    EXPECT_EQ(parsed.responses[0].status, ImapStatus::ok);
    EXPECT_EQ(parsed.responses[0].code, "UIDNEXT");
    EXPECT_EQ(parsed.responses[0].arguments, "4392");
    EXPECT_EQ(parsed.responses[0].text, "Predicted next UID");
    EXPECT_EQ(parsed.responses[1].kind, ImapResponse::Kind::tagged);
    EXPECT_EQ(parsed.responses[1].tag, "x1");
    EXPECT_EQ(parsed.responses[1].status, ImapStatus::no);
    EXPECT_EQ(parsed.responses[1].code, "TRYCREATE");
}

TEST(ImapResponse, ReadsDataOfEveryShape) {
    EXPECT_EQ(parse("* 172 EXISTS\r\n").responses, (std::vector{data("EXISTS", 172, {})}));
    EXPECT_EQ(parse("* flags (\\Seen $X \\*)\r\n").responses,
              (std::vector{data("FLAGS", {}, {list({atom("\\Seen"), atom("$X"), atom("\\*")})})}));
    EXPECT_EQ(
        parse("* 1 FETCH (UID 5 X NIL BODY[HEADER.FIELDS (TO)]<0> \"a\\\"b\" (()))\r\n").responses,
        (std::vector{
            data("FETCH", 1,
                 {list({atom("UID"), atom("5"), atom("X"), ImapValue{},
                        atom("BODY[HEADER.FIELDS (TO)]<0>"), text("a\"b"), list({list({})})})})}));
}

TEST(ImapResponse, KeepsLiteralsByteForByte) {
    const std::string mail = "A\r\n* 9 EXISTS\r\nx1 OK done\r\n)\r\n{5}\r\n\0\xff+ go\r\n"s;
    EXPECT_EQ(parse("* 2 FETCH (UID 7 BODY[] " + literal(mail) + " FLAGS ())\r\n").responses,
              (std::vector{data("FETCH", 2,
                                {list({atom("UID"), atom("7"), atom("BODY[]"), text(mail),
                                       atom("FLAGS"), list({})})})}));
}

// The content of a mail must not be able to move a single byte of the protocol around it.
TEST(ImapResponse, IsNotImpressedByMailThatLooksLikeProtocol) {
    std::string conversation;
    std::vector<ImapResponse> expected;
    for (const std::string hostile :
         {"", ")", ")\r\n", "{5}", "{5}\r\n", "{99999999999}\r\n", "\"", "\\", "\r", "\n", "\r\n",
          "* BYE\r\n", "A001 OK FETCH completed\r\n", "B0 NO x\r\n", "+ \r\n", "~{3+}\r\n",
          "NIL"}) {
        conversation += "* 1 FETCH (BODY[] " + literal(hostile) + ")\r\n";
        expected.push_back(data("FETCH", 1, {list({atom("BODY[]"), text(hostile)})}));
    }
    for (std::size_t piece = 1; piece <= conversation.size(); ++piece) {
        Parsed parsed;
        ImapResponseParser parser;
        for (std::size_t at = 0; at < conversation.size(); at += piece) {
            parse_into(parsed, parser, std::string_view{conversation}.substr(at, piece));
        }
        ASSERT_EQ(parsed.fault, "");
        ASSERT_EQ(parsed.responses, expected) << "in pieces of " << piece;
    }
}

TEST(ImapResponse, SplitsNothingWhereTheNetworkSplits) {
    const std::string whole = "* OK [X \"a]\"] hi {5}\r\n* 1 FETCH (A " + literal("b\r\nc") +
                              " D ~" + literal("ee") + ")\r\n+ idling\r\nt9 OK done\r\n";
    const Parsed expected = parse(whole);
    ASSERT_EQ(expected.responses.size(), 4u);
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        Parsed parsed;
        ImapResponseParser parser;
        parse_into(parsed, parser, std::string_view{whole}.substr(0, cut));
        parse_into(parsed, parser, std::string_view{whole}.substr(cut));
        ASSERT_EQ(parsed, expected) << "cut at " << cut;
    }
}

TEST(ImapResponse, TakesNoLiteralInFreeText) {
    const Parsed parsed = parse("* NO costs {5}\r\nt1 OK also {7}\r\n+ {9}\r\n* BYE {3}\r\n");
    ASSERT_EQ(parsed.responses.size(), 4u);
    EXPECT_EQ(parsed.responses[0].text, "costs {5}");
    EXPECT_EQ(parsed.responses[1].text, "also {7}");
    EXPECT_EQ(parsed.responses[2].text, "{9}");
}

TEST(ImapResponse, ToleratesLooseServers) {
    EXPECT_EQ(parse("*  5 X\n").fault, "");
    EXPECT_EQ(parse("* 5 EXISTS\n").responses, (std::vector{data("EXISTS", 5, {})}));
    EXPECT_EQ(parse("* 5 FETCH (UID  6 )\r\n").responses,
              (std::vector{data("FETCH", 5, {list({atom("UID"), atom("6")})})}));
    EXPECT_EQ(parse("+\r\n").responses.front().kind, ImapResponse::Kind::continuation);
    // Unknown and malformed, but not asked for.
    EXPECT_EQ(parse("* QUOTA ((\r\n").responses, (std::vector{data("QUOTA", {}, {})}));
    EXPECT_EQ(parse("* LIST (\\X) \"/ x\r\n").responses, (std::vector{data("LIST", {}, {})}));
}

TEST(ImapResponse, RefusesWhatIsNoImap) {
    EXPECT_EQ(parse("HTTP/1.1 200 OK\r\n").fault, "a line that is no response");
    EXPECT_EQ(parse("\r\n").fault, "a line that is no response");
    EXPECT_EQ(parse("* 1 FETCH (BODY[] \"x)\r\n").fault, "a malformed FETCH response");
    EXPECT_EQ(parse("* 1 FETCH " + std::string(1000, '(') + "\r\n").fault,
              "a malformed FETCH response");
}

TEST(ImapResponse, RefusesWhatIsTooLong) {
    const ImapLimits limits{.line = 100, .literals = 2, .kept = 10, .promised = 20};
    EXPECT_EQ(parse(std::string(101, 'x'), limits).fault, "a response longer than 100 bytes");
    EXPECT_EQ(parse("* 1 FETCH (BODY[] {21}\r\n", limits).fault, "a literal longer than 20 bytes");
    EXPECT_EQ(parse("* 1 FETCH (BODY[] {99999999999999999999999}\r\n", limits).fault,
              "a literal longer than 20 bytes");
    EXPECT_EQ(parse("* 1 FETCH ({1}\r\na{1}\r\nb{1}\r\n", limits).fault,
              "more than 2 literals in one response");
    // Small lines around many literals count together.
    std::string drip = "* 1 FETCH (" + std::string(60, 'a') + " {1}\r\nx" + std::string(60, 'b');
    EXPECT_EQ(parse(drip, limits).fault, "a response longer than 100 bytes");
}

TEST(ImapResponse, DropsTheRestOfALiteralThatIsTooLong) {
    const ImapLimits limits{.kept = 10};
    const Parsed parsed =
        parse("* 1 FETCH (A " + literal("0123456789abc") + " B " + literal("xyz") +
                  ")\r\n* 2 FETCH (A " + literal("0123456789") + ")\r\n",
              limits);
    ASSERT_EQ(parsed.fault, "");
    ImapValue cut = text("0123456789");
    cut.cut = true;
    ImapValue empty = text("");
    empty.cut = true;
    EXPECT_EQ(parsed.responses,
              (std::vector{data("FETCH", 1, {list({atom("A"), cut, atom("B"), empty})}),
                           data("FETCH", 2, {list({atom("A"), text("0123456789")})})}));
}

}  // namespace
}  // namespace bellhop::parsers
