// Every request there is. To add one: a function in a file of this room, and a line in
// known_requests.cpp.
#pragma once

#include "daemon/control/request_table.hpp"

namespace bellhop::daemon {

/// The table of the daemon, and of a command that acts while no daemon runs.
RequestTable known_requests();

}  // namespace bellhop::daemon
