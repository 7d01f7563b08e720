// The clocks of a ticket: how much of a target is used up, by when it is due, whether it was kept.
//
// All is computed from the ticket's events, the target and the calendar; nothing is counted along
// the way.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "rules/calendar/business_calendar.hpp"
#include "rules/sla/target.hpp"
#include "rules/ticket/cycle.hpp"

namespace bellhop::rules {

struct Targets {
    std::optional<Target> response = {};
    std::optional<Target> resolution = {};

    const std::optional<Target>& of(TimerKind timer) const {
        return timer == TimerKind::response ? response : resolution;
    }

    friend bool operator==(const Targets&, const Targets&) = default;
};

enum class TimerState { none, running, paused, met, breached };

/// "none", "running", "paused", "met", "breached"
std::string_view to_text(TimerState state);

/// `due` is what people are told, `breach_after` what is held against them; they differ where
/// nobody could have done better:
///
///     the desk closes at 16:30 and opens at 08:30    due              breach_after
///     4 hours, opened 10:20                          14:20            14:20
///     4 hours, opened 12:30                          16:30            08:30 of the next day
///     immediate, opened 10:20                        10:20            10:25 (the grace)
struct Timer {
    TimerState state = TimerState::none;
    /// By when, as people are told. Nothing while paused (unless agreed or breached), or without a
    /// target.
    std::optional<std::chrono::sys_seconds> due = {};
    /// The last instant at which the timer is not breached.
    std::optional<std::chrono::sys_seconds> breach_after = {};
    std::optional<std::chrono::seconds> elapsed =
        {};  ///< of the target; working time for business targets
    std::optional<std::chrono::seconds> remaining = {};  ///< negative: over by so much
    /// False: there is no working time within the horizon, so no due instant can be told.
    bool is_scheduled = true;

    friend bool operator==(const Timer&, const Timer&) = default;
};

/// The target in force: the agreed instant where there is one, else the priority's.
std::optional<Target> target_in_force(const Cycle& cycle, TimerKind timer, const Targets& targets);

/// The timer at `now`, which is not before the cycle's start. A timer that has stopped is judged at
/// its stop.
Timer timer_at(const Cycle& cycle,
               TimerKind timer,
               const Targets& targets,
               const BusinessCalendar& calendar,
               std::chrono::sys_seconds now);

/// The first instant at which `percent` of the target is used up, if the clock runs on from the
/// last span of the cycle. Nothing without a target, or within the horizon. Precondition: percent
/// >= 0.
std::optional<std::chrono::sys_seconds> instant_of_fraction(const Cycle& cycle,
                                                            TimerKind timer,
                                                            const Targets& targets,
                                                            const BusinessCalendar& calendar,
                                                            int percent);

}  // namespace bellhop::rules
