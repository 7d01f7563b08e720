// bellhop rules explain TICKET | backtest | stats: the rules beside what has happened.
#pragma once

#include <string>

#include "daemon/commands/command.hpp"
#include "rules/rule/rule_set.hpp"

namespace bellhop::daemon {

/// Commands of `rules`.
Command backtest_command();
Command stats_command();

/// Sends the mail that opened the ticket through `rules`, as the ticket and the desk were then, and
/// prints every rule, the outcome, and what was decided then. Throws CommandFailure.
void explain_rules_of_ticket(const std::string& name,
                             const rules::RuleSet& rules,
                             const Invocation& invocation);

}  // namespace bellhop::daemon
