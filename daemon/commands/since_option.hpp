// How far back a command looks: "90d", "12 weeks", "2026-09-01".
#pragma once

#include <chrono>
#include <string>

#include "daemon/desk/desk.hpp"

namespace bellhop::daemon {

/// The instant that `text` means: so long before `now`, or the beginning of a day on the desk's
/// clock. Throws CommandFailure (EX_USAGE); `option` is its name for the complaint.
std::chrono::sys_seconds instant_of_option(const std::string& text,
                                           const std::string& option,
                                           const Desk& desk,
                                           std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
