#include "rules/access/provider_answer.hpp"

#include <algorithm>

#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_read = 4 * 1024;  // bytes of an answer; the log keeps far less

/// "5.7.3" stands in "535 5.7.3 no", not in "550 5.7.30 no" and not in "15.7.3".
bool has_sign(std::string_view words, std::string_view sign) {
    for (std::size_t at = words.find(sign); at != std::string_view::npos;
         at = words.find(sign, at + 1)) {
        const std::size_t end = at + sign.size();
        const bool goes_on =
            parsers::is_digit(sign.back()) && end < words.size() && parsers::is_digit(words[end]);
        const bool has_begun =
            parsers::is_digit(sign.front()) && at > 0 && parsers::is_digit(words[at - 1]);
        if (!goes_on && !has_begun) return true;
    }
    return false;
}

bool fits(const KnownAnswer& known, std::string_view words) {
    return std::all_of(known.signs.begin(), known.signs.end(), [&](std::string_view sign) {
        return sign.empty() || has_sign(words, sign);
    });
}

}  // namespace

const ProviderAnswer* provider_answer(std::string_view words) {
    const std::string lower = parsers::lower_case(words.substr(0, most_read));
    for (const KnownAnswer& known : known_answers()) {
        if (fits(known, lower)) return &known.meaning;
    }
    return nullptr;
}

std::string advice_on(std::string_view words) {
    const ProviderAnswer* answer = provider_answer(words);
    if (answer == nullptr) return {};
    std::string advice{answer->what};
    if (advice.front() >= 'a' && advice.front() <= 'z') {
        advice.front() = static_cast<char>(advice.front() - 'a' + 'A');
    }
    return advice + ". " + std::string{answer->to_do};
}

std::vector<const ProviderAnswer*> all_provider_answers() {
    std::vector<const ProviderAnswer*> all;
    for (const KnownAnswer& known : known_answers()) all.push_back(&known.meaning);
    return all;
}

}  // namespace bellhop::rules
