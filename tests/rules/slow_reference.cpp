#include "tests/rules/slow_reference.hpp"

#include <algorithm>

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

bool lies_in(const DayHours& hours, seconds time) {
    return std::any_of(hours.begin(), hours.end(), [time](const OpeningHours& span) {
        return span.opens <= time && time < span.closes;
    });
}

sys_seconds next_step(sys_seconds instant) {
    constexpr seconds step = SlowReference::step;
    return instant - instant.time_since_epoch() % step + step;
}

}  // namespace

SlowReference::SlowReference(const CalendarPlan& plan, sys_seconds window_begin, days window_length)
    : plan_(plan), zone_(LocalZone::find(plan.zone).value()), begin_(window_begin) {
    local_days date = {};
    const DayHours* hours = nullptr;
    const DayHours* hours_before = nullptr;
    for (sys_seconds at = begin_; at < begin_ + window_length; at += step) {
        const WallClock shown = zone_.wall_clock(at);
        if (hours == nullptr || shown.date != date) {
            date = shown.date;
            hours = &hours_of(date);
            hours_before = &hours_of(date - days{1});
        }
        open_.push_back(lies_in(*hours, shown.time_of_day) ||
                        lies_in(*hours_before, shown.time_of_day + days{1}));
    }
}

const DayHours& SlowReference::hours_of(local_days date) const {
    static const DayHours closed;
    for (const SpecialDay& day : plan_.special_days) {
        if (day.date == date) return day.hours;
    }
    for (const Closure& closure : plan_.closures) {
        if (closure.first <= date && date <= closure.last) return closed;
    }
    for (const CalendarPeriod& period : plan_.periods) {
        if (period.first <= date && date <= period.last) {
            return period.published ? period.hours.on(std::chrono::weekday{date}) : closed;
        }
    }
    return plan_.weekly.on(std::chrono::weekday{date});
}

bool SlowReference::is_within(sys_seconds instant) const {
    return begin_ <= instant && instant < begin_ + step * static_cast<std::int64_t>(open_.size());
}

bool SlowReference::is_open(sys_seconds instant) const {
    return open_.at(static_cast<std::size_t>((instant - begin_) / step));
}

std::optional<sys_seconds> SlowReference::next_open(sys_seconds instant) const {
    for (; is_within(instant); instant = next_step(instant)) {
        if (is_open(instant)) return instant;
    }
    return std::nullopt;
}

std::optional<sys_seconds> SlowReference::add(sys_seconds start, seconds work) const {
    std::optional<sys_seconds> instant = next_open(start);
    if (!instant || work == seconds{0}) return instant;
    for (sys_seconds at = *instant; is_within(at); at = next_step(at)) {
        if (!is_open(at)) continue;
        if (next_step(at) - at >= work) return at + work;
        work -= next_step(at) - at;
    }
    return std::nullopt;
}

seconds SlowReference::between(sys_seconds start, sys_seconds end) const {
    seconds work{0};
    for (sys_seconds at = start; at < end; at = next_step(at)) {
        if (is_open(at)) work += std::min(end, next_step(at)) - at;
    }
    return work;
}

std::optional<sys_seconds> SlowReference::add_days(sys_seconds start, int count) const {
    const std::optional<sys_seconds> opening = next_open(start);
    if (!opening || count == 0) return opening;
    const WallClock shown = zone_.wall_clock(*opening);
    local_days date = shown.date;
    seconds time = shown.time_of_day;
    if (!lies_in(hours_of(date), time)) {
        date -= days{1};
        time += days{1};
    }
    while (count > 0) {
        date += days{1};
        if (!is_within(sys_seconds{date.time_since_epoch()})) return std::nullopt;
        if (!hours_of(date).empty()) --count;
    }
    // The minutes of that date's hours, closing instants included: the first not before `time`.
    for (minutes minute{0}; minute <= std::chrono::hours{48}; ++minute) {
        for (const OpeningHours& span : hours_of(date)) {
            if (minute < span.opens || minute > span.closes) continue;
            if (minute >= time) return zone_.instant_of(date, minute);
            if (time < minute + minutes{1} && minute < span.closes) {
                return zone_.instant_of(date, time);
            }
        }
    }
    return zone_.instant_of(date, hours_of(date).back().closes);
}

