#include "rules/access/token_life.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

TEST(TokenLife, IsRenewedBeforeItsEnd) {
    EXPECT_EQ(renewal_margin(3599s), 10min);
    EXPECT_EQ(renewal_margin(24h), 10min);
    EXPECT_EQ(renewal_margin(300s), 60s);
    EXPECT_EQ(renewal_margin(60s), 12s);
    EXPECT_EQ(renewal_margin(1s), 0s);
}

/// A token is used until a little before its end, and is renewed before that.
TEST(TokenLife, ServesLongerThanUntilItsRenewal) {
    for (std::chrono::seconds lifetime = 1s; lifetime <= 5000s; lifetime += 7s) {
        EXPECT_LE(parting_margin(lifetime), renewal_margin(lifetime));
        EXPECT_LT(renewal_margin(lifetime), lifetime);
        EXPECT_LE(parting_margin(lifetime), 30s);
    }
    EXPECT_EQ(parting_margin(60s), 6s);
    EXPECT_EQ(parting_margin(3599s), 30s);
}

TEST(TokenLife, AsksAgainLaterAndLater) {
    const auto delay = [](int failures) { return token_retry_delay({failures, false, {}}, 0); };
    EXPECT_EQ(delay(1), 1s);
    EXPECT_EQ(delay(2), 2s);
    EXPECT_EQ(delay(4), 8s);
    EXPECT_EQ(delay(7), 60s);
    EXPECT_EQ(delay(1'000'000), 60s);
    EXPECT_EQ(token_retry_delay({2, false, {}}, 1), 2200ms);
    EXPECT_EQ(token_retry_delay({2, false, {}}, -1), 1800ms);
}

TEST(TokenLife, AsksSeldomWhatOnlyAPersonCanMend) {
    const auto delay = [](int failures) { return token_retry_delay({failures, true, {}}, 0); };
    EXPECT_EQ(delay(1), 1min);
    EXPECT_EQ(delay(2), 2min);
    EXPECT_EQ(delay(3), 4min);
    EXPECT_EQ(delay(4), 5min);
    EXPECT_EQ(delay(50), 5min);
}

TEST(TokenLife, LeavesAnEndpointAloneAsLongAsItAsks) {
    EXPECT_EQ(token_retry_delay({1, false, 45s}, 0), 45s);
    EXPECT_EQ(token_retry_delay({7, false, 5s}, 0), 60s);
    EXPECT_EQ(token_retry_delay({1, false, 24h}, 0), 10min) << "no server stops us for a day";
}

TEST(TokenLife, TellsACredentialFromTheApplication) {
    EXPECT_TRUE(is_of_the_credential("invalid_client", "AADSTS7000222: expired"));
    EXPECT_TRUE(is_of_the_credential("invalid_grant", "Invalid JWT Signature."));
    EXPECT_FALSE(is_of_the_credential("invalid_grant", "Invalid email or User ID"));
    EXPECT_FALSE(is_of_the_credential("unauthorized_client", ""));
    EXPECT_FALSE(is_of_the_credential("", "HTTP 503, and no JSON"));
}

TEST(TokenLife, KnowsWhatDoesNotPassByItself) {
    for (const char* code : {"invalid_client", "invalid_grant", "unauthorized_client",
                             "invalid_scope", "access_denied", "whatever"}) {
        EXPECT_TRUE(needs_a_person(code, 400)) << code;
        EXPECT_FALSE(needs_a_person(code, 429)) << code;
    }
    for (const char* code : {"temporarily_unavailable", "server_error", "slow_down"}) {
        EXPECT_FALSE(needs_a_person(code, 400)) << code;
    }
    EXPECT_TRUE(needs_a_person("", 404)) << "another endpoint";
    EXPECT_TRUE(needs_a_person("", 302)) << "a portal in between";
    for (const int status : {200, 408, 429, 500, 502, 503}) {
        EXPECT_FALSE(needs_a_person("", status)) << status;
    }
}

}  // namespace
}  // namespace bellhop::rules
