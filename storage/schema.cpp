#include "storage/schema.hpp"

#include <cstdint>
#include <string>

#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

constexpr int not_a_database = 26;  // SQLITE_NOTADB

std::int64_t number(Database& database, const char* sql) {
    Statement query = database.prepare(sql);
    return query.step() ? query.integer(0) : 0;
}

std::int64_t schema_version(Database& database) {
    return number(database, "PRAGMA user_version");
}

}  // namespace

void require_own_schema(Database& database) {
    const std::int64_t owner = number(database, "PRAGMA application_id");
    const bool is_new = number(database, "SELECT count(*) FROM sqlite_schema") == 0 && owner == 0;
    if (is_new && schema_version(database) == 0) return;
    if (owner != application_id) {
        throw DatabaseError("the file is a database of another program", not_a_database);
    }
    const std::int64_t version = schema_version(database);
    const int known = migrations().back().number;
    if (version > known) {
        throw DatabaseError("the database is of a newer version of bellhop (its schema is " +
                                std::to_string(version) + ", this program knows " +
                                std::to_string(known) + ")",
                            not_a_database);
    }
}

void migrate(Database& database) {
    if (schema_version(database) == migrations().back().number) return;
    Transaction transaction{database};
    // Asked again under the lock: another process may have been faster.
    require_own_schema(database);
    const std::int64_t version = schema_version(database);
    for (const Migration& migration : migrations()) {
        if (migration.number <= version) continue;
        database.execute(migration.sql);
    }
    // PRAGMA takes no parameters; both numbers are our own.
    database.execute(("PRAGMA application_id = " + std::to_string(application_id)).c_str());
    database.execute(
        ("PRAGMA user_version = " + std::to_string(migrations().back().number)).c_str());
    transaction.commit();
}

}  // namespace bellhop::storage
