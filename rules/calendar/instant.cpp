#include "rules/calendar/instant.hpp"

#include "rules/calendar/opening_hours.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

std::optional<int> two_digits(std::string_view text, std::size_t at, int most) {
    if (text.size() < at + 2) return std::nullopt;
    const char tens = text[at];
    const char ones = text[at + 1];
    if (tens < '0' || tens > '9' || ones < '0' || ones > '9') return std::nullopt;
    const int number = (tens - '0') * 10 + (ones - '0');
    return number <= most ? std::optional{number} : std::nullopt;
}

/// "Z" or "+01:00": what to take off to come to UTC.
std::optional<seconds> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return seconds{0};
    if (text.size() != 6 || text[3] != ':' || (text[0] != '+' && text[0] != '-')) {
        return std::nullopt;
    }
    const std::optional<int> hour = two_digits(text, 1, 23);
    const std::optional<int> minute = two_digits(text, 4, 59);
    if (!hour || !minute) return std::nullopt;
    const seconds offset = hours{*hour} + minutes{*minute};
    return text[0] == '-' ? -offset : offset;
}

std::string padded(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::optional<sys_seconds> parse_instant(std::string_view text) {
    constexpr std::size_t up_to_seconds = 19;
    if (text.size() <= up_to_seconds || (text[10] != 'T' && text[10] != 't') || text[13] != ':' ||
        text[16] != ':') {
        return std::nullopt;
    }
    const std::optional<std::chrono::local_days> date = parse_date(text.substr(0, 10));
    const std::optional<int> hour = two_digits(text, 11, 23);
    const std::optional<int> minute = two_digits(text, 14, 59);
    const std::optional<int> second = two_digits(text, 17, 59);
    const std::optional<seconds> offset = parse_offset(text.substr(up_to_seconds));
    if (!date || !hour || !minute || !second || !offset) return std::nullopt;
    return sys_seconds{date->time_since_epoch()} + hours{*hour} + minutes{*minute} +
           seconds{*second} - *offset;
}

std::string to_text(sys_seconds instant) {
    const auto day = std::chrono::floor<days>(instant);
    const seconds time = instant - day;
    return to_text(std::chrono::local_days{day.time_since_epoch()}) + "T" +
           padded(time / hours{1}) + ":" + padded(time % hours{1} / minutes{1}) + ":" +
           padded(time % minutes{1} / seconds{1}) + "Z";
}

}  // namespace bellhop::rules
