#include "parsers/header/address.hpp"

#include <ostream>

#include <gtest/gtest.h>

namespace bellhop::parsers {

void PrintTo(const Address& address, std::ostream* out) {
    *out << "\"" << address.name << "\" <" << address.address << ">";
}

namespace {

using Addresses = std::vector<Address>;

TEST(Address, ReadsTheUsualForms) {
    EXPECT_EQ(parse_address_list("ann@example.org"), (Addresses{{"", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("Ann Lee <ann@example.org> "),
              (Addresses{{"Ann Lee", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("ann@example.org (Ann Lee)"),
              (Addresses{{"Ann Lee", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("\"Lee, Ann\" <ann@EXAMPLE.org>, bob@example.org"),
              (Addresses{{"Lee, Ann", "ann@example.org"}, {"", "bob@example.org"}}));
    EXPECT_EQ(parse_address_list("\"Ann \\\"A\\\" Lee\" <ann@example.org>"),
              (Addresses{{"Ann \"A\" Lee", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("=?utf-8?q?M=C3=BCller=2C_Eva?= <eva@example.org>"),
              (Addresses{{"Müller, Eva", "eva@example.org"}}));
}

TEST(Address, FlattensGroups) {
    EXPECT_EQ(
        parse_address_list("Staff: ann@example.org, Bob <bob@example.org>; cy@example.org"),
        (Addresses{{"", "ann@example.org"}, {"Bob", "bob@example.org"}, {"", "cy@example.org"}}));
    EXPECT_EQ(parse_address_list("undisclosed-recipients:;"), Addresses{});
    EXPECT_EQ(parse_address_list("undisclosed-recipients:"), Addresses{});
}

TEST(Address, ReadsWhatIsBroken) {
    EXPECT_EQ(parse_address_list("Lee, Ann <ann@example.org>"),
              (Addresses{{"Lee, Ann", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("'Ann Lee' <ann@example.org>"),
              (Addresses{{"Ann Lee", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("\"Ann Lee <ann@example.org>"),
              (Addresses{{"Ann Lee", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("Ann ((Lee <ann@example.org>").back().address, "ann@example.org");
    EXPECT_EQ(parse_address_list("<<ann@example.org>>"), (Addresses{{"", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("<mailto:ann@example.org>"), (Addresses{{"", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("Ann <ann@example.org"), (Addresses{{"Ann", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("Ann Lee ann@example.org"),
              (Addresses{{"Ann Lee", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("=?utf-8?q?Ann_Lee_=3Cann=40example=2Eorg=3E?="),
              (Addresses{{"Ann Lee", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("\"Ann\" <Ann Lee@example.org>").front().address,
              "Ann Lee@example.org");
}

TEST(Address, ReadsObsoleteSyntax) {
    EXPECT_EQ(parse_address_list("<@relay.example,@b.example:ann@example.org>"),
              (Addresses{{"", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("ann @ example . org"), (Addresses{{"", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("Ann <ann(her)@(the)example.org>"),
              (Addresses{{"Ann", "ann@example.org"}}));
    EXPECT_EQ(parse_address_list("\"ann lee\"@example.org"),
              (Addresses{{"", "\"ann lee\"@example.org"}}));
}

TEST(Address, KeepsNamesWithoutAddress) {
    EXPECT_EQ(parse_address_list("MAILER-DAEMON (Mail Delivery System)"),
              (Addresses{{"MAILER-DAEMON (Mail Delivery System)", ""}}));
    EXPECT_EQ(parse_address_list("<>"), Addresses{});
    EXPECT_EQ(parse_address_list("  "), Addresses{});
    EXPECT_EQ(parse_address_list(",,;,"), Addresses{});
}

TEST(Address, IsBoundedAndLinear) {
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "u" + std::to_string(i) + "@example.org, ";
    EXPECT_EQ(parse_address_list(many).size(), max_addresses);
    std::string quotes = "\"";
    for (int i = 0; i < 100000; ++i) quotes += "a\\\"";
    EXPECT_LE(parse_address_list(quotes + " <ann@example.org>").size(), 1U);
    EXPECT_LE(parse_address_list(std::string(300000, '(')).size(), 1U);
    EXPECT_LE(parse_address_list(std::string(300000, '<')).size(), max_addresses);
}

TEST(Address, ComparesByKey) {
    EXPECT_EQ(address_key("Ann@Example.ORG"), "ann@example.org");
    EXPECT_EQ(address_key("ann@schüle.example"), address_key("ANN@xn--schle-mva.example"));
    EXPECT_NE(address_key("ann@example.org"), address_key("anna@example.org"));
    EXPECT_EQ(address_key("ann@\u00a0\u00a0"), "ann@\u00a0\u00a0");
    EXPECT_EQ(address_key("ann@b\uff20c"), "ann@b\uff20c");
}

TEST(Address, SaysWhatMayBeSentTo) {
    EXPECT_TRUE(is_sendable("ann.lee+x@example.org"));
    for (const char* bad :
         {"", "ann", "@example.org", "ann@", "a b@example.org", "ann@example.org\r\nRCPT",
          "a@b@example.org", "<ann@example.org>", "ann@.example", "ann@example.org."}) {
        EXPECT_FALSE(is_sendable(bad)) << bad;
    }
    EXPECT_FALSE(is_sendable(std::string(65, 'a') + "@example.org"));
}

}  // namespace
}  // namespace bellhop::parsers
