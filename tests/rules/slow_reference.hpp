// The same answers as the calendar and the clocks give, reached by walking along the time line in
// steps of five minutes: slow, and easy to check. Hours must begin and end on such a step.
//
// It knows one window of time; what reaches beyond its end is not answered (nothing).
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "rules/sla/sla.hpp"
#include "rules/ticket/cycle.hpp"

namespace bellhop::rules {

class SlowReference {
public:
    static constexpr std::chrono::minutes step{5};

    SlowReference(const CalendarPlan& plan,
                  std::chrono::sys_seconds window_begin,
                  std::chrono::days window_length);

    bool is_open(std::chrono::sys_seconds instant) const;
    std::optional<std::chrono::sys_seconds> next_open(std::chrono::sys_seconds instant) const;
    std::optional<std::chrono::sys_seconds> add(std::chrono::sys_seconds start,
                                                std::chrono::seconds work) const;
    std::chrono::seconds between(std::chrono::sys_seconds start,
                                 std::chrono::sys_seconds end) const;
    std::optional<std::chrono::sys_seconds> add_days(std::chrono::sys_seconds start,
                                                     int days) const;

    /// A business timer (BusinessTime, BusinessDays, Immediate), played along the time line.
    std::optional<Timer> business_timer(const Cycle& cycle,
                                        TimerKind timer,
                                        const Target& target,
                                        std::chrono::sys_seconds now) const;

private:
    const DayHours& hours_of(std::chrono::local_days date) const;
    bool is_within(std::chrono::sys_seconds instant) const;
    std::optional<std::chrono::sys_seconds> nominal(std::chrono::sys_seconds start,
                                                    const Target& target) const;

    CalendarPlan plan_;
    LocalZone zone_;
    std::chrono::sys_seconds begin_;
    std::vector<bool> open_ = {};  // one for each step of the window
};

}  // namespace bellhop::rules
