// The schema and its versions. A database tells whose it is by application_id, and how far its
// schema has come by user_version: the number of the last migration that it has seen.
#pragma once

#include <vector>

namespace bellhop::storage {

class Database;

constexpr int application_id = 0x426C6870;  // "Blhp", in bytes 68 to 71 of the file

struct Migration {
    int number = 0;
    const char* name = nullptr;
    const char* sql = nullptr;
};

/// Every migration, ascending from 1 without a gap. Built from storage/migrations/NNN_*.sql.
const std::vector<Migration>& migrations();

/// Throws DatabaseError where the database is another program's, or newer than this program.
/// Reads only.
void require_own_schema(Database& database);

/// Runs the migrations that the database has not seen, in one transaction.
void migrate(Database& database);

}  // namespace bellhop::storage
