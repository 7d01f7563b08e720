// How the desk stands, on one screen: each mailbox, the outbox, the quarantine, and what the daemon
// does.
#pragma once

#include <chrono>
#include <string>

#include <boost/json/object.hpp>

#include "daemon/desk/desk.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// What the database says, with a daemon or without:
///     {"mailboxes": [{"name", "address", "last_poll", "last_mail", "to_be_moved"}],
///      "withheld": [{"mailbox", "uid", "since", "asked_again", "reason"}],
///      "outbox": {"queued", "oldest_queued", "failed"}, "quarantine": 2}
/// Instants as in RFC 3339, absent where there are none; numbers are cut at 1000.
boost::json::object status_of(const storage::Store& store, const Desk& desk);

/// The same for people, with what the daemon adds: {"daemon": {"process", "since", "duties":
/// [{"name", "failures", "error"}]}}; it is absent where none runs. `now` tells how long ago things
/// were.
std::string in_words(const boost::json::object& status, std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
