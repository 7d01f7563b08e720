// The tickets of one outage, joined (rules/desk/outage).
#pragma once

#include "daemon/work/filing.hpp"
#include "rules/rule/ruling.hpp"

namespace bellhop::daemon {

/// After a mail that a surge rule has joined to the first ticket: the tickets that came before it
/// are joined, too, and the first is raised to what the rules say now.
void join_outage(const Filing& filing, const rules::Ruling& ruling);

}  // namespace bellhop::daemon
