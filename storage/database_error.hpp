// How a database fails, as whoever uses it wants to know it.
#pragma once

#include <stdexcept>
#include <string>

namespace bellhop::storage {

/// What kind of failure it was: what a caller may do about it depends on nothing else.
enum class DatabaseFault {
    busy,     ///< another connection holds the write lock
    full,     ///< no room on the disk
    damaged,  ///< what was written is not what is read
    /// The values were at fault, not the database: too large, or against a constraint. The same
    /// again fails again; something else may well succeed.
    bad_values,
    gone,     ///< the file cannot be read or written: permissions, an I/O error, a lost disk
    missing,  ///< there is no database yet
    foreign,  ///< the file is another program's, or no database at all
    older,    ///< its schema is older than this program's, and this connection may not change it
    newer,    ///< its schema is newer than this program's
    other,
};

/// The database failed. The text is for people: one line, and what to do where that is known.
class DatabaseError : public std::runtime_error {
public:
    DatabaseError(DatabaseFault fault, const std::string& text)
        : std::runtime_error(text), fault_(fault) {}
    DatabaseFault fault() const { return fault_; }

private:
    DatabaseFault fault_;
};

}  // namespace bellhop::storage
