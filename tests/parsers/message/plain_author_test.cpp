#include "parsers/message/plain_author.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::parsers {
namespace {

const std::string tom = "tom@desk.example";

std::optional<std::string> author(const std::string& header) {
    return plain_author(parse_message("To: it@desk.example\r\nSubject: Re: printer\r\n" + header +
                                      "\r\n\r\nHello\r\n"));
}

TEST(PlainAuthor, StandsInOneFromFieldAlone) {
    for (const char* from :
         {"From: tom@desk.example", "From: <tom@desk.example>", "From: Tom <tom@desk.example>",
          "From: \"Brown, Tom\" <tom@desk.example>", "from:Tom Brown<tom@DESK.example>",
          "From: \"tom@desk.example\" <tom@desk.example>",
          "From: =?utf-8?q?T=C3=B6m?= <tom@desk.example>", "From: Tom\r\n <tom@desk.example>",
          "From: tom@desk.example (Tom)"}) {
        EXPECT_EQ(author(from), tom) << from;
    }
}

/// Where a mail program shows one author and another program another, nobody has proved anything.
TEST(PlainAuthor, IsNobodyWhereProgramsDiffer) {
    for (const char* from :
         {"From: tom@desk.example, eve@evil.example", "From: eve@evil.example, tom@desk.example",
          "From: Eve <eve@evil.example>\r\nFrom: tom@desk.example",
          "From: tom@desk.example\r\nFrom: Eve <eve@evil.example>", "Sender: tom@desk.example",
          "Reply-To: tom@desk.example", "From: Tom\r\nReply-To: tom@desk.example",
          "From: <>\r\nSender: tom@desk.example", "From: tom@desk.example <x>",
          "From: =?utf-8?q?tom=40desk.example?=", "From: =?utf-8?q?Tom_=3Ctom=40desk.example=3E?=",
          "From: Team: tom@desk.example;", "From: <@evil.example:tom@desk.example>",
          "From: eve@evil.example <tom@desk.example>",
          "From: tom@desk.example <eve@evil.example> <tom@desk.example>",
          "X-From: tom@desk.example"}) {
        EXPECT_EQ(author(from), std::nullopt) << from;
    }
}

TEST(PlainAuthor, IsNobodyWhereTheHeaderIsDamaged) {
    for (const char* junk : {"junk without a colon\r\nFrom: tom@desk.example",
                             "X-A: b\rFrom: eve@evil.example\r\nFrom: tom@desk.example"}) {
        EXPECT_EQ(author(junk), std::nullopt) << junk;
    }
    const std::string nul = std::string{"X-A: b\0c\r\n", 10} + "From: tom@desk.example";
    EXPECT_EQ(author(nul), std::nullopt);
}

}  // namespace
}  // namespace bellhop::parsers
