// A replay in lines that a help-desk manager reads.
#pragma once

#include <string>

#include "daemon/replay/replay.hpp"

namespace bellhop::daemon {

/// "Mon 2026-11-02 08:30 GMT  #1  opened by ann@hill.example: Projector, P3", with a newline.
/// Local time of the desk.
std::string timeline_line(const ReplayedStep& step, const Desk& desk);

/// How the clocks of every ticket stand at the end: a line for each ticket and cycle.
std::string timeline_end(const Replay& replay);

}  // namespace bellhop::daemon
