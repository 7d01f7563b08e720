#include "rules/calendar/opening_hours.hpp"

#include <charconv>
#include <cstdio>

#include "parsers/text/ascii.hpp"
#include "rules/calendar/calendar_names.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::weekday;

/// Digits only: neither sign nor space.
std::optional<int> parse_number(std::string_view text, std::size_t fewest, std::size_t most) {
    if (text.size() < fewest || text.size() > most) return std::nullopt;
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

/// "08:30", up to "48:00".
std::optional<minutes> parse_time_of_day(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::optional<int> hour = parse_number(text.substr(0, colon), 1, 2);
    const std::optional<int> minute = parse_number(text.substr(colon + 1), 2, 2);
    if (!hour || !minute || *minute > 59) return std::nullopt;
    return hours{*hour} + minutes{*minute};
}

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string clock_text(minutes time) {
    return two_digits(time / hours{1}) + ":" + two_digits(time % hours{1} / minutes{1});
}

}  // namespace

bool WeeklyHours::is_empty() const {
    return std::all_of(days.begin(), days.end(), [](const DayHours& day) { return day.empty(); });
}

std::optional<OpeningHours> parse_opening_hours(std::string_view text) {
    constexpr std::string_view en_dash = "\xE2\x80\x93";
    std::size_t dash = text.find('-');
    std::size_t dash_length = 1;
    if (dash == std::string_view::npos) {
        dash = text.find(en_dash);
        dash_length = en_dash.size();
    }
    if (dash == std::string_view::npos) return std::nullopt;
    const std::optional<minutes> opens = parse_time_of_day(parsers::trimmed(text.substr(0, dash)));
    std::optional<minutes> closes =
        parse_time_of_day(parsers::trimmed(text.substr(dash + dash_length)));
    if (!opens || !closes || *opens >= hours{24} || *opens == *closes) return std::nullopt;
    if (*closes < *opens) *closes += hours{24};
    if (*closes > hours{48}) return std::nullopt;
    return OpeningHours{*opens, *closes};
}

std::string complaint_about(const DayHours& hours) {
    for (const OpeningHours& span : hours) {
        if (span.opens < minutes{0} || span.opens >= std::chrono::hours{24} ||
            span.closes <= span.opens || span.closes > std::chrono::hours{48}) {
            return "\"" + to_text(span) + "\" is no span of opening hours";
        }
    }
    for (std::size_t i = 1; i < hours.size(); ++i) {
        const std::string both =
            "\"" + to_text(hours[i - 1]) + "\" and \"" + to_text(hours[i]) + "\"";
        if (hours[i].opens < hours[i - 1].opens) return both + " are in the wrong order";
        if (hours[i].opens < hours[i - 1].closes) return both + " overlap";
    }
    return {};
}

std::optional<local_days> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const std::optional<int> year = parse_number(text.substr(0, 4), 4, 4);
    const std::optional<int> month = parse_number(text.substr(5, 2), 2, 2);
    const std::optional<int> day = parse_number(text.substr(8, 2), 2, 2);
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return local_days{date};
}

std::string to_text(local_days date) {
    const std::chrono::year_month_day ymd{date};
    std::string year = std::to_string(static_cast<int>(ymd.year()));
    if (year.size() < 4) year.insert(0, 4 - year.size(), '0');
    return year + "-" + two_digits(static_cast<unsigned>(ymd.month())) + "-" +
           two_digits(static_cast<unsigned>(ymd.day()));
}

std::string to_text(const OpeningHours& span) {
    const minutes closes = span.closes > hours{24} ? span.closes - hours{24} : span.closes;
    return clock_text(span.opens) + "-" + clock_text(closes);
}

std::string to_text(const DayHours& hours) {
    if (hours.empty()) return "closed";
    std::string text;
    for (const OpeningHours& span : hours) {
        if (!text.empty()) text += ", ";
        text += to_text(span);
    }
    return text;
}

std::string short_name(weekday day) {
    return parsers::lower_case(name_of(day).substr(0, short_length));
}

std::optional<weekday> parse_weekday(std::string_view text) {
    for (unsigned i = 0; i < weekday_names.size(); ++i) {
        const std::string_view name = weekday_names[i];
        const bool is_it = parsers::equal_ignoring_case(text, name) ||
                           parsers::equal_ignoring_case(text, name.substr(0, short_length));
        if (is_it) return weekday{i};
    }
    return std::nullopt;
}

}  // namespace bellhop::rules
