// What only the running daemon can add to `status` (control/status.hpp).
#pragma once

#include <chrono>
#include <vector>

#include <boost/json/object.hpp>

#include "daemon/oauth/token_keeper.hpp"
#include "daemon/serve/supervisor.hpp"
#include "daemon/serve/troubles.hpp"

namespace bellhop::daemon {

/// "daemon": the process, since when it runs, and how each of its duties does.
void add_daemon(boost::json::object& status,
                const Supervisor& supervisor,
                std::chrono::sys_seconds since);

/// "logins": how the access tokens do, and until when the credentials for them count.
void add_logins(boost::json::object& status,
                const std::vector<TokenKeeper::State>& logins,
                const Settings& settings);

/// To the mailbox of that name what its watch knows. Precondition: it is among "mailboxes".
void add_health(boost::json::object& status, const WatchedMailbox& watched);

}  // namespace bellhop::daemon
