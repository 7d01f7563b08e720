// The desk's orders as a replay script words them.
#pragma once

#include <string>
#include <vector>

#include "daemon/work/filing.hpp"

namespace bellhop::daemon {

/// Carries out "status 1 waiting_customer", "status 1 waiting_site_visit --until 2026-11-09",
/// "priority 1 P1", "assign 1 --team MIS --to Mia", "reply 1 --status resolved", "note 1",
/// "reopen 1", "agree 1 resolution 2026-11-09T12:00:00Z". `--as NAME` says who; `text` is what is
/// written, or the reason.
///
/// Returns why it was refused; empty where it is done.
std::string carry_out_words(const Filing& filing,
                            const std::vector<std::string>& words,
                            const std::string& text);

}  // namespace bellhop::daemon
