#include "rules/sla/promise.hpp"

#include <algorithm>

#include "rules/sla/target_words.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::sys_seconds;

/// What keeps the desk closed on that day, if it is more than the night or the weekend.
std::string why_closed(const BusinessCalendar& calendar, std::chrono::local_days date) {
    const DayInForce day = calendar.day_in_force(date);
    if (!day.hours.empty() || day.source == DaySource::weekly) return {};
    if (day.source != DaySource::period) return day.name;
    const auto& periods = calendar.plan().periods;
    const auto period = std::find_if(
        periods.begin(), periods.end(),
        [date](const CalendarPeriod& one) { return one.first <= date && date <= one.last; });
    return period != periods.end() && period->hours.is_empty() ? day.name : std::string{};
}

/// The closures of whole days that begin after `now` and before `end`: holidays, not weekends.
std::string closures_between(const BusinessCalendar& calendar,
                             sys_seconds now,
                             sys_seconds end,
                             WordStyle style) {
    constexpr std::size_t most_told = 3;
    // Hours that are not published yet are told of in a sentence of their own.
    const auto why = [&calendar](std::chrono::local_days day) {
        const bool is_published = calendar.day_in_force(day).source != DaySource::unpublished;
        return is_published ? why_closed(calendar, day) : std::string{};
    };
    std::string told;
    std::string last;
    std::size_t count = 0;
    const std::chrono::local_days until = calendar.wall_clock(end).date;
    std::chrono::local_days day = calendar.wall_clock(now).date;
    last = why(day);
    for (day += std::chrono::days{1}; day <= until && count < most_told;
         day += std::chrono::days{1}) {
        const std::string closed = why(day);
        // A weekend inside a holiday does not part it.
        if (closed.empty() || closed == last) continue;
        last = closed;
        const auto opening = calendar.next_open(calendar.instant_of(day, std::chrono::seconds{0}));
        if (!opening) break;
        told +=
            (told.empty() ? "" : "; ") + closed + ", until " +
            date_in_words(calendar.wall_clock(*opening).date, calendar.wall_clock(now).date, style);
        ++count;
    }
    return told;
}

void tell_hours(Promise& promise,
                const BusinessCalendar& calendar,
                sys_seconds now,
                WordStyle style) {
    promise.is_open = calendar.is_open(now);
    const std::chrono::local_days today = calendar.wall_clock(now).date;
    const DayInForce day = calendar.day_in_force(today);
    if (day.source != DaySource::weekly) promise.season = day.name;
    if (promise.is_open) {
        if (const auto closing = calendar.next_close(now)) {
            promise.closes = time_in_words(calendar.wall_clock(*closing).time_of_day, style);
        }
        return;
    }
    promise.closed_because = why_closed(calendar, today);
    if (const auto opening = calendar.next_open(now)) {
        promise.opens = moment_in_words(calendar, *opening, now, style);
    }
}

std::string by_when(const BusinessCalendar& calendar,
                    const std::optional<Target>& target,
                    sys_seconds arrived,
                    sys_seconds now,
                    WordStyle style,
                    Promise& promise) {
    if (!target) return {};
    const std::optional<Deadline> promised = deadline(calendar, arrived, *target);
    if (!promised) return {};
    // "Immediate" names the moment up to which nobody would call it late.
    const bool is_immediate = std::holds_alternative<Immediate>(target->kind);
    const sys_seconds told = is_immediate ? promised->breach_after : promised->due;
    // After a standstill of the gateway it may be past: a promise that is broken already is none.
    if (told <= now) return {};
    if (const auto unpublished = calendar.unpublished_between(arrived, promised->due)) {
        promise.unpublished = *unpublished;
    }
    // The later instant's are all.
    promise.closures = closures_between(calendar, now, told, style);
    return moment_in_words(calendar, told, now, style);
}

}  // namespace

Promise promise_for(const BusinessCalendar& calendar,
                    const Targets& targets,
                    sys_seconds arrived,
                    sys_seconds now,
                    WordStyle style,
                    const std::string& boost) {
    Promise promise;
    promise.boost = boost;
    tell_hours(promise, calendar, now, style);
    promise.respond_by = by_when(calendar, targets.response, arrived, now, style, promise);
    promise.resolve_by = by_when(calendar, targets.resolution, arrived, now, style, promise);
    return promise;
}

TemplateValues values_of(const Promise& promise) {
    return {{"opens", promise.opens},
            {"closed_because", promise.closed_because},
            {"respond_by", promise.respond_by},
            {"resolve_by", promise.resolve_by},
            {"unpublished", promise.unpublished},
            {"closures", promise.closures},
            {"boost", promise.boost}};
}

TemplateValues chase_values(const Promise& promise) {
    return {{"by", promise.respond_by.empty() ? promise.resolve_by : promise.respond_by}};
}

TemplateValues target_values(const Targets& targets) {
    TemplateValues values;
    if (targets.response) values["answer"] = target_in_words(*targets.response);
    if (targets.resolution) values["solution"] = target_in_words(*targets.resolution);
    return values;
}

}  // namespace bellhop::rules
