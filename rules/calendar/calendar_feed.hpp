// A calendar for other programs: an iCalendar feed of the hours in force.
#pragma once

#include <chrono>
#include <string>

#include "rules/calendar/business_calendar.hpp"

namespace bellhop::rules {

/// RFC 5545: an event for each span of opening hours in [from, to), and an all-day event for each
/// closure and each period whose hours are not yet published. `stamp` is the instant the feed was
/// made. CRLF line ends.
std::string ics_feed(const BusinessCalendar& calendar,
                     std::chrono::sys_seconds from,
                     std::chrono::sys_seconds to,
                     std::chrono::sys_seconds stamp);

}  // namespace bellhop::rules
