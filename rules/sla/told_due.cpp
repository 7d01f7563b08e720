#include "rules/sla/told_due.hpp"

namespace bellhop::rules {

std::optional<std::chrono::sys_seconds> told_due(const Timer& timer,
                                                 const BusinessCalendar& calendar) {
    if (!timer.due || !timer.breach_after) return timer.due;
    // Between the two may lie closed time, which nobody has to tell of, or the grace.
    const auto grace = calendar.working_time_between(*timer.due, *timer.breach_after);
    return grace > std::chrono::seconds{0} ? timer.breach_after : timer.due;
}

}  // namespace bellhop::rules
