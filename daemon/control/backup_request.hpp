// That `bellhop backup` has made a backup, told to the daemon, which remembers it for `status`.
#pragma once

#include "daemon/control/request_table.hpp"

namespace bellhop::daemon {

/// {"file": "/var/backups/bellhop.backup", "tickets": 12}. Result: {}.
Answer note_backup(const RequestContext& context, const Request& request);

}  // namespace bellhop::daemon
