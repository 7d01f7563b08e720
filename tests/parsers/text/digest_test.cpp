#include "parsers/text/digest.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

namespace bellhop::parsers {
namespace {

TEST(Digest, AgreesWithThePublishedVectors) {
    // FIPS 180-4 example "abc"; RFC 4231 section 4.3 test case 2; RFC 4648 section 10.
    EXPECT_EQ(hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(base32("foobar"), "mzxw6ytboi");
}

TEST(Digest, ComparesWholeTexts) {
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

// A FIPS provider that is asked for and not there: OpenSSL computes nothing.
void without_digests() {
    EVP_set_default_properties(nullptr, "provider=nowhere");
}

TEST(DigestDeathTest, IsNeverTakenForComputedWhereItWasNot) {
    const auto sha = [] {
        without_digests();
        sha256("abc");
    };
    EXPECT_EXIT(sha(), testing::KilledBySignal(SIGABRT), "EVP_Digest");
    const auto hmac = [] {
        without_digests();
        hmac_sha256("key", "abc");
    };
    EXPECT_EXIT(hmac(), testing::KilledBySignal(SIGABRT), "HMAC");
}

}  // namespace
}  // namespace bellhop::parsers
