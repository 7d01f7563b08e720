#include "rules/calendar/local_words.hpp"

#include <string_view>

#include "parsers/text/ensure.hpp"
#include "rules/calendar/calendar_names.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string day_number(year_month_day date) {
    return std::to_string(static_cast<unsigned>(date.day()));
}

}  // namespace

std::string date_in_words(local_days date, local_days reference, WordStyle style) {
    const year_month_day ymd{date};
    const std::string weekday{name_of(std::chrono::weekday{date})};
    const std::string month{name_of(ymd.month())};
    const bool tells_year = ymd.year() != year_month_day{reference}.year();
    const std::string year = std::to_string(static_cast<int>(ymd.year()));
    if (style == WordStyle::american) {
        return weekday + ", " + month + " " + day_number(ymd) + (tells_year ? ", " + year : "");
    }
    return weekday + " " + day_number(ymd) + " " + month + (tells_year ? " " + year : "");
}

std::string time_in_words(seconds time_of_day, WordStyle style) {
    ensure(time_of_day >= seconds{0} && time_of_day < days{1});
    const minutes time = std::chrono::ceil<minutes>(time_of_day) % days{1};
    const std::int64_t hour = time / hours{1};
    const std::int64_t minute = time % hours{1} / minutes{1};
    if (minute == 0 && hour == 0) return style == WordStyle::british ? "12 midnight" : "midnight";
    if (minute == 0 && hour == 12) return style == WordStyle::british ? "12 noon" : "noon";
    std::string text = std::to_string(hour % 12 == 0 ? 12 : hour % 12);
    if (style == WordStyle::american) {
        return text + ":" + two_digits(minute) + (hour < 12 ? " a.m." : " p.m.");
    }
    if (minute != 0) text += "." + two_digits(minute);
    return text + (hour < 12 ? " am" : " pm");
}

std::string moment_in_words(const BusinessCalendar& calendar,
                            sys_seconds instant,
                            sys_seconds now,
                            WordStyle style) {
    const WallClock shown = calendar.wall_clock(std::chrono::ceil<minutes>(instant));
    const local_days today = calendar.wall_clock(now).date;
    return date_in_words(shown.date, today, style) + ", " + time_in_words(shown.time_of_day, style);
}

std::string moment_for_log(const BusinessCalendar& calendar, sys_seconds instant) {
    const WallClock shown = calendar.wall_clock(instant);
    const std::string_view weekday =
        name_of(std::chrono::weekday{shown.date}).substr(0, short_length);
    std::string text{weekday};
    text += " " + to_text(shown.date) + " " + two_digits(shown.time_of_day / hours{1}) + ":" +
            two_digits(shown.time_of_day % hours{1} / minutes{1});
    const std::int64_t second = shown.time_of_day % minutes{1} / seconds{1};
    if (second != 0) text += ":" + two_digits(second);
    return text + " " + shown.abbreviation;
}

std::string span_for_log(seconds span) {
    if (span < seconds{0}) return "-" + span_for_log(-span);
    std::string text;
    const auto append = [&text](std::int64_t number, std::string_view unit) {
        if (number == 0) return;
        if (!text.empty()) text += " ";
        text += std::to_string(number) + " " + std::string{unit};
    };
    append(span / hours{1}, "h");
    append(span % hours{1} / minutes{1}, "min");
    append(span % minutes{1} / seconds{1}, "s");
    return text.empty() ? "0 min" : text;
}

}  // namespace bellhop::rules
