#include "storage/sqlite_error.hpp"

#include <string>

#include <sqlite3.h>

namespace bellhop::storage {
namespace {

constexpr std::size_t max_sql = 60;  // bytes in an error; enough to find the statement

DatabaseFault fault_of(int code) {
    switch (code & 0xff) {  // the primary result code; above it stands the detail
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return DatabaseFault::busy;
        case SQLITE_FULL:
            return DatabaseFault::full;
        case SQLITE_CORRUPT:
            return DatabaseFault::damaged;
        case SQLITE_NOTADB:
            return DatabaseFault::foreign;
        case SQLITE_TOOBIG:
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
            return DatabaseFault::bad_values;
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
        case SQLITE_PERM:
        case SQLITE_READONLY:
            return DatabaseFault::gone;
        default:
            return DatabaseFault::other;
    }
}

}  // namespace

DatabaseError error_of(sqlite3* connection, int code, std::string_view sql) {
    std::string text = connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
    if (!sql.empty()) text += " (in: " + std::string{sql.substr(0, max_sql)} + ")";
    return {fault_of(code), text};
}

}  // namespace bellhop::storage
