// How the desk stands, on one screen: each mailbox, the outbox, the quarantine, and what the daemon
// does.
#pragma once

#include <chrono>
#include <string>

#include <boost/json/object.hpp>

#include "daemon/desk/desk.hpp"
#include "daemon/work/work_done.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// What the database says, with a daemon or without:
///     {"mailboxes": [{"name", "address", "last_poll", "last_mail", "to_be_moved",
///                     "to_be_read_again"}],
///      "withheld": [{"mailbox", "uid", "since", "asked_again", "given_up", "reason"}],
///      "outbox": {"queued", "oldest_queued", "failed", "given_up", "held", "advice",
///                 "newest_failed": [{"number", "kind", "recipient", "reply"}]},
///      "quarantine": 2, "newest_quarantined": [{"number", "mailbox", "at", "reason"}],
///      "kept_back": {"answers", "collected", "ticket", "since"},
///      "waiting_for_index": 0, "work": [{"name", "at", "words"}],
///      "troubles": [{"cause", "since", "told_at", "headline"}]}
/// "kept_back" is what budgets have withheld within a day; absent where they have withheld nothing.
/// "work" is what comes again and again and what it did last, "troubles" what a person was told of.
/// Instants as in RFC 3339, absent where there are none; numbers of mails are cut at 1000.
boost::json::object status_of(const storage::Store& store,
                              const Desk& desk,
                              std::chrono::sys_seconds now);

/// Adds to "work" what is remembered in memory only.
void add_work(boost::json::object& status, const WorkDone& work);

/// The same for people, with what the daemon adds: {"daemon": {"process", "since", "duties":
/// [{"name", "failures", "error", "since", "advice"}]}}, absent where none runs, "logins":
/// [{"oauth", "user", "token_until", "credentials_until", "failing_since", "error", "advice"}], and
/// to a mailbox "connected_since", "marks_refused_since", "marks_reply". `now` tells how long ago
/// things were.
std::string in_words(const boost::json::object& status, std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
