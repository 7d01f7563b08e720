// bellhop ticket attachment TICKET [NAME]
#pragma once

#include "daemon/commands/command.hpp"

namespace bellhop::daemon {

/// A part of the command "ticket".
Command attachment_command();

}  // namespace bellhop::daemon
