// Looks, for `doctor`, at what the gateway stands on: disk, database, clock, the running daemon.
#pragma once

#include <optional>

#include "daemon/desk/desk.hpp"
#include "daemon/desk/settings.hpp"
#include "rules/doctor/desk_trial.hpp"
#include "rules/doctor/machine_trial.hpp"

namespace bellhop::daemon {

rules::DiskSeen look_at_disk(const Settings& settings);

struct DatabaseLook {
    rules::DatabaseSeen seen = {};
    std::optional<std::chrono::sys_seconds> last_backup = {};
    std::string signing_key = {};  ///< of our msg-ids; empty where it cannot be read
};

/// Reads the database as its owner, for a second at most; changes nothing.
DatabaseLook look_at_database(const Settings& settings);

/// Asks the daemon, where one runs.
rules::GatewaySeen look_at_gateway(const Settings& settings);

/// Whether the kernel says that something keeps its clock.
std::optional<bool> is_clock_kept();

/// How many are told, by the files of the desk.
rules::Told look_at_told(const Desk& desk);

}  // namespace bellhop::daemon
