#include "parsers/header/sole_author.hpp"

#include <gtest/gtest.h>

#include "parsers/header/address.hpp"

namespace bellhop::parsers {
namespace {

TEST(SoleAuthor, IsTheAddressThatEveryProgramReads) {
    struct Case {
        const char* body;
        const char* expected;
    };
    const std::vector<Case> cases{
        {"ann@hill.example", "ann@hill.example"},
        {"Ann.Lee+x@Hill.EXAMPLE", "Ann.Lee+x@hill.example"},
        {"<ann@hill.example>", "ann@hill.example"},
        {"Ann Lee <ann@hill.example>", "ann@hill.example"},
        {"\"Lee, Ann\" <ann@hill.example>", "ann@hill.example"},
        {"J. O'Neil <m.o'neil@hill.example>", "m.o'neil@hill.example"},
        {"[Year 6] Ann <ann@hill.example>", "ann@hill.example"},
        {"=?utf-8?q?Ann_L=C3=A9e?= <ann@hill.example>", "ann@hill.example"},
        {"ann@hill.example (Ann Lee)", "ann@hill.example"},
        {"(Ann) ann (of) @ (the) hill . example", "ann@hill.example"},
        {"Ann <ann@hill.example> (Year 6)", "ann@hill.example"},
        // Another address in the name is nobody.
        {"\"head@hill.example\" <eve@evil.example>", "eve@evil.example"},
        {"=?utf-8?q?=3Chead=40hill.example=3E?= <eve@evil.example>", "eve@evil.example"},
        {"zo\u00eb@h\u00fcgel.example", "zo\u00eb@h\u00fcgel.example"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(sole_author(each.body), each.expected) << each.body;
        EXPECT_EQ(parse_address_list(each.body).front().address, each.expected) << each.body;
    }
}

TEST(SoleAuthor, IsNobodyWhereSomethingElseStands) {
    for (const char* body : {"",
                             "Ann Lee",
                             "<>",
                             "Ann <>",
                             "ann",
                             "ann@",
                             "@hill.example",
                             "ann@hill",
                             "ann@hill.example, eve@evil.example",
                             "ann@hill.example,",
                             "Lee, Ann <ann@hill.example>",
                             "Staff: ann@hill.example;",
                             "Ann: <ann@hill.example>",
                             "undisclosed-recipients:;",
                             "<@evil.example:head@hill.example>",
                             "<@evil.example,@x.example:head@hill.example>",
                             "head@[192.0.2.1]",
                             "head@[IPv6:::1]",
                             "head@hill.example.",
                             "<head@hill.example.>",
                             "head@hill..example",
                             ".head@hill.example",
                             "head.@hill.example",
                             "head@hill.example <x>",
                             "head@hill.example <eve@evil.example>",
                             "<head@hill.example> eve@evil.example",
                             "<head@hill.example> <eve@evil.example>",
                             "<<head@hill.example>>",
                             "<head@hill.example",
                             "head@hill.example>",
                             "=?utf-8?q?head=40hill.example?=",
                             "=?utf-8?q?head?=@hill.example",
                             "<=?utf-8?q?head?=@hill.example>",
                             "=?utf-8?q?Helen_=3Chead=40hill.example=3E?=",
                             "\"head\"@hill.example",
                             "\"head@hill.example\"",
                             "\"head <head@hill.example>",
                             "head@evil@hill.example",
                             "head@hill.example@evil.example",
                             "he ad@hill.example",
                             "head@hill. example",
                             "head@hill example",
                             "head\\@hill.example",
                             "<mailto:head@hill.example>",
                             "head@\uff48ill.example",
                             "head@hill\u3002example",
                             "he\xff@hill.example",
                             "head@hill.ex(ample",
                             "head@hill.example)",
                             "head;x@hill.example",
                             "head@hill.example\x01",
                             "he\u202ead@hill.example"}) {
        EXPECT_FALSE(sole_author(body)) << body;
    }
    EXPECT_FALSE(sole_author(std::string(65, 'a') + "@hill.example"));
    EXPECT_FALSE(sole_author("a@" + std::string(300, 'b') + ".example"));
}

}  // namespace
}  // namespace bellhop::parsers
