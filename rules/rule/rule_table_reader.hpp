// Reading one [[rule]] or [[boost]] of a rules file.
#pragma once

#include <string>

#include "parsers/config/config_value.hpp"
#include "rules/rule/rule.hpp"
#include "rules/rule/rule_reader.hpp"

namespace bellhop::rules {

/// A [[rule]]: about new tickets unless it says otherwise. Complains of unknown keys, of a rule
/// without a condition, and of one that does nothing.
Rule read_rule(parsers::ConfigTable& table, const RuleReading& reading);

/// A [[boost]]: a rule for some days. Complains of unknown keys, and of one that does nothing.
Rule read_boost(parsers::ConfigTable& table, const RuleReading& reading);

/// One of the priorities, for an example in a hint.
std::string example_priority(const RuleReading& reading);

}  // namespace bellhop::rules
