// The rules as an inventory: what `rules show` prints, and what `rules diff` compares.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/rule/rule.hpp"

namespace bellhop::rules {

/// One thing of the rules under a name that is its own: "list mis", "evidence thanks", "rule SIMS",
/// "setting readiness", "table". Of a list its words, one a line.
using RuleListing = std::map<std::string, std::string>;

RuleListing listing_of(const RuleBook& book);

/// What differs, one line each, by name: "+ list x", "- rule y", "~ evidence thanks: P4 0.6 ->
/// 0.9".
std::vector<std::string> differences(const RuleListing& before, const RuleListing& after);

}  // namespace bellhop::rules
