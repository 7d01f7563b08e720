#include "rules/mail/delivery.hpp"

#include <gtest/gtest.h>

#include "rules/mail/backoff.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using What = Fate::What;

constexpr std::chrono::sys_seconds now{1'790'000'000s};

Judgement of_mail(Answered outcome, const std::string& policy = {}) {
    return {outcome, Concern::mail, policy};
}

DeliveryAttempt attempt(int number, const std::string& words_before = {}) {
    return {number, now + 120h, words_before};
}

TEST(FateOf, EndsWithTheServersTaking) {
    EXPECT_EQ(fate_of(of_mail(Answered::taken), attempt(1), 3, now, 0),
              (Fate{What::sent, now, false}));
}

TEST(FateOf, TriesAgainLaterAndLater) {
    EXPECT_EQ(fate_of(of_mail(Answered::not_yet), attempt(1), 0, now, 0),
              (Fate{What::again, now + 60s, false}));
    EXPECT_EQ(fate_of(of_mail(Answered::not_yet), attempt(9), 0, now, 0),
              (Fate{What::again, now + 4h, false}));
}

TEST(FateOf, GivesUpWhenTheTimeIsOverAndNotBeforeTheFourthAttempt) {
    DeliveryAttempt late = attempt(3);
    late.expires_at = now - 1s;
    EXPECT_EQ(fate_of(of_mail(Answered::not_yet), late, 0, now, 0).what, What::again);
    late.attempts = 4;
    EXPECT_EQ(fate_of(of_mail(Answered::not_yet), late, 0, now, 0).what, What::given_up);
    late.expires_at = now;
    EXPECT_EQ(fate_of(of_mail(Answered::not_yet), late, 0, now, 0).what, What::again);
}

TEST(FateOf, NeverEndsAMailForWhatConcernsTheRelay) {
    for (const Answered outcome : {Answered::not_yet, Answered::refused}) {
        for (const int attempts : {1, 4, 1000}) {
            DeliveryAttempt late = attempt(attempts, "550 5.7.1 no");
            late.expires_at = now - 9999h;
            const Fate fate = fate_of({outcome, Concern::relay, "5.7.1"}, late, attempts, now, 1.0);
            EXPECT_EQ(fate.what, What::again);
            EXPECT_TRUE(fate.holds_all);
            EXPECT_GT(fate.at, now);
            EXPECT_LE(fate.at, now + 330s) << "the relay may be well again";
        }
    }
    EXPECT_EQ(fate_of({Answered::not_yet, Concern::relay, {}}, attempt(1), 0, now, 0).at,
              now + 15s);
}

TEST(FateOf, TriesTheMailboxsAddressWhereTheNullSenderIsRefused) {
    EXPECT_EQ(fate_of({Answered::refused, Concern::null_sender, {}}, attempt(1), 0, now, 0),
              (Fate{What::again_with_own_sender, now, false}));
}

TEST(FateOf, BelievesAPlainRefusalAtOnceAndOneByPolicyTheSecondTime) {
    EXPECT_EQ(fate_of(of_mail(Answered::refused), attempt(1), 0, now, 0).what, What::refused);
    const Judgement by_policy = of_mail(Answered::refused, "5.7.1");
    EXPECT_EQ(fate_of(by_policy, attempt(1), 0, now, 0), (Fate{What::again, now + 15min, false}));
    EXPECT_EQ(fate_of(by_policy, attempt(2, "451 4.7.1 greylisted"), 0, now, 0).what, What::again);
    EXPECT_EQ(fate_of(by_policy, attempt(2, "550 5.7.1 spam"), 0, now, 0).what, What::refused);
}

TEST(LongestDeliveryDelay, IsBeyondEveryDelay) {
    for (int attempts = 0; attempts < 50; ++attempts) {
        for (const double jitter : {-1.0, 0.0, 1.0}) {
            EXPECT_LE(delivery_retry_delay(attempts, jitter), longest_delivery_delay());
            EXPECT_LE(relay_retry_delay(attempts, jitter), longest_delivery_delay());
        }
    }
    EXPECT_LE(15min, longest_delivery_delay());
}

}  // namespace
}  // namespace bellhop::rules
