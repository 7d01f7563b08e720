// Names in rules that nobody bears, and notices that reach nobody.
#pragma once

#include "parsers/config/diagnostic.hpp"
#include "rules/people/people.hpp"
#include "rules/rule/rule_reader.hpp"

namespace bellhop::rules {

/// Where `people` is null, who is to be told is not checked. In the order of the rules.
parsers::Diagnostics lint_names(const RuleBook& book,
                                const Vocabulary& vocabulary,
                                const People* people);

}  // namespace bellhop::rules
