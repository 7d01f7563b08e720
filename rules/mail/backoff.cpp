#include "rules/mail/backoff.hpp"

#include <algorithm>
#include <array>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

std::chrono::seconds moved(std::chrono::seconds delay, double by) {
    const auto count = static_cast<double>(delay.count()) * (1.0 + by);
    return std::max(1s, std::chrono::seconds{static_cast<std::chrono::seconds::rep>(count)});
}

}  // namespace

std::chrono::seconds delivery_retry_delay(int attempts, double jitter) {
    static constexpr std::array<std::chrono::seconds, 6> steps{60s,   900s,  1800s,
                                                               3600s, 7200s, 14400s};
    const auto step =
        static_cast<std::size_t>(std::clamp(attempts, 1, static_cast<int>(steps.size())) - 1);
    return moved(steps[step], jitter / 10);
}

std::chrono::seconds relay_retry_delay(int failures, double jitter) {
    constexpr int last_doubling = 6;  // 15 s * 2^5 is past the cap
    const std::chrono::seconds delay = 15s * (1 << (std::clamp(failures, 1, last_doubling) - 1));
    return moved(std::min<std::chrono::seconds>(delay, 300s), jitter / 10);
}

std::chrono::seconds reconnect_delay(int failures, double jitter) {
    constexpr int last_doubling = 10;  // 2^9 s is past the cap
    const std::chrono::seconds delay{1LL << (std::clamp(failures, 1, last_doubling) - 1)};
    return moved(std::min<std::chrono::seconds>(delay, 300s), jitter / 4);
}

}  // namespace bellhop::rules
