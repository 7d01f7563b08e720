#include "rules/mail/greeting_name.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

constexpr std::array<std::string_view, 12> titles{"mr",  "mrs", "ms",   "miss",  "mx", "dr",
                                                  "sir", "rev", "prof", "madam", "fr", "sr"};

/// "(School Office)", "[Hill Primary]" at the end.
std::string_view without_remark(std::string_view name) {
    name = parsers::trimmed(name);
    for (const auto& [open, close] : {std::pair{'(', ')'}, std::pair{'[', ']'}}) {
        const std::size_t at = name.find(open);
        const bool is_remark = at != std::string_view::npos && at > 0 && name.back() == close;
        if (is_remark) name = parsers::trimmed(name.substr(0, at));
    }
    return name;
}

bool is_title(std::string_view word) {
    std::string plain = parsers::lower_case(word);
    if (plain.ends_with('.')) plain.pop_back();
    return std::find(titles.begin(), titles.end(), plain) != titles.end();
}

/// No company, no list: letters, hyphens and apostrophes, in at most three words.
bool is_part_of_name(std::string_view part) {
    constexpr std::size_t longest = 40;  // bytes
    if (part.empty() || part.size() > longest) return false;
    if (std::count(part.begin(), part.end(), ' ') > 2) return false;
    return std::all_of(part.begin(), part.end(), [](char c) {
        return parsers::is_alpha(c) || parsers::is_octet_8bit(c) || c == ' ' || c == '-' ||
               c == '\'' || c == '.';
    });
}

/// "Hall, Jane" in its two parts.
struct Reversed {
    std::string_view last = {};
    std::string_view first = {};
};

std::optional<Reversed> reversed_name(std::string_view name) {
    const std::size_t comma = name.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const Reversed parts{parsers::trimmed(name.substr(0, comma)),
                         parsers::trimmed(name.substr(comma + 1))};
    if (!is_part_of_name(parts.last) || !is_part_of_name(parts.first)) return std::nullopt;
    return parts;
}

std::string both(const Reversed& name) {
    return std::string{name.first} + " " + std::string{name.last};
}

}  // namespace

std::string greeting_name(std::string_view display_name) {
    const std::string_view name = without_remark(display_name);
    const auto parts = reversed_name(name);
    if (!parts) return std::string{name};
    if (is_title(parts->first.substr(0, parts->first.find(' ')))) return both(*parts);
    return std::string{parts->first};
}

std::string spoken_name(std::string_view display_name) {
    const std::string_view name = without_remark(display_name);
    const auto parts = reversed_name(name);
    return parts ? both(*parts) : std::string{name};
}

}  // namespace bellhop::rules
