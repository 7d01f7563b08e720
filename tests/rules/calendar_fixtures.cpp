#include "tests/rules/calendar_fixtures.hpp"

#include <cstdlib>
#include <iostream>

#include "rules/calendar/instant.hpp"

namespace bellhop::rules {
namespace {

[[noreturn]] void refuse(std::string_view what) {
    std::cerr << "bad fixture: " << what << '\n';
    std::abort();
}

std::string_view next_piece(std::string_view& text, char separator) {
    const std::size_t end = text.find(separator);
    const std::string_view piece = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return piece;
}

}  // namespace

DayHours hours(std::string_view text) {
    DayHours day;
    if (text == "closed") return day;
    while (!text.empty()) {
        const std::string_view piece = next_piece(text, ',');
        const auto span = parse_opening_hours(piece);
        if (!span) refuse(piece);
        day.push_back(*span);
    }
    return day;
}

WeeklyHours week(std::initializer_list<std::pair<std::string_view, std::string_view>> days) {
    WeeklyHours week;
    for (auto [names, text] : days) {
        while (!names.empty()) {
            const std::string_view name = next_piece(names, ' ');
            const auto day = parse_weekday(name);
            if (!day) refuse(name);
            week.on(*day) = hours(text);
        }
    }
    return week;
}

std::chrono::local_days date(std::string_view text) {
    const auto day = parse_date(text);
    if (!day) refuse(text);
    return *day;
}

std::chrono::sys_seconds utc(std::string_view text) {
    const auto instant = parse_instant(text);
    if (!instant) refuse(text);
    return *instant;
}

std::chrono::sys_seconds london(std::string_view text) {
    static const LocalZone zone = LocalZone::find("Europe/London").value();
    const std::string clock = std::string{text.substr(11)} + (text.size() == 16 ? ":00Z" : "Z");
    const auto of_first_day = parse_instant("1970-01-01T" + clock);
    if (!of_first_day) refuse(text);
    return zone.instant_of(date(text.substr(0, 10)), of_first_day->time_since_epoch());
}

BusinessCalendar calendar_of(CalendarPlan plan) {
    auto calendar = BusinessCalendar::create(std::move(plan));
    if (calendar.has_error()) refuse(calendar.error().front());
    return std::move(*calendar);
}

CalendarPlan provider_plan() {
    const WeeklyHours term = week({{"mon tue wed thu", "08:30-16:30"}, {"fri", "08:30-16:00"}});
    CalendarPlan plan;
    plan.name = "provider";
    plan.zone = "Europe/London";
    plan.weekly = week({{"mon tue wed thu", "08:30-16:00"}, {"fri", "08:30-15:30"}});
    plan.weekly_name = "non-term";
    plan.periods = {
        {"spring term, first half", date("2026-01-05"), date("2026-02-13"), term, "term"},
        {"spring term, second half", date("2026-02-23"), date("2026-03-27"), term, "term"},
        {"summer term, first half", date("2026-04-13"), date("2026-05-22"), term, "term"},
        {"summer term, second half", date("2026-06-01"), date("2026-07-21"), term, "term"},
        {"autumn term, first half", date("2026-09-02"), date("2026-10-23"), term, "term"},
        {"autumn term, second half", date("2026-11-02"), date("2026-12-18"), term, "term"},
        {"spring term 2027, first half", date("2027-01-04"), date("2027-02-12"), term, "term"},
    };
    plan.closures = {
        {"Good Friday", date("2026-04-03"), date("2026-04-03")},
        {"Easter Monday", date("2026-04-06"), date("2026-04-06")},
        {"early May bank holiday", date("2026-05-04"), date("2026-05-04")},
        {"Christmas shutdown", date("2026-12-24"), date("2027-01-01")},
    };
    plan.special_days = {{"exam download day", date("2026-08-12"), hours("07:00-16:00")},
                         {"exam download day", date("2026-08-19"), hours("07:00-16:00")},
                         {"last day of term", date("2026-12-18"), hours("08:30-12:00")}};
    return plan;
}

CalendarPlan school_plan() {
    const WeeklyHours term = week({{"mon tue wed thu fri", "08:00-16:00"}});
    CalendarPlan plan;
    plan.name = "school";
    plan.zone = "Europe/London";
    plan.weekly_name = "out of term";
    plan.periods = {
        {"autumn term, first half", date("2026-09-02"), date("2026-10-23"), term, "term"},
        {"October half-term", date("2026-10-26"), date("2026-10-30"), {}, "", false},
        {"autumn term, second half", date("2026-11-02"), date("2026-12-18"), term, "term"},
        {"spring term, first half", date("2027-01-04"), date("2027-02-12"), term, "term"},
    };
    return plan;
}

CalendarPlan office_plan(std::string_view zone) {
    CalendarPlan plan;
    plan.name = "office";
    plan.zone = zone;
    plan.weekly = week({{"mon tue wed thu fri", "09:00-17:00"}});
    plan.weekly_name = "office hours";
    return plan;
}

}  // namespace bellhop::rules
