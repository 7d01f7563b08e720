// What the daemon tells the service manager (sd_notify(3)); nothing happens where there is none.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace bellhop::daemon {

void notify_ready(const std::string& status);
void notify_reloading();
void notify_stopping();
void notify_status(const std::string& status);
void notify_alive();  ///< WATCHDOG=1

/// How often notify_alive() is expected; nothing where nobody watches.
std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace bellhop::daemon
