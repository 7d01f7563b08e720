#include "rules/evidence/machine_says.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "parsers/text/ascii.hpp"
#include "rules/evidence/machine_words.hpp"

namespace bellhop::rules {
namespace {

/// How grave, by the names that machines give it.
constexpr std::pair<std::string_view, MachineSeverity> severities[] = {
    {"critical", MachineSeverity::critical},
    {"severe", MachineSeverity::critical},
    {"disaster", MachineSeverity::critical},
    {"emergency", MachineSeverity::critical},
    {"fatal", MachineSeverity::critical},
    {"high", MachineSeverity::critical},
    {"urgent", MachineSeverity::critical},
    {"sev0", MachineSeverity::critical},
    {"sev1", MachineSeverity::critical},
    {"error", MachineSeverity::error},
    {"major", MachineSeverity::error},
    {"average", MachineSeverity::error},
    {"failed", MachineSeverity::error},
    {"failure", MachineSeverity::error},
    {"sev2", MachineSeverity::error},
    {"warning", MachineSeverity::warning},
    {"minor", MachineSeverity::warning},
    {"medium", MachineSeverity::warning},
    {"moderate", MachineSeverity::warning},
    {"degraded", MachineSeverity::warning},
    {"sev3", MachineSeverity::warning},
    {"informational", MachineSeverity::information},
    {"information", MachineSeverity::information},
    {"info", MachineSeverity::information},
    {"notice", MachineSeverity::information},
    {"low", MachineSeverity::information},
    {"sev4", MachineSeverity::information}};

bool is_nought(std::string_view word) {
    return word == "0" || word == "no" || word == "zero" || word == "none" || word == "without";
}

/// One word in its place; `before` and `after` may be empty.
Says word_says(std::string_view before, std::string_view word, std::string_view after) {
    using namespace machine_words;
    if (is_nought(before) || after == "0" || after == "none") return Says::nothing;
    const bool is_denied = before == "not" || before == "never" || before == "isn't";
    if (word == "back" && after != "up" && after != "online" && after != "to" && after != "in")
        return Says::nothing;
    if (word == "recovery" && (after.starts_with("point") || after == "media"))
        return Says::nothing;
    if (word == "down" && (before == "was" || before == "were")) return Says::nothing;
    if (is_one_of(well_again, word)) return is_denied ? Says::ill : Says::well_again;
    if (is_one_of(well, word)) return is_denied ? Says::ill : Says::well;
    const std::pair pair{word, after};
    if (is_one_of(ill, word) || is_one_of(ill_pairs, pair)) return Says::ill;
    return Says::nothing;
}

/// "WARN -> OK": what it is now.
std::string_view after_arrow(std::string_view text) {
    for (const std::string_view arrow : {"->", "=>", "→"}) {
        const std::size_t at = text.rfind(arrow);
        if (at != std::string_view::npos) text = text.substr(at + arrow.size());
    }
    return text;
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view text) {
    const auto is_part = [](char c) {
        return parsers::is_alpha(c) || parsers::is_digit(c) || parsers::is_octet_8bit(c) ||
               c == '\'' || c == '-' || c == '/';
    };
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && is_part(text[end])) ++end;
        if (end > at && text.substr(at, end - at) != "-")
            words.push_back(text.substr(at, end - at));
        at = std::max(end, at + 1);
    }
    return words;
}

Says says(std::string_view text) {
    const std::string lower = parsers::lower_case(after_arrow(text));
    const std::vector<std::string_view> words = words_of(lower);
    Says all = Says::nothing;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view before = i > 0 ? words[i - 1] : std::string_view{};
        const std::string_view after = i + 1 < words.size() ? words[i + 1] : std::string_view{};
        if (is_one_of(machine_words::beside_the_matter, words[i])) break;
        if (words[i] == "no" && after == "longer") return Says::well_again;
        const Says one = word_says(before, words[i], after);
        if (one == Says::well_again) return one;
        if (one == Says::ill || all == Says::nothing) all = one == Says::nothing ? all : one;
    }
    return all;
}

MachineSeverity severity_in(std::string_view text) {
    const std::string lower = parsers::lower_case(text);
    for (const std::string_view word : words_of(lower)) {
        for (const auto& [name, severity] : severities) {
            if (word == name) return severity;
        }
    }
    return MachineSeverity::unknown;
}

}  // namespace bellhop::rules
