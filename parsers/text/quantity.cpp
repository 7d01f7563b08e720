#include "parsers/text/quantity.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

namespace bellhop::parsers {
namespace {

/// Takes a decimal number off the front of `text`; nothing where there is none or it is too large.
std::optional<std::int64_t> take_number(std::string_view& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

void skip_blanks(std::string_view& text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

std::string_view take_word(std::string_view& text) {
    const auto is_letter = [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    };
    std::size_t length = 0;
    while (length < text.size() && is_letter(text[length])) ++length;
    const std::string_view word = text.substr(0, length);
    text.remove_prefix(length);
    return word;
}

struct Unit {
    std::string_view name;
    std::int64_t worth;
};

constexpr std::array<Unit, 20> time_units{{
    {"s", 1},       {"sec", 1},      {"second", 1},    {"seconds", 1},    {"m", 60},
    {"min", 60},    {"mins", 60},    {"minute", 60},   {"minutes", 60},   {"h", 3600},
    {"hour", 3600}, {"hours", 3600}, {"hr", 3600},     {"hrs", 3600},     {"d", 86400},
    {"day", 86400}, {"days", 86400}, {"week", 604800}, {"weeks", 604800}, {"w", 604800},
}};

constexpr std::array<Unit, 9> size_units{{
    {"B", 1},
    {"bytes", 1},
    {"kB", 1000},
    {"KB", 1000},
    {"MB", 1000 * 1000},
    {"GB", 1000 * 1000 * 1000},
    {"KiB", 1024},
    {"MiB", 1024 * 1024},
    {"GiB", 1024 * 1024 * 1024},
}};

template <std::size_t count>
std::optional<std::int64_t> worth_of(const std::array<Unit, count>& units, std::string_view name) {
    for (const Unit& unit : units) {
        if (unit.name == name) return unit.worth;
    }
    return std::nullopt;
}

/// `width` digits off the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
    if (text.size() < width) return std::nullopt;
    int number = 0;
    for (const char byte : text.substr(0, width)) {
        if (byte < '0' || byte > '9') return std::nullopt;
        number = number * 10 + (byte - '0');
    }
    text.remove_prefix(width);
    return number;
}

bool take(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    constexpr std::int64_t longest = std::int64_t{100} * 366 * 86400;  // a century; keeps sums safe
    std::int64_t total = 0;
    do {
        const std::optional<std::int64_t> count = take_number(text);
        if (!count) return std::nullopt;
        skip_blanks(text);
        const std::optional<std::int64_t> worth = worth_of(time_units, take_word(text));
        if (!worth || *count > longest / *worth) return std::nullopt;
        total += *count * *worth;
        if (total > longest) return std::nullopt;
        skip_blanks(text);
    } while (!text.empty());
    return std::chrono::seconds{total};
}

std::optional<std::size_t> parse_size(std::string_view text) {
    const std::optional<std::int64_t> count = take_number(text);
    if (!count) return std::nullopt;
    skip_blanks(text);
    const std::optional<std::int64_t> worth = worth_of(size_units, take_word(text));
    if (!worth || !text.empty() || *count > std::numeric_limits<std::int64_t>::max() / *worth) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(*count * *worth);
}

std::string size_text(std::size_t bytes) {
    constexpr std::array<Unit, 6> shown{{{"GB", 1000 * 1000 * 1000},
                                         {"GiB", 1024 * 1024 * 1024},
                                         {"MB", 1000 * 1000},
                                         {"MiB", 1024 * 1024},
                                         {"kB", 1000},
                                         {"KiB", 1024}}};
    for (const Unit& unit : shown) {
        const auto worth = static_cast<std::size_t>(unit.worth);
        if (bytes >= worth && bytes % worth == 0) {
            return std::to_string(bytes / worth) + ' ' + std::string{unit.name};
        }
    }
    return std::to_string(bytes) + " bytes";
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
    const std::optional<int> year = take_digits(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const std::optional<int> month = take_digits(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const std::optional<int> day = take_digits(text, 2);
    if (!day || !text.empty()) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::optional<int> hour = take_digits(text, colon == 1 ? 1 : 2);
    if (!hour || !take(text, ':')) return std::nullopt;
    const std::optional<int> minute = take_digits(text, 2);
    if (!minute || !text.empty() || *minute > 59) return std::nullopt;
    const std::chrono::minutes time = std::chrono::hours{*hour} + std::chrono::minutes{*minute};
    if (time > std::chrono::hours{24}) return std::nullopt;
    return time;
}

std::string duration_text(std::chrono::seconds duration) {
    struct Part {
        std::int64_t worth;
        std::string_view unit;
    };
    constexpr std::array<Part, 4> parts{{{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}}};
    std::int64_t rest = duration.count();
    std::string text;
    for (const Part& part : parts) {
        if (rest < part.worth) continue;
        if (!text.empty()) text += ' ';
        text += std::to_string(rest / part.worth) + std::string{part.unit};
        rest %= part.worth;
    }
    return text.empty() ? "0s" : text;
}

}  // namespace bellhop::parsers
