// What a result code of SQLite means, as an error of ours. For the files behind the wall only.
#pragma once

#include <string_view>

#include "storage/database_error.hpp"

struct sqlite3;

namespace bellhop::storage {

/// What went wrong, with the beginning of the SQL: never its parameters, which are foreign text.
/// `connection` may be null: then the code alone tells.
DatabaseError error_of(sqlite3* connection, int code, std::string_view sql = {});

}  // namespace bellhop::storage
