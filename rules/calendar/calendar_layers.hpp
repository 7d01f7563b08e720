// The layers of a calendar by name, for rules: "term", "Autumn term, first half", "exam days".
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "rules/calendar/business_calendar.hpp"

namespace bellhop::rules {

/// What a rule calls a date on which the desk is closed by a closure.
inline constexpr const char* closed_layer = "closed";

/// All that a calendar says about a date, by name, the most specific first: the special day, the
/// closure (and "closed"), the period and the name of its hours; the name of the weekly hours where
/// no period holds.
std::vector<std::string> layers_on(const CalendarPlan& plan, std::chrono::local_days date);

/// Every name that layers_on() may give, each once.
std::vector<std::string> layer_names(const CalendarPlan& plan);

}  // namespace bellhop::rules
