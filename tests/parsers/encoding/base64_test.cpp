#include "parsers/encoding/base64.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

/// RFC 4648 section 10.
TEST(Base64, EncodesAsTheStandardDoes) {
    EXPECT_EQ(encode_base64(""), "");
    EXPECT_EQ(encode_base64("f"), "Zg==");
    EXPECT_EQ(encode_base64("fo"), "Zm8=");
    EXPECT_EQ(encode_base64("foo"), "Zm9v");
    EXPECT_EQ(encode_base64("foob"), "Zm9vYg==");
    EXPECT_EQ(encode_base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(encode_base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(encode_base64("\xfb\xff\xfe"), "+//+");
}

/// RFC 7515 appendix C.
TEST(Base64, EncodesForUrls) {
    EXPECT_EQ(encode_base64url(std::string_view{"\x03\xec\xff\xe0\xc1", 5}), "A-z_4ME");
    EXPECT_EQ(encode_base64url("\xfb\xff\xfe"), "-__-");
}

TEST(Base64, DecodesWhatItEncodesForUrls) {
    std::string bytes;
    for (int i = 0; i < 300; ++i) {
        EXPECT_EQ(decode_base64url(encode_base64url(bytes)), bytes);
        bytes += static_cast<char>(i * 37);
    }
}

TEST(Base64, DecodesNothingElse) {
    for (const char* text : {"A", "ABCDE", "AB==", "A+z/", "A z_", "A\nz_"}) {
        EXPECT_EQ(decode_base64url(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace bellhop::parsers
