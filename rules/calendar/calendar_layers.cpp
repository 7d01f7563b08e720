#include "rules/calendar/calendar_layers.hpp"

#include <algorithm>

namespace bellhop::rules {
namespace {

void add(std::vector<std::string>& names, const std::string& name) {
    if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
    names.push_back(name);
}

}  // namespace

std::vector<std::string> layers_on(const CalendarPlan& plan, std::chrono::local_days date) {
    std::vector<std::string> names;
    for (const SpecialDay& day : plan.special_days) {
        if (day.date == date) add(names, day.name);
    }
    for (const Closure& closure : plan.closures) {
        if (date < closure.first || date > closure.last) continue;
        add(names, closure.name);
        add(names, closed_layer);
    }
    bool has_period = false;
    for (const CalendarPeriod& period : plan.periods) {
        if (date < period.first || date > period.last) continue;
        has_period = true;
        add(names, period.name);
        add(names, period.hours_name);
    }
    if (!has_period) add(names, plan.weekly_name);
    return names;
}

std::vector<std::string> layer_names(const CalendarPlan& plan) {
    std::vector<std::string> names;
    for (const SpecialDay& day : plan.special_days) add(names, day.name);
    for (const Closure& closure : plan.closures) add(names, closure.name);
    if (!plan.closures.empty()) add(names, closed_layer);
    for (const CalendarPeriod& period : plan.periods) {
        add(names, period.name);
        add(names, period.hours_name);
    }
    add(names, plan.weekly_name);
    return names;
}

}  // namespace bellhop::rules
