// What is allowed in rules, but hardly meant.
#pragma once

#include <chrono>
#include <vector>

#include "parsers/config/diagnostic.hpp"
#include "rules/rule/rule_reader.hpp"
#include "rules/rule/rule_set.hpp"
#include "rules/rule/rule_test.hpp"

namespace bellhop::rules {

/// Findings, sorted by place: errors where a rule cannot do what it says (it never matches, is
/// never reached, names a team that does not exist), warnings where it may (it repeats or
/// contradicts another, no test mail matches it, a word is never needed, a boost is over).
parsers::Diagnostics lint(const RuleSet& rules,
                          const std::vector<RuleTest>& tests,
                          const People* people,
                          const Vocabulary& vocabulary,
                          std::chrono::year_month_day today);

}  // namespace bellhop::rules
