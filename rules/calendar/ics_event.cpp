#include "rules/calendar/ics_event.hpp"

#include <algorithm>
#include <memory>
#include <string_view>

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;

/// A time as a clock on the wall shows it.
struct Shown {
    local_days date = {};
    seconds time_of_day = {};
};

std::optional<Shown> shown(const icaltimetype& time, const LocalZone* zone) {
    if (icaltime_is_null_time(time) || time.year < 1900 || time.year > 2200) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{time.year},
                                           std::chrono::month{static_cast<unsigned>(time.month)},
                                           std::chrono::day{static_cast<unsigned>(time.day)}};
    if (!date.ok()) return std::nullopt;
    if (time.is_date != 0) return Shown{local_days{date}, {}};
    const seconds of_day = hours{time.hour} + minutes{time.minute} + seconds{time.second};
    if (zone == nullptr || icaltime_is_utc(time) == 0) return Shown{local_days{date}, of_day};
    const WallClock clock = zone->wall_clock(std::chrono::sys_days{date} + of_day);
    return Shown{clock.date, clock.time_of_day};
}

/// The midnight next to a time.
local_days nearest_midnight(const Shown& time) {
    return time.time_of_day >= hours{12} ? time.date + days{1} : time.date;
}

/// "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE": Outlook says it beside times that may be UTC's.
bool says_all_day(icalcomponent* event) {
    for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_X_PROPERTY);
         property != nullptr; property = icalcomponent_get_next_property(event, ICAL_X_PROPERTY)) {
        const char* name = icalproperty_get_x_name(property);
        const char* value = icalproperty_get_x(property);
        if (name == nullptr || value == nullptr) continue;
        if (std::string_view{name} == "X-MICROSOFT-CDO-ALLDAYEVENT" &&
            std::string_view{value} == "TRUE")
            return true;
    }
    return false;
}

bool is_before_midnight(const Shown& time) {
    return time.time_of_day >= hours{23} + minutes{59};
}

/// Whole days between two times of a clock.
std::optional<WholeDays> days_between(const Shown& start, const Shown& end, bool rounded) {
    const bool at_midnight = start.time_of_day == seconds{0} &&
                             (end.time_of_day == seconds{0} || is_before_midnight(end));
    if (!rounded && !at_midnight) return std::nullopt;
    const WholeDays span{nearest_midnight(start), nearest_midnight(end) - days{1}};
    return span.last < span.first ? std::nullopt : std::optional{span};
}

struct IteratorFree {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using Iterator = std::unique_ptr<icalrecur_iterator, IteratorFree>;

icaltimetype ical_date(local_days date) {
    const std::chrono::year_month_day parts{date};
    icaltimetype time = icaltime_null_date();
    time.year = static_cast<int>(parts.year());
    time.month = static_cast<int>(static_cast<unsigned>(parts.month()));
    time.day = static_cast<int>(static_cast<unsigned>(parts.day()));
    return time;
}

/// Whether a rule steps by days or more: below that libical may search for very long.
bool steps_by_days(const icalrecurrencetype& rule) {
    const bool by_days =
        rule.freq == ICAL_DAILY_RECURRENCE || rule.freq == ICAL_WEEKLY_RECURRENCE ||
        rule.freq == ICAL_MONTHLY_RECURRENCE || rule.freq == ICAL_YEARLY_RECURRENCE;
    return by_days && rule.interval >= 1 && rule.by_second[0] == ICAL_RECURRENCE_ARRAY_MAX &&
           rule.by_minute[0] == ICAL_RECURRENCE_ARRAY_MAX &&
           rule.by_hour[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

/// Dates of the rule behind `first`.
Repetition unfolded(icalrecurrencetype rule,
                    local_days first,
                    local_days until,
                    const LocalZone* zone,
                    std::size_t most) {
    Repetition repetition;
    if (const auto end = date_in(rule.until, zone)) {
        until = std::min(until, *end);
        rule.until = ical_date(*end);
    }
    const Iterator iterator{icalrecur_iterator_new(rule, ical_date(first))};
    repetition.is_understood = iterator != nullptr;
    repetition.is_in_vain = iterator != nullptr;
    while (iterator) {
        const auto date = date_in(icalrecur_iterator_next(iterator.get()), zone);
        if (!date) break;
        repetition.is_in_vain = false;
        repetition.is_cut = *date <= until && repetition.dates.size() == most;
        if (*date > until || repetition.is_cut) break;
        if (*date > first) repetition.dates.push_back(*date);
    }
    return repetition;
}

/// The file's size bounds how many there are.
std::vector<local_days> excepted_dates(icalcomponent* event, const LocalZone* zone) {
    std::vector<local_days> dates;
    for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY);
         property != nullptr;
         property = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY)) {
        if (const auto date = date_in(icalproperty_get_exdate(property), zone))
            dates.push_back(*date);
    }
    std::sort(dates.begin(), dates.end());
    return dates;
}

std::vector<local_days> listed_dates(icalcomponent* event, const LocalZone* zone) {
    std::vector<local_days> dates;
    for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY);
         property != nullptr;
         property = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY)) {
        const icaldatetimeperiodtype value = icalproperty_get_rdate(property);
        const bool is_period = icaltime_is_null_time(value.time) != 0;
        if (const auto date = date_in(is_period ? value.period.start : value.time, zone))
            dates.push_back(*date);
    }
    return dates;
}

bool has_property(icalcomponent* event, icalproperty_kind kind) {
    return icalcomponent_get_first_property(event, kind) != nullptr;
}

}  // namespace

std::string name_of_event(icalcomponent* event) {
    const char* summary = icalcomponent_get_summary(event);
    std::string name = summary == nullptr ? "" : summary;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return c < 0x20; }, ' ');
    return name.empty() ? "closed" : name;
}

std::optional<local_days> date_in(const icaltimetype& time, const LocalZone* zone) {
    const std::optional<Shown> clock = shown(time, zone);
    return clock ? std::optional{clock->date} : std::nullopt;
}

std::optional<WholeDays> whole_days_of(icalcomponent* event, const LocalZone* zone) {
    const icaltimetype start_time = icalcomponent_get_dtstart(event);
    const std::optional<Shown> start = shown(start_time, zone);
    const std::optional<Shown> end = shown(icalcomponent_get_dtend(event), zone);
    if (!start) return std::nullopt;
    if (start_time.is_date != 0) {
        const bool is_longer = end && end->date > start->date;
        return WholeDays{start->date, is_longer ? end->date - days{1} : start->date};
    }
    return end ? days_between(*start, *end, says_all_day(event)) : std::nullopt;
}

Repetition repetition_of(icalcomponent* event,
                         local_days first,
                         local_days until,
                         const LocalZone* zone,
                         std::size_t most) {
    Repetition repetition;
    if (icalproperty* property = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY)) {
        const icalrecurrencetype rule = icalproperty_get_rrule(property);
        repetition.is_understood = steps_by_days(rule);
        if (repetition.is_understood) repetition = unfolded(rule, first, until, zone, most);
    }
    if (has_property(event, ICAL_EXRULE_PROPERTY)) repetition.is_understood = false;
    const std::vector<local_days> listed = listed_dates(event, zone);
    repetition.dates.insert(repetition.dates.end(), listed.begin(), listed.end());
    repetition.excepted = excepted_dates(event, zone);
    return repetition;
}

}  // namespace bellhop::rules
