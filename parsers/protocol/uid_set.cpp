#include "parsers/protocol/uid_set.hpp"

#include <algorithm>
#include <charconv>

namespace bellhop::parsers {
namespace {

/// RFC 9051 section 9, nz-number.
std::optional<std::uint32_t> nonzero_number(std::string_view digits) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value == 0) {
        return std::nullopt;
    }
    return value;
}

bool append_range(std::vector<std::uint32_t>& numbers,
                  std::uint32_t from,
                  std::uint32_t to,
                  std::size_t limit) {
    // RFC 9051 section 9: "5:3" is the same as "3:5". The order of a COPYUID is ascending then.
    if (from > to) std::swap(from, to);
    if (to - from >= limit - numbers.size()) return false;
    for (std::uint32_t number = from;; ++number) {
        numbers.push_back(number);
        if (number == to) return true;
    }
}

std::string range_text(std::uint32_t from, std::uint32_t to) {
    return from == to ? std::to_string(from) : std::to_string(from) + ":" + std::to_string(to);
}

}  // namespace

std::optional<std::vector<std::uint32_t>> parse_uid_set(std::string_view text, std::size_t limit) {
    std::vector<std::uint32_t> numbers;
    for (;;) {
        const std::size_t comma = text.find(',');
        const std::string_view range = text.substr(0, comma);
        const std::size_t colon = range.find(':');
        const auto from = nonzero_number(range.substr(0, colon));
        const auto to =
            colon == std::string_view::npos ? from : nonzero_number(range.substr(colon + 1));
        if (!from || !to || !append_range(numbers, *from, *to, limit)) return std::nullopt;
        if (comma == std::string_view::npos) return numbers;
        text.remove_prefix(comma + 1);
    }
}

std::vector<std::string> uid_sets(std::vector<std::uint32_t> uids, std::size_t line_limit) {
    std::sort(uids.begin(), uids.end());
    uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
    std::vector<std::string> sets;
    for (std::size_t i = 0; i < uids.size();) {
        std::size_t last = i;
        while (last + 1 < uids.size() && uids[last + 1] == uids[last] + 1) ++last;
        const std::string range = range_text(uids[i], uids[last]);
        if (sets.empty() || sets.back().size() + 1 + range.size() > line_limit) {
            sets.push_back(range);
        } else {
            sets.back() += ',' + range;
        }
        i = last + 1;
    }
    return sets;
}

}  // namespace bellhop::parsers
