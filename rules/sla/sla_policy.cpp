#include "rules/sla/sla_policy.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace bellhop::rules {
namespace {

using namespace std::string_view_literals;
using std::chrono::local_days;

constexpr std::array shipped_names{std::pair{"waiting_customer"sv, "Waiting on customer"sv},
                                   std::pair{"waiting_third_party"sv, "Waiting on third party"sv},
                                   std::pair{"waiting_site_visit"sv, "Waiting for site visit"sv},
                                   std::pair{"waiting_approval"sv, "Waiting for approval"sv}};

const PolicyVersion* version_on(const SlaPolicy& policy, local_days date) {
    const PolicyVersion* found = nullptr;
    for (const PolicyVersion& version : policy.versions) {
        if (!version.from || *version.from <= date) found = &version;
    }
    return found;
}

}  // namespace

Targets targets_for(const SlaPolicy& policy,
                    std::string_view priority,
                    std::string_view plan,
                    local_days started) {
    const PolicyVersion* version = version_on(policy, started);
    if (version == nullptr) return {};
    const auto of_plan = version->plans.find(plan);
    if (of_plan != version->plans.end()) {
        const auto found = of_plan->second.find(priority);
        if (found != of_plan->second.end()) return found->second;
    }
    const auto found = version->targets.find(priority);
    return found == version->targets.end() ? Targets{} : found->second;
}

Targets targets_for(const SlaPolicy& policy,
                    const Cycle& cycle,
                    std::string_view plan,
                    const BusinessCalendar& calendar) {
    return targets_for(policy, cycle.priority, plan, calendar.wall_clock(cycle.started_at).date);
}

std::string name_of_status(const SlaPolicy& policy, std::string_view status) {
    const auto found = policy.status_names.find(status);
    if (found != policy.status_names.end()) return found->second;
    const auto shipped = std::find_if(shipped_names.begin(), shipped_names.end(),
                                      [status](const auto& one) { return one.first == status; });
    if (shipped != shipped_names.end()) return std::string{shipped->second};
    std::string name{status};
    std::replace(name.begin(), name.end(), '_', ' ');
    if (!name.empty()) {
        name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    }
    return name;
}

const ReminderRule* reminder_rule(const SlaPolicy& policy, std::string_view status) {
    const auto found =
        std::find_if(policy.reminders.begin(), policy.reminders.end(),
                     [status](const ReminderRule& rule) { return rule.status == status; });
    return found == policy.reminders.end() ? nullptr : &*found;
}

}  // namespace bellhop::rules
