#include "parsers/encoding/form_encoding.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(FormEncoding, LeavesOnlyWhatMeansNothing) {
    EXPECT_EQ(form_encoded({}), "");
    EXPECT_EQ(form_encoded({{"grant_type", "client_credentials"},
                            {"scope", "https://outlook.office365.com/.default"}}),
              "grant_type=client_credentials&"
              "scope=https%3A%2F%2Foutlook.office365.com%2F.default");
    EXPECT_EQ(form_encoded({{"client_secret", "a&b=c+d e%f~g_h-i.j\r\n\xc3\xa4"}}),
              "client_secret=a%26b%3Dc%2Bd%20e%25f~g_h-i.j%0D%0A%C3%A4");
}

}  // namespace
}  // namespace bellhop::parsers
