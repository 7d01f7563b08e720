#include "parsers/domain_name.hpp"

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

}  // namespace
}  // namespace bellhop::parsers
