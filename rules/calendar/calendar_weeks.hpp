// Named weeks of opening hours in calendar.toml: [hours.term].
#pragma once

#include <map>
#include <optional>
#include <string>

#include "parsers/config/config_value.hpp"
#include "rules/calendar/opening_hours.hpp"

namespace bellhop::rules {

using NamedWeeks = std::map<std::string, WeeklyHours, std::less<>>;

/// Reads "08:30-16:30", ["08:30-12:00", "13:00-16:30"], "08:30-12:00, 13:00-16:30" or "closed".
/// Nothing, after a complaint, where it is none of these.
std::optional<DayHours> read_day_hours(const std::vector<parsers::ConfigValue>& values);

/// Reads a week. Its keys are days ("friday"), "weekdays", "weekend", "every_day", or
/// "monday_to_thursday"; what covers fewer days counts before what covers more. Days that are not
/// named are closed.
WeeklyHours read_week(parsers::ConfigTable& table);

/// The tables below [hours].
NamedWeeks read_weeks(parsers::ConfigTable& table);

}  // namespace bellhop::rules
