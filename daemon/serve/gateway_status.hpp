// What only the running daemon can add to `status` (control/status.hpp).
#pragma once

#include <chrono>

#include <boost/json/object.hpp>

#include "daemon/serve/supervisor.hpp"
#include "daemon/serve/troubles.hpp"

namespace bellhop::daemon {

/// "daemon": the process, since when it runs, and how each of its duties does.
void add_daemon(boost::json::object& status,
                const Supervisor& supervisor,
                std::chrono::sys_seconds since);

/// To the mailbox of that name what its watch knows. Precondition: it is among "mailboxes".
void add_health(boost::json::object& status, const WatchedMailbox& watched);

}  // namespace bellhop::daemon
