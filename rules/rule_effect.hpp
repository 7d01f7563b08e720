// What a rule's actions do to an outcome.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.hpp"

namespace bellhop::rules {

/// Position of `name` in `priorities`; their number where it is not there.
std::size_t rank_of(std::string_view name, const std::vector<std::string>& priorities);

/// Changes `outcome` and says so in `did`, one line a change: "priority P2 → P1". `surge_parent` is
/// the first ticket of the surge that made the rule match, if any. Precondition: priorities are not
/// empty, and those that `actions` names are among them.
void apply(const RuleActions& actions,
           const std::vector<std::string>& priorities,
           std::optional<TicketId> surge_parent,
           Outcome& outcome,
           std::vector<std::string>& did);

}  // namespace bellhop::rules
