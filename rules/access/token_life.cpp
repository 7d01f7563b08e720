#include "rules/access/token_life.hpp"

#include <algorithm>

#include "parsers/text/ensure.hpp"
#include "rules/access/provider_answer.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds longest_margin = 10min;
constexpr seconds longest_parting = 30s;
constexpr seconds longest_asked = 10min;
constexpr int most_doublings = 10;

}  // namespace

seconds renewal_margin(seconds lifetime) {
    ensure(lifetime > 0s);
    return std::min<seconds>(longest_margin, lifetime / 5);
}

seconds parting_margin(seconds lifetime) {
    ensure(lifetime > 0s);
    return std::min<seconds>(longest_parting, renewal_margin(lifetime) / 2);
}

milliseconds token_retry_delay(const TokenFailure& failure, double jitter) {
    ensure(failure.in_a_row >= 1);
    const milliseconds first = failure.needs_operator ? milliseconds{1min} : milliseconds{1s};
    const milliseconds most = failure.needs_operator ? milliseconds{5min} : milliseconds{1min};
    milliseconds delay = first;
    for (int i = 1; i < std::min(failure.in_a_row, most_doublings); ++i) delay *= 2;
    delay = std::min(delay, most);
    const double moved = static_cast<double>(delay.count()) * jitter / 10;
    delay += milliseconds{static_cast<std::int64_t>(moved)};
    const seconds asked = std::min<seconds>(failure.asked.value_or(0s), longest_asked);
    return std::max<milliseconds>(delay, asked);
}

bool is_of_the_credential(const std::string& code, const std::string& words) {
    if (code == "invalid_client") return true;
    // Google says invalid_grant of an assertion that it cannot verify.
    const ProviderAnswer* answer = provider_answer(code + ": " + words);
    return answer != nullptr && answer->cause == "key_wrong";
}

bool needs_a_person(const std::string& code, int status) {
    // RFC 6585 section 4, RFC 9110 section 15.5.9: they ask for patience, whatever the body says.
    if (status == 429 || status == 408) return false;
    if (code.empty()) return status / 100 == 3 || status / 100 == 4;
    return code != "temporarily_unavailable" && code != "server_error" && code != "slow_down";
}

}  // namespace bellhop::rules
