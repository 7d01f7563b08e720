// What is allowed in the words of rules, but hardly meant.
#pragma once

#include "parsers/config/diagnostic.hpp"
#include "rules/rule/rule.hpp"

namespace bellhop::rules {

/// Words that are never needed, that read otherwise than they look, that are found in every text,
/// or that are fewer than a condition asks for. In the order in which they are looked for.
parsers::Diagnostics lint_words(const RuleBook& book);

}  // namespace bellhop::rules
