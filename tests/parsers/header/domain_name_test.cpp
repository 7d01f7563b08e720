#include "parsers/header/domain_name.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(DomainName, WritesALabels) {
    EXPECT_EQ(ascii_domain("B\u00fccher.example"), "xn--bcher-kva.example");
    EXPECT_EQ(ascii_domain("fu\u00df.example"), "xn--fu-hia.example");
    EXPECT_EQ(ascii_domain("Example.ORG"), "Example.ORG");
}

TEST(DomainName, RefusesWhatIsNoName) {
    EXPECT_EQ(ascii_domain("\u00fc b.example"), std::nullopt);
    EXPECT_EQ(ascii_domain("\xff.example"), std::nullopt);
    EXPECT_EQ(ascii_domain("\u00fc..example"), std::nullopt);
}

TEST(DomainName, ComparesNamesInOneSpelling) {
    EXPECT_EQ(comparable_domain("Mail.Example.ORG"), "mail.example.org");
    EXPECT_EQ(comparable_domain("B\u00fccher.example"), "xn--bcher-kva.example");
    EXPECT_EQ(comparable_domain("XN--Bcher-KVA.example"), "xn--bcher-kva.example");
    for (const char* name :
         {"", "example", ".example", "a..example", "a.example.", "[192.0.2.1]", "a b.example",
          "a@b.example", "\uff48ill.example", "hill\u3002example.org", "\xff.example"}) {
        EXPECT_EQ(comparable_domain(name), std::nullopt) << name;
    }
    EXPECT_EQ(comparable_domain(std::string(300, 'a') + ".example"), std::nullopt);
}

TEST(DomainName, TellsWhatIsBelow) {
    EXPECT_TRUE(is_subdomain("mx.hill.example", "hill.example"));
    EXPECT_FALSE(is_subdomain("hill.example", "hill.example"));
    EXPECT_FALSE(is_subdomain("nothill.example", "hill.example"));
    EXPECT_FALSE(is_subdomain("hill.example", "mx.hill.example"));
}

TEST(DomainName, ShowsPeopleTheirLetters) {
    EXPECT_EQ(readable_domain("xn--bcher-kva.example"), "b\u00fccher.example");
    EXPECT_EQ(readable_domain("mail.XN--FU-HIA.example."), "mail.fu\u00df.example.");
    EXPECT_EQ(readable_domain("xn--mgbh0fb.xn--kgbechtv"),
              "\u0645\u062b\u0627\u0644.\u0625\u062e\u062a\u0628\u0627\u0631");
    EXPECT_EQ(readable_domain("xn--e1afmkfd.example"),
              "\u043f\u0440\u0438\u043c\u0435\u0440.example");
    EXPECT_EQ(readable_domain("school.example"), "school.example");
    EXPECT_EQ(readable_domain(""), "");
}

TEST(DomainName, ShowsNoNameThatCouldBeTakenForAnother) {
    // "paypal" with a Cyrillic letter, and "apple" all in Cyrillic ones.
    EXPECT_EQ(readable_domain("xn--pypal-4ve.example"), "xn--pypal-4ve.example");
    EXPECT_EQ(readable_domain("xn--80ak6aa92e.example"), "xn--80ak6aa92e.example");
}

TEST(DomainName, LeavesWhatIsNoName) {
    for (const std::string name : {"xn--", "xn--\xff.example", "xn---", "xn--a b", "xn--zzzzzzz--"})
        EXPECT_EQ(readable_domain(name), name);
    const std::string long_name = "xn--bcher-kva." + std::string(300, 'a');
    EXPECT_EQ(readable_domain(long_name), long_name);
}

TEST(DomainName, IsReadableInAnAddress) {
    EXPECT_EQ(readable_address("a@xn--bcher-kva.example"), "a@b\u00fccher.example");
    EXPECT_EQ(readable_address("xn--bcher-kva"), "xn--bcher-kva");
    EXPECT_EQ(readable_address(""), "");
}

}  // namespace
}  // namespace bellhop::parsers
