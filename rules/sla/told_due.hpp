// By when something is due, as everybody is told: the customer, the desk's lists, its notices.
#pragma once

#include <chrono>
#include <optional>

#include "rules/calendar/business_calendar.hpp"
#include "rules/sla/sla.hpp"

namespace bellhop::rules {

/// The timer's due instant; of one that is due at once the end of the grace up to which nobody
/// calls it late, which is what the requester has been promised. Nothing where none is known.
std::optional<std::chrono::sys_seconds> told_due(const Timer& timer,
                                                 const BusinessCalendar& calendar);

}  // namespace bellhop::rules
