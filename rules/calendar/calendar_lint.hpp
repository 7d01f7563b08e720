// What looks wrong in a calendar that is in order: a forgotten bank holiday, a gap, a year that
// ends soon.
#pragma once

#include <chrono>
#include <optional>

#include "parsers/config/diagnostic.hpp"
#include "rules/calendar/calendar_file.hpp"

namespace bellhop::rules {

/// A calendar should say what holds for so long from now on.
constexpr std::chrono::days calendar_notice{60};

/// Warnings, in the order of the file: gaps between periods of which nothing is said, days off on
/// days without hours, bank holidays in a term (zone Europe/London), hours while the clock is
/// changed, hours not yet published that come near, no hours ahead. What lies before `today` is not
/// complained of.
parsers::Diagnostics lint_calendar(const CalendarEntry& entry, std::chrono::sys_seconds now);

/// The last date of which the calendar says something definite: the end of its periods where
/// nothing is said for the time after them. Nothing where it holds for ever.
std::optional<std::chrono::local_days> said_until(const CalendarPlan& plan);

/// The first unpublished period that has not ended by `today`.
std::optional<CalendarPeriod> next_unpublished(const CalendarPlan& plan,
                                               std::chrono::local_days today);

}  // namespace bellhop::rules
