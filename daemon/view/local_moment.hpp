// Instants for a terminal, on the clock of a school.
#pragma once

#include <chrono>
#include <string>

#include "rules/calendar/business_calendar.hpp"

namespace bellhop::daemon {

/// "Thu 3 Dec 12:00"; with the year where it is not the one of `now`.
std::string local_moment(const rules::BusinessCalendar& calendar,
                         std::chrono::sys_seconds instant,
                         std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
