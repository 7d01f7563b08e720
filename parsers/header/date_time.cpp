#include "parsers/header/date_time.hpp"

#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t max_date_bytes = 200;  // a longer field is no date

constexpr std::array<std::string_view, 12> month_names{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};

using Zone = std::pair<std::string_view, int>;  // name, minutes east of UTC

// RFC 5322 section 4.3, and the abbreviations that mail programs of schools write.
constexpr std::array<Zone, 26> zones{
    {{"ut", 0},     {"gmt", 0},    {"utc", 0},    {"z", 0},      {"wet", 0},    {"west", 60},
     {"bst", 60},   {"ist", 330},  {"cet", 60},   {"met", 60},   {"mez", 60},   {"cest", 120},
     {"mest", 120}, {"mesz", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},  {"est", -300},
     {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480},
     {"pdt", -420}, {"jst", 540}}};

struct Fields {
    int year = -1;
    int month = -1;
    int day = -1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int zone = 0;  // minutes east of UTC
    bool has_time = false;
    bool has_zone = false;
};

int number(std::string_view digits) {
    int value = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && end == digits.data() + digits.size() ? value : -1;
}

std::string without_comments(std::string_view text) {
    std::string result;
    int depth = 0;
    for (const char c : text) {
        if (c == '(') ++depth;
        if (depth == 0) result += c == ',' ? ' ' : lower(c);
        if (c == ')' && depth > 0) --depth;
    }
    return result;
}

std::vector<std::string_view> words_of(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of(separators);
        if (end != 0) words.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return words;
}

/// 1 to 12, or -1. Only the first three letters count: "June", "Sept".
int month_of(std::string_view word) {
    for (std::size_t i = 0; i < month_names.size(); ++i) {
        if (word.substr(0, 3) == month_names[i]) return static_cast<int>(i) + 1;
    }
    return -1;
}

/// RFC 5322 section 4.3: two digits below 50 are of this century, three digits count from 1900.
int full_year(int year, std::size_t digits) {
    if (digits == 2) return year < 50 ? year + 2000 : year + 1900;
    return digits == 3 ? year + 1900 : year;
}

/// "11:05", "11:05:30", "11.05.30", "11:05:30.123".
bool take_time(std::string_view word, Fields& fields) {
    if (fields.has_time || word.find_first_of(":.") == std::string_view::npos ||
        !is_digit(word.front()))
        return false;
    const auto parts = words_of(word, ":.");
    if (parts.size() < 2) return false;
    const int hour = number(parts[0]);
    const int minute = number(parts[1]);
    const int second = parts.size() > 2 ? number(parts[2].substr(0, 2)) : 0;
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return false;
    fields.hour = hour;
    fields.minute = minute;
    fields.second = second;
    fields.has_time = true;
    return true;
}

/// "+0100", "-5", "+01:00", "gmt+2", "est".
bool take_zone(std::string_view word, Fields& fields) {
    if (fields.has_zone) return false;
    const std::size_t sign = word.find_first_of("+-");
    const std::string_view name = word.substr(0, sign);
    bool known = name.empty() && sign == 0;
    for (const auto& [zone, minutes] : zones) {
        if (zone != name) continue;
        known = true;
        fields.zone = minutes;
    }
    if (!known) return false;
    if (sign != std::string_view::npos) {
        std::string digits;
        for (const char c : word.substr(sign + 1)) {
            if (c != ':') digits += c;
        }
        const int value = number(digits);
        if (value < 0 || digits.size() > 4) return false;
        const int minutes = digits.size() <= 2 ? value * 60 : value / 100 * 60 + value % 100;
        // Beyond +1400 there is no zone: RFC 5322 section 4.3 takes what is unknown as UTC.
        if (minutes <= 14 * 60) fields.zone += word[sign] == '-' ? -minutes : minutes;
    }
    fields.has_zone = true;
    return true;
}

/// "2024-01-02", "3-Jun-2008", "2024/01/02".
bool take_joined_date(std::string_view word, Fields& fields) {
    const auto parts = words_of(word, "-/");
    if (parts.size() != 3 || !is_digit(word.front())) return false;
    const int month = is_alpha(parts[1].front()) ? month_of(parts[1]) : number(parts[1]);
    const int first = number(parts[0]);
    const int last = number(parts[2]);
    if (month < 1 || month > 12 || first < 0 || last < 0) return false;
    fields.month = month;
    const bool year_first = parts[0].size() == 4;
    fields.year = year_first ? first : full_year(last, parts[2].size());
    fields.day = year_first ? last : first;
    return true;
}

void take_word(std::string_view word, Fields& fields) {
    // ISO 8601: "2024-01-02t03:04:05z" or with "+01:00".
    if (const std::size_t t = word.find('t'); t == 10 && is_digit(word.front())) {
        take_word(word.substr(0, t), fields);
        std::string_view time = word.substr(t + 1);
        const std::size_t zone = time.find_first_of("z+-");
        take_time(time.substr(0, zone), fields);
        if (zone != std::string_view::npos) take_zone(time.substr(zone), fields);
        return;
    }
    if (take_time(word, fields) || take_joined_date(word, fields)) return;
    if (fields.has_time && take_zone(word, fields)) return;
    if (word == "pm" && fields.hour < 12) fields.hour += 12;
    if (word == "am" && fields.hour == 12) fields.hour = 0;
    if (is_alpha(word.front())) {
        if (const int month = month_of(word); month > 0 && fields.month < 0) fields.month = month;
        return;
    }
    while (!word.empty() && !is_digit(word.back())) word.remove_suffix(1);  // "3rd", "3."
    const int value = number(word);
    if (value < 0 || word.size() > 4) return;
    if (fields.day < 0 && word.size() <= 2) {
        fields.day = value;
    } else if (fields.year < 0) {
        fields.year = full_year(value, word.size());
    }
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_date_time(std::string_view field_body) {
    const std::string text = without_comments(field_body.substr(0, max_date_bytes));
    Fields fields;
    for (const std::string_view word : words_of(text, " \t\r\n")) take_word(word, fields);
    if (fields.year < 1970 || fields.year > 2199 || fields.month < 1 || fields.day < 1)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{fields.year},
                                           std::chrono::month{static_cast<unsigned>(fields.month)},
                                           std::chrono::day{static_cast<unsigned>(fields.day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{fields.hour} +
           std::chrono::minutes{fields.minute - fields.zone} + std::chrono::seconds{fields.second};
}

}  // namespace bellhop::parsers
