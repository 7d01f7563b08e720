// Whether the database is what it ought to be: its file, and what must be true of the rows in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bellhop::storage {

class Database;

/// Something that is wrong.
struct Fault {
    std::string what = {};   ///< one line, with the first few numbers
    std::string to_do = {};  ///< what a person can do about it, one line
    std::int64_t times = 1;  ///< rows

    friend bool operator==(const Fault&, const Fault&) = default;
};

struct Inspection {
    std::vector<Fault> faults = {};
    std::int64_t tickets = 0;
    std::int64_t messages = 0;
    std::int64_t blobs = 0;
    std::int64_t blobs_read = 0;  ///< of these, made whole and held against their hash

    friend bool operator==(const Inspection&, const Inspection&) = default;
};

/// Reads the whole file (structure, indexes, references), then what no reference says: that each
/// ticket has a message and a beginning of its log, that a mail which was taken has its bytes, that
/// no number was given which the database does not know of. Of the blobs at most `most_blobs`,
/// spread over all, are read and held against their hash.
///
/// Changes nothing; other connections may go on writing. Takes long on a large file. Throws
/// DatabaseError.
Inspection inspect(Database& database, std::size_t most_blobs);

/// A look at the pages of one table after the other, the small ones first.
struct QuickLook {
    std::vector<std::string> tables = {};    ///< looked at whole
    std::vector<std::string> not_seen = {};  ///< the time was over before
    std::vector<std::string> damage = {};    ///< lines

    friend bool operator==(const QuickLook&, const QuickLook&) = default;
};

/// Ends as soon as `is_enough` says so. Throws DatabaseError.
QuickLook look_quickly(Database& database, const std::function<bool()>& is_enough);

/// What to do with a file that is damaged, one line.
inline constexpr const char* advice_on_damage =
    "stop the gateway, keep the file, and put the last good backup in its place (\"bellhop "
    "restore FILE\"); what came since is read again from the mailboxes";

}  // namespace bellhop::storage
