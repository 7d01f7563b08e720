// bellhop calendar show | check
#include <algorithm>
#include <iostream>
#include <optional>
#include <string>

#include <boost/json.hpp>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/desk/desk_time.hpp"
#include "daemon/desk/settings.hpp"
#include "daemon/process/clock.hpp"
#include "parsers/config/diagnostic.hpp"
#include "parsers/text/ensure.hpp"
#include "rules/calendar/calendar_feed.hpp"
#include "rules/calendar/calendar_lint.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/local_words.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::seconds;

constexpr days feed_length{366};

const char* name_of(rules::DaySource source) {
    switch (source) {
        case rules::DaySource::weekly:
            return "weekly";
        case rules::DaySource::period:
            return "period";
        case rules::DaySource::unpublished:
            return "unpublished";
        case rules::DaySource::closure:
            return "closed";
        case rules::DaySource::special_day:
            return "day";
    }
    never_reached();
}

/// The Monday of the week that `date` lies in.
local_days monday_of(local_days date) {
    return date - (std::chrono::weekday{date} - std::chrono::Monday);
}

std::string because(const rules::DayInForce& day) {
    if (day.source == rules::DaySource::unpublished) return day.name + ", not yet published";
    return day.name;
}

void show_week(const rules::CalendarEntry& entry,
               const rules::BusinessCalendar& calendar,
               local_days monday) {
    std::cout << entry.plan.name << ", " << entry.plan.zone << ", week of "
              << rules::date_in_words(monday, {}, entry.style) << "\n";
    for (local_days date = monday; date < monday + days{7}; date += days{1}) {
        const rules::DayInForce day = calendar.day_in_force(date);
        std::string line = rules::short_name(std::chrono::weekday{date});
        line += " " + rules::to_text(date) + "  " + rules::to_text(day.hours);
        constexpr std::size_t reasons_begin = 44;  // column: two spans of hours fit before it
        line.resize(std::max(line.size() + 2, reasons_begin), ' ');
        std::cout << line << because(day) << "\n";
    }
}

json::object day_as_json(const rules::BusinessCalendar& calendar, local_days date) {
    const rules::DayInForce day = calendar.day_in_force(date);
    json::array hours;
    for (const rules::OpeningHours& span : day.hours) hours.push_back(json::value(to_text(span)));
    json::array open;
    const auto midnight = calendar.instant_of(date, seconds{0});
    const auto next_midnight = calendar.instant_of(date + days{1}, seconds{0});
    for (const rules::OpenSpan& span : calendar.open_spans(midnight, next_midnight)) {
        open.push_back({{"from", rules::to_text(span.opens)}, {"to", rules::to_text(span.closes)}});
    }
    return {{"date", rules::to_text(date)},
            {"hours", std::move(hours)},
            {"source", name_of(day.source)},
            {"name", day.name},
            {"open", std::move(open)}};
}

void show_week_as_json(const rules::BusinessCalendar& calendar, local_days monday) {
    json::array week;
    for (local_days date = monday; date < monday + days{7}; date += days{1}) {
        week.push_back(day_as_json(calendar, date));
    }
    const json::object document{{"calendar", calendar.plan().name},
                                {"time_zone", calendar.plan().zone},
                                {"days", std::move(week)}};
    std::cout << json::serialize(document) << "\n";
}

/// The calendars, or nothing after the complaints have been told.
std::optional<DeskCalendars> loaded(Invocation& invocation) {
    auto desk = load_calendars(invocation.config_folder);
    if (desk.has_value()) return *std::move(desk);
    std::cerr << render_all(desk.error());
    invocation.exit_status = EX_CONFIG;
    return std::nullopt;
}

struct ShowOptions {
    std::string name = {};
    std::string week = {};
    bool as_ics = false;
};

void show(const ShowOptions& options, Invocation& invocation) {
    const std::optional<DeskCalendars> desk = loaded(invocation);
    if (!desk) return;
    const rules::BusinessCalendar* calendar = desk->find(options.name);
    if (calendar == nullptr) {
        std::cerr << "bellhop: there is no calendar \"" << options.name << "\"\n";
        invocation.exit_status = EX_USAGE;
        return;
    }
    const auto now = SystemClock{}.now();
    local_days date = calendar->wall_clock(now).date;
    if (!options.week.empty()) {
        const auto wanted = rules::parse_date(options.week);
        if (!wanted) {
            std::cerr << "bellhop: \"" << options.week << "\" is not a date such as 2026-10-26\n";
            invocation.exit_status = EX_USAGE;
            return;
        }
        date = *wanted;
    }
    const local_days monday = monday_of(date);
    if (options.as_ics) {
        const auto from = calendar->instant_of(monday, seconds{0});
        std::cout << rules::ics_feed(*calendar, from, from + feed_length, now);
    } else if (invocation.json) {
        show_week_as_json(*calendar, monday);
    } else {
        show_week(desk->entry(options.name), *calendar, monday);
    }
}

void check(Invocation& invocation) {
    const std::optional<DeskCalendars> desk = loaded(invocation);
    if (!desk) return;
    const auto now = SystemClock{}.now();
    std::size_t warnings = 0;
    for (const rules::CalendarEntry& entry : desk->entries) {
        for (const parsers::Diagnostic& warning : rules::lint_calendar(entry, now)) {
            std::cerr << parsers::render(warning, desk->text);
            ++warnings;
        }
    }
    std::cout << "bellhop: " << desk->entries.size()
              << (desk->entries.size() == 1 ? " calendar is valid" : " calendars are valid");
    if (warnings > 0) std::cout << ", " << warnings << (warnings == 1 ? " warning" : " warnings");
    std::cout << "\n";
}

}  // namespace

Command calendar_command() {
    Command shown{"show", "the hours in force, day by day"};
    shown.footer =
        "Example: bellhop calendar show --week 2026-10-26\n"
        "--ics prints a year as a feed that calendar programs subscribe to.";
    shown.options = {
        value("--calendar", "one of calendar.toml's; the desk's own by default").called("NAME"),
        value("--week", "the week of a date; this week by default").called("DATE"),
        flag("--ics", "as iCalendar")};
    shown.run = [](const Arguments& given, Invocation& invocation) {
        show({given.text("--calendar"), given.text("--week"), given.has("--ics")}, invocation);
    };

    Command checked{"check", "what looks wrong in calendar.toml",
                    "Example: bellhop --config /etc/bellhop calendar check"};
    checked.run = [](const Arguments&, Invocation& invocation) { check(invocation); };

    Command calendar{"calendar", "when the desk is open"};
    calendar.commands = {shown, checked};
    return calendar;
}

}  // namespace bellhop::daemon
