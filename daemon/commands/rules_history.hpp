// bellhop rules explain TICKET | backtest | stats: the rules beside what has happened.
#pragma once

#include <string>

#include "rules/rule/rule_set.hpp"

namespace CLI {
class App;
}

namespace bellhop::daemon {

struct Invocation;

/// Adds `backtest` and `stats` to the command `rules`.
void add_rules_history_commands(CLI::App& rules, Invocation& invocation);

/// Sends the mail that opened the ticket through `rules`, as the ticket and the desk were then, and
/// prints every rule, the outcome, and what was decided then. Throws CommandFailure.
void explain_rules_of_ticket(const std::string& name,
                             const rules::RuleSet& rules,
                             const Invocation& invocation);

}  // namespace bellhop::daemon
