#include "parsers/reply/informal_date.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_date = 200;  // bytes; the longest seen has 60

struct MonthName {
    std::string_view beginning;
    unsigned month;
};

// Beginnings of the names of the months, folded, the longer of two alike first: English, German,
// French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Finnish, Polish, Czech, Russian.
constexpr std::array<MonthName, 96> month_names = {{
    {"jan", 1},   {"jän", 1},    {"ene", 1},      {"gen", 1},    {"tammi", 1},     {"sty", 1},
    {"led", 1},   {"янв", 1},    {"feb", 2},      {"fév", 2},    {"fev", 2},       {"febb", 2},
    {"helmi", 2}, {"lut", 2},    {"únor", 2},     {"фев", 2},    {"mar", 3},       {"mär", 3},
    {"mrz", 3},   {"maart", 3},  {"mrt", 3},      {"maalis", 3}, {"břez", 3},      {"мар", 3},
    {"apr", 4},   {"avr", 4},    {"abr", 4},      {"huhti", 4},  {"kwi", 4},       {"dub", 4},
    {"апр", 4},   {"may", 5},    {"mai", 5},      {"mag", 5},    {"maj", 5},       {"mei", 5},
    {"touko", 5}, {"květ", 5},   {"мая", 5},      {"май", 5},    {"juin", 6},      {"jun", 6},
    {"giu", 6},   {"kesä", 6},   {"cze", 6},      {"červn", 6},  {"июн", 6},       {"juil", 7},
    {"jul", 7},   {"lug", 7},    {"heinä", 7},    {"lip", 7},    {"červenc", 7},   {"июл", 7},
    {"aug", 8},   {"aoû", 8},    {"aou", 8},      {"ago", 8},    {"elo", 8},       {"sie", 8},
    {"srp", 8},   {"авг", 8},    {"sep", 9},      {"set", 9},    {"syys", 9},      {"wrz", 9},
    {"září", 9},  {"сен", 9},    {"oct", 10},     {"okt", 10},   {"ott", 10},      {"out", 10},
    {"loka", 10}, {"paź", 10},   {"říj", 10},     {"окт", 10},   {"nov", 11},      {"marras", 11},
    {"lis", 11},  {"ноя", 11},   {"dec", 12},     {"dez", 12},   {"déc", 12},      {"dic", 12},
    {"des", 12},  {"joulu", 12}, {"gru", 12},     {"pros", 12},  {"дек", 12},      {"janv", 1},
    {"sept", 9},  {"lutego", 2}, {"ottobre", 10}, {"août", 8},   {"décembre", 12}, {"février", 2},
}};

struct Parts {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = -1;
    int minute = 0;
    int second = 0;
    int zone_minutes = 0;
};

/// Reads a date word by word.
class DateWords {
public:
    explicit DateWords(std::string_view low) : low_(low) {}

    std::optional<Parts> read();

private:
    void number();
    void clock(int hour);
    void numeric_date(int first, char separator);
    void word();
    void zone();
    int digits(std::size_t most);
    char here() const { return at_ < low_.size() ? low_[at_] : '\0'; }
    char next() const { return at_ + 1 < low_.size() ? low_[at_ + 1] : '\0'; }

    std::string_view low_;
    std::size_t at_ = 0;
    Parts parts_ = {};
};

int DateWords::digits(std::size_t most) {
    int value = 0;
    for (std::size_t n = 0; n < most && is_digit(here()); ++n, ++at_)
        value = value * 10 + (here() - '0');
    return value;
}

void DateWords::clock(int hour) {
    ++at_;
    parts_.hour = hour;
    parts_.minute = digits(2);
    if ((here() == ':' || here() == '.') && is_digit(next())) {
        ++at_;
        parts_.second = digits(2);
    }
    std::string_view rest = stripped(low_.substr(at_, 8));
    const bool pm = rest.starts_with("pm") || rest.starts_with("p.m");
    const bool am = rest.starts_with("am") || rest.starts_with("a.m");
    if (pm && parts_.hour < 12) parts_.hour += 12;
    if (am && parts_.hour == 12) parts_.hour = 0;
}

