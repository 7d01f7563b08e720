#include "daemon/oauth/signing_key.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/daemon/oauth/test_keys.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

const TestKey& one_key() {
    static const TestKey key;
    return key;
}

TEST(SigningKey, SignsSoThatThePublicHalfAgrees) {
    const SigningKey key{one_key().private_pem()};
    for (const SignatureAlgorithm algorithm :
         {SignatureAlgorithm::ps256, SignatureAlgorithm::rs256}) {
        const std::string signature = key.sign(algorithm, "header.claims");
        EXPECT_EQ(signature.size(), 256U);
        EXPECT_TRUE(one_key().verifies(algorithm, "header.claims", signature));
        EXPECT_FALSE(one_key().verifies(algorithm, "header.claimz", signature));
        const SignatureAlgorithm other = algorithm == SignatureAlgorithm::ps256
                                             ? SignatureAlgorithm::rs256
                                             : SignatureAlgorithm::ps256;
        EXPECT_FALSE(one_key().verifies(other, "header.claims", signature));
    }
    // The salt of PSS is random, and RS256 has none.
    EXPECT_NE(key.sign(SignatureAlgorithm::ps256, "x"), key.sign(SignatureAlgorithm::ps256, "x"));
    EXPECT_EQ(key.sign(SignatureAlgorithm::rs256, "x"), key.sign(SignatureAlgorithm::rs256, "x"));
}

TEST(SigningKey, KnowsItsCertificate) {
    const SigningKey key{one_key().pem()};
    const CertificateFacts facts = key.certificate_in(one_key().pem());
    EXPECT_EQ(facts.digest, one_key().digest());
    const auto now =
        std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    EXPECT_NEAR(static_cast<double>((facts.begins - now).count()), -3600.0, 60.0);
    EXPECT_NEAR(static_cast<double>((facts.ends - now).count()), 8'640'000.0, 60.0);
}

std::string said_of(const std::string& pem) {
    try {
        const SigningKey key{pem};
        static_cast<void>(key.certificate_in(pem));
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "nothing";
}

TEST(SigningKey, SaysWhatIsWrong) {
    EXPECT_EQ(said_of(one_key().pem()), "nothing");
    EXPECT_EQ(said_of(one_key().private_pem() + one_key().certificate_pem()), "nothing")
        << "in any order";
    EXPECT_EQ(said_of(""), "there is no private key in it (PEM)");
    EXPECT_EQ(said_of(one_key().certificate_pem()), "there is no private key in it (PEM)");
    EXPECT_EQ(said_of(one_key().private_pem()), "there is no certificate in it (PEM)");
    const std::string cut = one_key().private_pem().substr(0, 800);
    EXPECT_EQ(said_of(cut), "there is no private key in it (PEM)");
    EXPECT_EQ(said_of("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n"
                      "-----END ENCRYPTED PRIVATE KEY-----\n"),
              "the private key has a passphrase; take it off");
    EXPECT_EQ(said_of(TestKey{KeyKind::ec}.pem()), "the private key is no RSA key");
    EXPECT_EQ(said_of(TestKey{KeyKind::short_rsa}.pem()),
              "the private key has less than 2048 bits");
    EXPECT_EQ(said_of(TestKey{}.certificate_pem() + one_key().private_pem()),
              "certificate and private key do not belong together");
}

}  // namespace
}  // namespace bellhop::daemon
