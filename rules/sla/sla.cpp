#include "rules/sla/sla.hpp"

#include <algorithm>
#include <vector>

#include "parsers/text/ensure.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

/// The pauses of a cycle up to `end`, in order.
std::vector<OpenSpan> pauses_of(const Cycle& cycle, sys_seconds end) {
    std::vector<OpenSpan> pauses;
    for (const ClockSpan& span : cycle.spans) {
        if (span.mode == ClockMode::pause && span.from < end) {
            pauses.push_back({span.from, std::min(span.to, end)});
        }
    }
    return pauses;
}

/// What is open and not paused, from the start of a cycle on. After the last pause the clock runs.
class RunningTime {
public:
    RunningTime(const BusinessCalendar& calendar, sys_seconds start, std::vector<OpenSpan> pauses)
        : calendar_(calendar), start_(start), pauses_(std::move(pauses)) {}

    /// Running time inside [start, end).
    seconds elapsed(sys_seconds end) const {
        seconds time = calendar_.working_time_between(start_, end);
        for (const OpenSpan& pause : pauses_) {
            time -= calendar_.working_time_between(pause.opens, std::min(pause.closes, end));
        }
        return time;
    }

    /// `instant`, or the first after it, at which the clock runs.
    std::optional<sys_seconds> running_from(sys_seconds instant) const {
        std::optional<sys_seconds> running = calendar_.next_open(instant);
        for (const OpenSpan& pause : pauses_) {
            if (!running) break;
            if (pause.opens <= *running && *running < pause.closes) {
                running = calendar_.next_open(pause.closes);
            }
        }
        return running;
    }

    /// The first instant by which `amount` of running time has passed since `instant`.
    std::optional<sys_seconds> after(sys_seconds instant, seconds amount) const {
        std::optional<sys_seconds> running = running_from(instant);
        for (const OpenSpan& pause : pauses_) {
            if (!running || amount == seconds{0}) return running;
            if (pause.opens <= *running) continue;
            const seconds until = calendar_.working_time_between(*running, pause.opens);
            if (until >= amount) break;
            amount -= until;
            running = running_from(pause.closes);
        }
        if (!running || amount == seconds{0}) return running;
        return calendar_.add_working_time(*running, amount);
    }

    /// `nominal`, moved on by the working time of each pause that began before `budget` was used
    /// up.
    std::optional<sys_seconds> moved_on(sys_seconds nominal, seconds budget) const {
        seconds paused{0};
        for (const OpenSpan& pause : pauses_) {
            const seconds used = calendar_.working_time_between(start_, pause.opens) - paused;
            if (used >= budget) break;
            paused += calendar_.working_time_between(pause.opens, pause.closes);
        }
        if (paused == seconds{0}) return nominal;
        return calendar_.add_working_time(nominal, paused);
    }

private:
    const BusinessCalendar& calendar_;
    sys_seconds start_;
    std::vector<OpenSpan> pauses_;
};

/// One timer of one cycle, judged at one instant.
struct Judged {
    const Cycle& cycle;
    const BusinessCalendar& calendar;
    std::optional<sys_seconds> stopped_at;
    sys_seconds end;  // its stop, or now

    bool is_paused() const { return !stopped_at && cycle.mode == ClockMode::pause; }

    TimerState state(bool is_breached) const {
        if (is_breached) return TimerState::breached;
        if (stopped_at) return TimerState::met;
        return is_paused() ? TimerState::paused : TimerState::running;
    }
};

Timer unscheduled(const Judged& judged) {
    Timer timer;
    timer.state = judged.state(false);
    timer.is_scheduled = false;
    return timer;
}

Timer agreed_timer(const Judged& judged, const Agreed& agreed) {
    Timer timer;
    timer.state = judged.state(judged.end > agreed.due);
    timer.due = timer.breach_after = agreed.due;
    return timer;
}

/// Business days are reckoned as the working time up to the instant that they name.
seconds budget_of(const Target& target,
                  const BusinessCalendar& calendar,
                  sys_seconds start,
                  sys_seconds nominal) {
    if (const auto* time = std::get_if<BusinessTime>(&target.kind)) return time->amount;
    if (const auto* immediate = std::get_if<Immediate>(&target.kind)) return immediate->grace;
    return calendar.working_time_between(start, nominal);
}