std::optional<sys_seconds> SlowReference::nominal(sys_seconds start, const Target& target) const {
    if (const auto* time = std::get_if<BusinessTime>(&target.kind)) return add(start, time->amount);
    if (const auto* later = std::get_if<BusinessDays>(&target.kind)) {
        return add_days(start, later->days);
    }
    return next_open(start);
}

std::optional<Timer> SlowReference::business_timer(const Cycle& cycle,
                                                   TimerKind kind,
                                                   const Target& target,
                                                   sys_seconds now) const {
    const std::optional<sys_seconds> stop = cycle.stop_of(kind);
    const sys_seconds end = stop.value_or(now);
    const auto is_paused = [&](sys_seconds at) {
        return std::any_of(cycle.spans.begin(), cycle.spans.end(), [&](const ClockSpan& span) {
            return span.mode == ClockMode::pause && span.from <= at && at < span.to && at < end;
        });
    };
    const auto next_edge = [&](sys_seconds at) {
        sys_seconds edge = next_step(at);
        for (const ClockSpan& span : cycle.spans) {
            for (const sys_seconds border : {span.from, std::min(span.to, end)}) {
                if (at < border) edge = std::min(edge, border);
            }
        }
        return edge;
    };
    const auto runs_from = [&](std::optional<sys_seconds> at) {
        while (at && is_within(*at) && (!is_open(*at) || is_paused(*at))) at = next_edge(*at);
        return at && is_within(*at) ? at : std::nullopt;
    };

    const sys_seconds start = cycle.started_at;
    const std::optional<sys_seconds> promised = nominal(start, target);
    if (!promised || !is_within(end)) return std::nullopt;
    seconds budget = between(start, *promised);
    if (const auto* time = std::get_if<BusinessTime>(&target.kind)) budget = time->amount;
    if (const auto* immediate = std::get_if<Immediate>(&target.kind)) budget = immediate->grace;

    Timer timer;
    timer.elapsed = seconds{0};
    seconds paused{0};
    for (sys_seconds at = start; at < end;) {
        const sys_seconds next = std::min(next_edge(at), end);
        if (is_open(at) && is_paused(at) && *timer.elapsed < budget) paused += next - at;
        if (is_open(at) && !is_paused(at)) *timer.elapsed += next - at;
        at = next;
    }
    timer.remaining = budget - *timer.elapsed;
    const bool is_waiting = !stop && cycle.mode == ClockMode::pause;
    timer.state = *timer.elapsed > budget ? TimerState::breached
                  : stop                  ? TimerState::met
                  : is_waiting            ? TimerState::paused
                                          : TimerState::running;
    if (timer.state == TimerState::paused) return timer;

    // The instant at which so much running time has passed.
    std::optional<sys_seconds> used_up = runs_from(start);
    for (seconds left = budget; used_up && left > seconds{0};) {
        const sys_seconds next = next_edge(*used_up);
        const seconds passed = std::min(left, next - *used_up);
        left -= passed;
        used_up = left > seconds{0} ? runs_from(next) : std::optional{*used_up + passed};
    }
    timer.due = used_up;
    if (std::holds_alternative<Immediate>(target.kind)) timer.due = runs_from(start);
    if (std::holds_alternative<BusinessDays>(target.kind)) {
        timer.due = paused > seconds{0} ? add(*promised, paused) : promised;
    }
    timer.breach_after =
        runs_from(std::holds_alternative<Immediate>(target.kind) ? used_up : timer.due);
    if (!timer.due || !timer.breach_after) return std::nullopt;
    return timer;
}

}  // namespace bellhop::rules