void DateWords::numeric_date(int first, char separator) {
    ++at_;
    const int second = digits(4);
    if (here() != separator || !is_digit(next())) {
        // "3. Mai" has only the day before its dot.
        return;
    }
    ++at_;
    const int third = digits(4);
    const auto as_unsigned = [](int value) { return static_cast<unsigned>(value); };
    if (first > 31) {
        parts_ = {first,
                  as_unsigned(second),
                  as_unsigned(third),
                  parts_.hour,
                  parts_.minute,
                  parts_.second,
                  0};
    } else if (separator == '/' && first <= 12 && second <= 12 && first != second) {
        // 3/5/2021 is March in one country and May in another.
        return;
    } else {
        const bool month_first = separator == '/' && second > 12;
        const int year = third < 100 ? 2000 + third : third;
        parts_.year = year;
        parts_.month = as_unsigned(month_first ? first : second);
        parts_.day = as_unsigned(month_first ? second : first);
    }
}

void DateWords::number() {
    const std::size_t start = at_;
    const int value = digits(4);
    const std::size_t length = at_ - start;
    while (is_digit(here())) ++at_;
    const char separator = here();
    if ((separator == ':' || separator == 'h') && length <= 2 && is_digit(next()) &&
        parts_.hour < 0) {
        clock(value);
    } else if ((separator == '-' || separator == '/' || separator == '.') && is_digit(next()) &&
               parts_.year == 0) {
        numeric_date(value, separator);
    } else if (length == 4) {
        if (parts_.year == 0) parts_.year = value;
    } else if (parts_.day == 0) {
        parts_.day = static_cast<unsigned>(value);
    }
}

void DateWords::word() {
    const std::size_t start = at_;
    while (at_ < low_.size() && is_word_byte(low_[at_]) && !is_digit(low_[at_])) ++at_;
    const std::string_view name = low_.substr(start, at_ - start);
    if (parts_.month != 0 || name.size() < 3) return;
    for (const MonthName& each : month_names) {
        // "mar" is a month, "mardi" and "martes" are days.
        if (!name.starts_with(each.beginning) || name.starts_with("mard") ||
            name.starts_with("martes") || name.starts_with("martedì") || name == "domenica" ||
            name.starts_with("segunda")) {
            continue;
        }
        parts_.month = each.month;
        return;
    }
}

/// "+0200", "+02:00", "GMT+2".
void DateWords::zone() {
    const int sign = here() == '-' ? -1 : 1;
    ++at_;
    const std::size_t start = at_;
    int value = digits(4);
    const std::size_t length = at_ - start;
    if (length <= 2 && here() == ':' && is_digit(next())) {
        ++at_;
        value = value * 100 + digits(2);
    } else if (length <= 2) {
        value *= 100;
    }
    const int minutes = value / 100 * 60 + value % 100;
    if (length > 0 && minutes <= 14 * 60) parts_.zone_minutes = sign * minutes;
}

std::optional<Parts> DateWords::read() {
    while (at_ < low_.size()) {
        const char c = here();
        if (is_digit(c)) {
            number();
        } else if (is_word_byte(c)) {
            word();
        } else if ((c == '+' || c == '-') && parts_.hour >= 0 && is_digit(next())) {
            zone();
        } else {
            ++at_;
        }
    }
    if (parts_.year < 1980 || parts_.year > 2200) return {};
    return parts_;
}

}  // namespace

std::optional<std::chrono::sys_seconds> read_informal_date(std::string_view text) {
    using namespace std::chrono;
    const std::string low = folded(text.substr(0, max_date));
    const auto parts = DateWords{low}.read();
    if (!parts) return {};
    const year_month_day date{year{parts->year}, month{parts->month}, day{parts->day}};
    const int hour = std::max(parts->hour, 0);
    if (!date.ok() || hour > 24 || parts->minute > 59 || parts->second > 60) return {};
    return sys_days{date} + hours{hour} + minutes{parts->minute} + seconds{parts->second} -
           minutes{parts->zone_minutes};
}

}  // namespace bellhop::parsers
