#include "rules/mail/greeting_name.hpp"

#include <algorithm>
#include <array>

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

}  // namespace

std::string greeting_name(std::string_view display_name) {
    const std::string_view name = without_remark(display_name);
    const std::size_t comma = name.find(',');
    if (comma == std::string_view::npos) return std::string{name};
    const std::string_view last = parsers::trimmed(name.substr(0, comma));
    const std::string_view first = parsers::trimmed(name.substr(comma + 1));
    if (!is_part_of_name(last) || !is_part_of_name(first)) return std::string{name};
    if (is_title(first.substr(0, first.find(' ')))) {
        return std::string{first} + " " + std::string{last};
    }
    return std::string{first};
}

}  // namespace bellhop::rules
