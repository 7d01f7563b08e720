// SQLite behind RAII: connection, statement, transaction. The only file that sees sqlite3.h is
// database.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bellhop::storage {

/// The database failed: full disk, corruption, lock. `code` is SQLite's extended result code.
class DatabaseError : public std::runtime_error {
public:
    DatabaseError(const std::string& text, int code) : std::runtime_error(text), code_(code) {}
    int code() const { return code_; }
    bool is_busy() const;
    bool is_full() const;

private:
    int code_;
};

class Statement;

/// One connection. WAL, synchronous=FULL, foreign keys on; the schema is brought up to date at
/// opening.
class Database {
public:
    /// Opens or creates. Throws DatabaseError; also where the file is another program's or from a
    /// newer version of this one.
    explicit Database(const std::filesystem::path& file);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs SQL without parameters.
    void execute(const char* sql);
    /// A prepared statement, kept for the next time. `sql` must be a string literal.
    Statement prepare(const char* sql);
    std::int64_t last_insert_rowid() const;
    int changes() const;

private:
    struct Connection;
    friend class Statement;
    std::unique_ptr<Connection> connection_;
};

/// BEGIN IMMEDIATE ... COMMIT; rolled back unless committed. Not to be nested.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    /// Durable when it returns.
    void commit();

private:
    Database& database_;
    bool open_ = true;
};

/// A part of a transaction that may be undone alone: one mail of a batch.
class Savepoint {
public:
    explicit Savepoint(Database& database);
    ~Savepoint();  ///< rolls back unless released
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    void release();

private:
    Database& database_;
    bool open_ = true;
};

}  // namespace bellhop::storage
