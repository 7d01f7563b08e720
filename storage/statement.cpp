#include "storage/statement.hpp"

#include <utility>

#include <sqlite3.h>

#include "storage/sqlite_error.hpp"

namespace bellhop::storage {

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)),
      lent_(std::exchange(other.lent_, nullptr)) {}

Statement::~Statement() {
    if (statement_ == nullptr) return;
    if (lent_ == nullptr) {
        sqlite3_finalize(statement_);
        return;
    }
    sqlite3_reset(statement_);  // repeats the error that step() has thrown
    sqlite3_clear_bindings(statement_);
    *lent_ = false;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw error_of(sqlite3_db_handle(statement_), code, sqlite3_sql(statement_));
}

void Statement::run() {
    while (step()) {
    }
    sqlite3_reset(statement_);
}

void Statement::bind_integer(int index, std::int64_t value) {
    if (const int code = sqlite3_bind_int64(statement_, index, value); code != SQLITE_OK) {
        throw error_of(sqlite3_db_handle(statement_), code, sqlite3_sql(statement_));
    }
}

void Statement::bind_text(int index, std::string_view value) {
    // An empty view may have no address, which SQLite would take for NULL.
    const char* text = value.data() != nullptr ? value.data() : "";
    const int code =
        sqlite3_bind_text64(statement_, index, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    if (code != SQLITE_OK) {
        throw error_of(sqlite3_db_handle(statement_), code, sqlite3_sql(statement_));
    }
}

void Statement::bind_null(int index) {
    if (const int code = sqlite3_bind_null(statement_, index); code != SQLITE_OK) {
        throw error_of(sqlite3_db_handle(statement_), code, sqlite3_sql(statement_));
    }
}

void Statement::bind_at(int index, const BlobView& value) {
    const char* bytes = value.bytes.data() != nullptr ? value.bytes.data() : "";
    const int code =
        sqlite3_bind_blob64(statement_, index, bytes, value.bytes.size(), SQLITE_STATIC);
    if (code != SQLITE_OK) {
        throw error_of(sqlite3_db_handle(statement_), code, sqlite3_sql(statement_));
    }
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
    // sqlite3_column_blob gives TEXT as it stands too; the size must be asked for after it.
    const void* bytes = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::chrono::sys_seconds Statement::instant(int column) const {
    return std::chrono::sys_seconds{std::chrono::seconds{integer(column)}};
}

std::optional<std::chrono::sys_seconds> Statement::optional_instant(int column) const {
    if (is_null(column)) return std::nullopt;
    return instant(column);
}

}  // namespace bellhop::storage