Timer business_timer(const Judged& judged, const Target& target) {
    const sys_seconds start = judged.cycle.started_at;
    const std::optional<sys_seconds> nominal = nominal_due(judged.calendar, start, target);
    if (!nominal) return unscheduled(judged);
    const RunningTime time{judged.calendar, start, pauses_of(judged.cycle, judged.end)};
    const seconds budget = budget_of(target, judged.calendar, start, *nominal);

    Timer timer;
    timer.elapsed = time.elapsed(judged.end);
    timer.remaining = budget - *timer.elapsed;
    timer.state = judged.state(*timer.elapsed > budget);
    if (timer.state == TimerState::paused) return timer;
    if (std::holds_alternative<Immediate>(target.kind)) {
        timer.due = time.running_from(start);
        timer.breach_after = time.after(start, budget);
    } else {
        const bool is_instant =
            std::holds_alternative<BusinessTime>(target.kind) && budget == seconds{0};
        timer.due = is_instant ? time.running_from(start) : time.moved_on(*nominal, budget);
        timer.breach_after = timer.due;
    }
    if (timer.breach_after) timer.breach_after = time.running_from(*timer.breach_after);
    timer.is_scheduled = timer.due && timer.breach_after;
    return timer;
}

/// Real time, nights and weekends too. Pauses move the due instant on by real time, before it is
/// rolled.
Timer calendar_timer(const Judged& judged, const CalendarTime& target) {
    const sys_seconds start = judged.cycle.started_at;
    const std::vector<OpenSpan> pauses = pauses_of(judged.cycle, judged.end);
    seconds paused{0};
    for (const OpenSpan& pause : pauses) paused += pause.closes - pause.opens;
    const auto rolled = [&](sys_seconds due) {
        return target.roll == Roll::forward ? judged.calendar.rolled_forward(due)
                                            : std::optional{due};
    };

    Timer timer;
    timer.elapsed = judged.end - start - paused;
    // Whether it is breached is decided when the pause that it is in began, which does not heal or
    // hurt.
    const bool ends_in_pause =
        judged.is_paused() && !pauses.empty() && pauses.back().closes == judged.end;
    const sys_seconds judged_at = ends_in_pause ? pauses.back().opens : judged.end;
    if (ends_in_pause) paused -= pauses.back().closes - pauses.back().opens;
    const std::optional<sys_seconds> due = rolled(start + target.amount + paused);
    if (!due) {
        timer.state = judged.state(false);
        timer.is_scheduled = false;
        return timer;
    }
    timer.state = judged.state(judged_at > *due);
    if (timer.state != TimerState::paused) timer.due = timer.breach_after = due;
    return timer;
}

}  // namespace

std::string_view to_text(TimerState state) {
    switch (state) {
        case TimerState::none:
            return "none";
        case TimerState::running:
            return "running";
        case TimerState::paused:
            return "paused";
        case TimerState::met:
            return "met";
        case TimerState::breached:
            return "breached";
    }
    never_reached();
}

std::optional<Target> target_in_force(const Cycle& cycle, TimerKind timer, const Targets& targets) {
    if (const std::optional<sys_seconds> due = cycle.agreed_due(timer)) return Target{Agreed{*due}};
    return targets.of(timer);
}

Timer timer_at(const Cycle& cycle,
               TimerKind timer,
               const Targets& targets,
               const BusinessCalendar& calendar,
               sys_seconds now) {
    const std::optional<Target> target = target_in_force(cycle, timer, targets);
    if (!target) return {};
    const std::optional<sys_seconds> stopped_at = cycle.stop_of(timer);
    const Judged judged{cycle, calendar, stopped_at, stopped_at.value_or(now)};
    if (const auto* agreed = std::get_if<Agreed>(&target->kind)) {
        return agreed_timer(judged, *agreed);
    }
    if (const auto* time = std::get_if<CalendarTime>(&target->kind)) {
        return calendar_timer(judged, *time);
    }
    return business_timer(judged, *target);
}

std::optional<sys_seconds> instant_of_fraction(const Cycle& cycle,
                                               TimerKind timer,
                                               const Targets& targets,
                                               const BusinessCalendar& calendar,
                                               int percent) {
    ensure(percent >= 0);
    const std::optional<Target> target = target_in_force(cycle, timer, targets);
    if (!target) return std::nullopt;
    const sys_seconds start = cycle.started_at;
    if (const auto* agreed = std::get_if<Agreed>(&target->kind)) {
        return start + (agreed->due - start) * percent / 100;
    }
    const std::vector<OpenSpan> pauses = pauses_of(cycle, sys_seconds::max());
    if (const auto* time = std::get_if<CalendarTime>(&target->kind)) {
        sys_seconds reached = start + time->amount * percent / 100;
        for (const OpenSpan& pause : pauses) {
            if (pause.opens >= reached) break;
            reached += pause.closes - pause.opens;
        }
        return reached;
    }
    const std::optional<sys_seconds> nominal = nominal_due(calendar, start, *target);
    if (!nominal) return std::nullopt;
    const seconds budget = budget_of(*target, calendar, start, *nominal);
    return RunningTime{calendar, start, pauses}.after(start, budget * percent / 100);
}

}  // namespace bellhop::rules
