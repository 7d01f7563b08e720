#include "rules/mail/delivery.hpp"

#include "rules/mail/backoff.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr auto until_believed = 15min;  // a refusal by policy, once more
constexpr int fewest_attempts = 4;      // before a mail is given up

bool was_refused_so_before(const Judgement& judgement, const DeliveryAttempt& attempt) {
    return enhanced_status(attempt.words_before) == judgement.policy;
}

Fate later(const DeliveryAttempt& attempt, std::chrono::sys_seconds now, double jitter) {
    if (now > attempt.expires_at && attempt.attempts >= fewest_attempts) {
        return {Fate::What::given_up, now, false};
    }
    return {Fate::What::again, now + delivery_retry_delay(attempt.attempts, jitter), false};
}

}  // namespace

Fate fate_of(const Judgement& judgement,
             const DeliveryAttempt& attempt,
             int holds,
             std::chrono::sys_seconds now,
             double jitter) {
    if (judgement.outcome == Answered::taken) return {Fate::What::sent, now, false};
    switch (judgement.concern) {
        case Concern::relay:
            return {Fate::What::again, now + relay_retry_delay(holds + 1, jitter), true};
        case Concern::null_sender:
            return {Fate::What::again_with_own_sender, now, false};
        case Concern::mail:
            break;
    }
    if (judgement.outcome == Answered::not_yet) return later(attempt, now, jitter);
    const bool is_believed = judgement.policy.empty() || was_refused_so_before(judgement, attempt);
    if (is_believed) return {Fate::What::refused, now, false};
    return {Fate::What::again, now + until_believed, false};
}

std::chrono::seconds longest_delivery_delay() {
    constexpr int many = 1000;
    return delivery_retry_delay(many, 1.0);
}

}  // namespace bellhop::rules
