// SQLite behind RAII: connection, transaction. The only file that sees sqlite3.h is database.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "storage/statement.hpp"

namespace bellhop::storage {

/// The database failed: full disk, corruption, lock. `code` is SQLite's extended result code.
class DatabaseError : public std::runtime_error {
public:
    DatabaseError(const std::string& text, int code) : std::runtime_error(text), code_(code) {}
    int code() const { return code_; }
    bool is_busy() const;     ///< another connection holds the write lock
    bool is_full() const;     ///< no room on the disk
    bool is_corrupt() const;  ///< the file is damaged, or not ours
    /// The values were at fault, not the database: too large, or against a constraint. The same
    /// again fails again; something else may well succeed.
    bool concerns_values() const;

private:
    int code_;
};

/// How a connection behaves. The defaults are those of the daemon.
struct ConnectionSettings {
    std::chrono::milliseconds busy_timeout{5000};  ///< waited for another connection's lock
    /// Memory for pages. Changed pages beyond it go to the write-ahead log early.
    std::int64_t cache_bytes = 8 * 1024 * 1024;
    /// Bytes in the write-ahead log after which a commit copies it into the database.
    std::int64_t checkpoint_bytes = 16 * 1024 * 1024;
    std::int64_t max_bytes = 0;  ///< the database may not grow beyond; 0 is no limit. For tests.
};

/// One connection. WAL, synchronous=FULL, foreign keys on; the schema is brought up to date at
/// opening. For one thread.
class Database {
public:
    /// Opens or creates. Throws DatabaseError; also where the file is another program's or from a
    /// newer version of this one: it is not touched then.
    explicit Database(const std::filesystem::path& file);
    Database(const std::filesystem::path& file, const ConnectionSettings& settings);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs SQL without parameters; several statements are allowed.
    void execute(const char* sql);
    /// A prepared statement, kept for the next time. `sql` must be a string literal.
    Statement prepare(const char* sql);
    /// The same with its parameters bound.
    template <class... Values>
    Statement prepare(const char* sql, const Values&... values) {
        Statement statement = prepare(sql);
        statement.bind(values...);
        return statement;
    }
    std::int64_t last_insert_rowid() const;
    /// Rows changed by the statement that ended last.
    int changes() const;
    bool in_transaction() const;

    /// Copies the write-ahead log into the database as far as readers allow. For idle moments.
    void checkpoint();
    /// Gives cached pages back to the allocator. For idle moments.
    void release_memory();
    /// Reads the whole file and returns what is wrong with it, at most 100 lines; empty where
    /// all is well. Takes long on a large file.
    std::vector<std::string> damage();

    /// How SQLite would run each statement that has been prepared so far: its SQL, then the steps
    /// of its plan, a line each. For tests: nothing hot may scan a table.
    std::vector<std::string> query_plans();

private:
    struct Connection;
    friend class Statement;
    void open(const ConnectionSettings& settings);
    std::unique_ptr<Connection> connection_;
};

/// What a commit outlives. It is never half there in either case.
enum class Durability {
    power_loss,     ///< flushed to the disk: what may not be lost
    process_death,  ///< handed to the kernel: what only saves work, or tells of a death
};

/// BEGIN IMMEDIATE ... COMMIT; rolled back unless committed. Not to be nested.
class Transaction {
public:
    explicit Transaction(Database& database, Durability durability = Durability::power_loss);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    /// As durable as asked for when it returns. Throws DatabaseError; also where SQLite had to roll
    /// back before (full disk, I/O error): nothing has been written then.
    void commit();

private:
    Database& database_;
    Durability durability_;
    bool open_ = true;
};

/// A part of a transaction that may be undone alone: one mail of a batch. Precondition: a
/// transaction is open.
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

/// Makes one write of several statements: a transaction of its own where none is open, nothing
/// more where one is. For the stores.
class AtomicWrite {
public:
    explicit AtomicWrite(Database& database);
    void commit();

private:
    std::unique_ptr<Transaction> own_;
};

}  // namespace bellhop::storage
