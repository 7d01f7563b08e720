// What work that comes again and again did last, for people who ask.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "storage/store.hpp"

namespace bellhop::daemon {

struct WorkDone {
    std::string name = {};  ///< "retention", "reconciliation of support"
    std::chrono::sys_seconds at = {};
    std::string words = {};  ///< what came of it, one line

    friend bool operator==(const WorkDone&, const WorkDone&) = default;
};

/// Remembers it in place of what the same work did before. In a transaction of its own, or the
/// caller's. Throws storage::DatabaseError.
void note_work(storage::Store& store, const WorkDone& work);

/// The last of each, by name.
std::vector<WorkDone> work_done(const storage::Store& store);

/// A fact that is an instant and words: "2026-11-02T09:00:00Z 535 wrong password".
std::string dated_fact(std::chrono::sys_seconds at, const std::string& words);
/// The inverse, with an empty name; the instant is 0 where the text has none.
WorkDone read_dated_fact(const std::string& fact);

/// Remembers that another gateway seems to work in the mailbox, and says so in the log: once a day.
void note_other_gateway(storage::Store& store,
                        const std::string& mailbox,
                        std::chrono::sys_seconds now,
                        const std::string& sign);

}  // namespace bellhop::daemon
