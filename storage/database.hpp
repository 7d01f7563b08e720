// SQLite behind RAII: connection, transaction. The only file that sees sqlite3.h is database.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/database_error.hpp"
#include "storage/statement.hpp"

namespace bellhop::storage {

/// What a connection may do.
enum class Access {
    /// Of the process lock: makes the database where there is none, brings its schema up to date,
    /// copies the write-ahead log back. One process at a time.
    holder,
    /// Writes into a database that stands and has this program's schema.
    writer,
    /// Reads such a database and changes nothing of it.
    reader,
};

/// What a commit outlives. It is never half there in either case.
enum class Durability {
    power_loss,     ///< flushed to the disk: what may not be lost
    process_death,  ///< handed to the kernel: what only saves work, or tells of a death
};

/// How a connection behaves. The defaults are those of the daemon.
struct ConnectionSettings {
    Access access = Access::holder;
    /// Commits never wait for the disk: nobody wants the file back after a power cut.
    bool is_scratch = false;
    std::chrono::milliseconds busy_timeout{5000};  ///< waited for another connection's lock
    /// Memory for pages. Changed pages beyond it go to the write-ahead log early.
    std::int64_t cache_bytes = 8 * 1024 * 1024;
    /// Bytes in the write-ahead log after which a commit copies it into the database.
    std::int64_t checkpoint_bytes = 16 * 1024 * 1024;
    std::int64_t max_bytes = 0;  ///< the database may not grow beyond; 0 is no limit. For tests.
};

/// One connection. A commit is on the disk when it returns; references between tables are checked.
/// For one thread.
class Database {
public:
    /// Opens as `settings.access` allows. Throws DatabaseError; with `missing`, `foreign`, `older`
    /// or `newer` the file has not been touched.
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
    bool may_write() const;  ///< false for a reader

    /// Gives cached pages back to the allocator. For idle moments.
    void release_memory();
    /// Writes all that is in it, as it is now, into a new file; other connections may go on
    /// writing. The copy is not flushed to the disk. Throws DatabaseError; also where `file`
    /// exists.
    void copy_to(const std::filesystem::path& file);
    /// Brings all of it into the one file, for a copy that is to be moved or kept. Precondition: no
    /// other connection.
    void fold();
    /// Reads the whole file and returns what is wrong with it, at most 100 lines; empty where
    /// all is well. Takes long on a large file.
    std::vector<std::string> damage();
    /// The tables that hold what must not be lost, the smallest first.
    std::vector<std::string> tables();
    /// What a look at the pages of one table finds, at most 20 lines; nothing where `is_enough` (it
    /// is asked often) ended it before. It does not read the indexes against the rows.
    std::optional<std::vector<std::string>> quick_damage(const std::string& table,
                                                         const std::function<bool()>& is_enough);

    /// How SQLite would run each statement that has been prepared so far: its SQL, then the steps
    /// of its plan, a line each. For tests: nothing hot may scan a table.
    std::vector<std::string> query_plans();

    /// Whose file it is and how far its schema has come; both 0 for a file that nobody has used.
    struct Marks {
        std::int64_t owner = 0;
        std::int64_t schema = 0;
    };
    Marks marks();
    void set_marks(const Marks& marks);

private:
    struct Connection;
    friend class Statement;
    friend class Transaction;
    void open(const ConnectionSettings& settings);
    void require_own_schema();
    void migrate();
    void set_durability(Durability durability);
    std::unique_ptr<Connection> connection_;
};

/// The engine under it and its version, as in "SQLite 3.40.1".
std::string engine_version();

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
    bool open_ = true;
};

/// A part of a transaction that may be undone alone: one mail of a batch. Throws
/// DatabaseError where no transaction is open: a full disk may have rolled it back.
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
