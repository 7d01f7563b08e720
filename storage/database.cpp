#include "storage/database.hpp"

#include <cerrno>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "storage/schema.hpp"
#include "storage/sqlite_error.hpp"

namespace bellhop::storage {
namespace {

// Large pages suit rows that hold whole mails, small ones a lone mail: each page that it touches is
// written whole. Measured (docs/benchmarks.md): a lone mail writes 8 bytes for each of its own
// here, 13 with 16 KiB; in a batch both write 2.4.
constexpr std::int64_t page_bytes = 8192;

/// The file is made here, because SQLite would make it readable for everybody. Its log and index
/// take their permissions from it.
void create_private(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    // Where it cannot be made, sqlite3_open_v2 fails next and says why.
    if (descriptor >= 0) ::close(descriptor);
}

void require_file(const std::filesystem::path& file) {
    if (::access(file.c_str(), F_OK) == 0 || errno != ENOENT) return;
    throw DatabaseError(DatabaseFault::missing,
                        "it does not exist yet; \"bellhop serve\" makes it when it first starts");
}

int newest_schema() {
    return migrations().back().number;
}

std::string both_schemas(std::int64_t theirs) {
    return "(its schema is " + std::to_string(theirs) + ", this program's " +
           std::to_string(newest_schema()) + ")";
}

constexpr int steps_between_looks = 2000;  // of SQLite's machine: some 0.1 ms
constexpr std::size_t most_quick_damage = 20;

/// Ends a statement in its middle when somebody has had enough of it.
class Interruption {
public:
    Interruption(sqlite3* handle, const std::function<bool()>& is_enough)
        : handle_(handle), is_enough_(is_enough) {
        sqlite3_progress_handler(handle_, steps_between_looks, &Interruption::look, this);
    }
    ~Interruption() { sqlite3_progress_handler(handle_, 0, nullptr, nullptr); }
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    bool has_happened() const { return happened_; }

private:
    static int look(void* self) {
        auto& interruption = *static_cast<Interruption*>(self);
        interruption.happened_ = interruption.happened_ || interruption.is_enough_();
        return interruption.happened_ ? 1 : 0;
    }

    sqlite3* handle_;
    const std::function<bool()>& is_enough_;
    bool happened_ = false;
};

}  // namespace

struct Database::Connection {
    struct Cached {
        sqlite3_stmt* statement = nullptr;
        bool lent = false;
    };

    sqlite3* handle = nullptr;
    Access access = Access::holder;
    bool is_scratch = false;
    std::optional<Durability> durability = {};  // as last set; nothing where that failed
    // The key is SQLite's own copy of the text. Nodes do not move: Statement points at `lent`.
    std::unordered_map<std::string_view, Cached> statements = {};

    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        for (auto& [sql, cached] : statements) sqlite3_finalize(cached.statement);
        sqlite3_close(handle);
    }

    void require(int code, std::string_view sql = {}) const {
        if (code != SQLITE_OK) throw error_of(handle, code, sql);
    }

    sqlite3_stmt* compile(const char* sql, unsigned flags) const {
        sqlite3_stmt* statement = nullptr;
        require(sqlite3_prepare_v3(handle, sql, -1, flags, &statement, nullptr), sql);
        return statement;
    }
};

Database::Database(const std::filesystem::path& file) : Database(file, ConnectionSettings{}) {}

Database::Database(const std::filesystem::path& file, const ConnectionSettings& settings)
    : connection_(std::make_unique<Connection>()) {
    connection_->access = settings.access;
    connection_->is_scratch = settings.is_scratch;
    try {
        if (settings.access == Access::holder) {
            create_private(file);
        } else {
            require_file(file);
        }
        const int way =
            settings.access == Access::reader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
        const int flags = way | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        connection_->require(sqlite3_open_v2(file.c_str(), &connection_->handle, flags, nullptr));
        open(settings);
    } catch (const DatabaseError& error) {
        throw DatabaseError(error.fault(),
                            "cannot open the database \"" + file.string() + "\": " + error.what());
    }
}

void Database::open(const ConnectionSettings& settings) {
    sqlite3* handle = connection_->handle;
    const bool holds = settings.access == Access::holder;
    sqlite3_busy_timeout(handle, static_cast<int>(settings.busy_timeout.count()));
    // A damaged or forged schema shall have no say; nor shall "text" in double quotes be taken for
    // a column that does not exist.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    // Only the holder of the process lock copies the write-ahead log back, at a close as well.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, holds ? 0 : 1, nullptr);
    require_own_schema();

    const auto set = [this](const char* pragma, std::int64_t value) {
        execute((std::string{"PRAGMA "} + pragma + " = " + std::to_string(value)).c_str());
    };
    if (settings.access != Access::reader) {
        set("page_size", page_bytes);  // counts for a new file only
        execute("PRAGMA journal_mode = WAL");
        set_durability(Durability::power_loss);
        execute("PRAGMA foreign_keys = ON");
    }
    execute("PRAGMA temp_store = MEMORY");
    execute("PRAGMA mmap_size = 0");         // an I/O error shall be an error, not SIGBUS
    execute("PRAGMA secure_delete = FAST");  // erased where that costs no writing
    execute("PRAGMA cell_size_check = ON");
    set("cache_size", -settings.cache_bytes / 1024);
    set("wal_autocheckpoint", holds ? settings.checkpoint_bytes / page_bytes : 0);
    set("journal_size_limit", 4 * settings.checkpoint_bytes);
    if (settings.max_bytes > 0) set("max_page_count", settings.max_bytes / page_bytes);
    if (holds) migrate();
}

/// Throws DatabaseError where the database is another program's, newer than this program, or one
/// that only the holder of the process lock may make or bring up to date, for anybody else. Reads
/// only.
void Database::require_own_schema() {
    const bool holds = connection_->access == Access::holder;
    const auto [owner, version] = marks();
    if (owner == 0 && version == 0 && !prepare("SELECT 1 FROM sqlite_schema LIMIT 1").step()) {
        if (holds) return;
        throw DatabaseError(DatabaseFault::missing,
                            "it is empty yet; \"bellhop serve\" fills it when it first starts");
    }
    if (owner != application_id) {
        throw DatabaseError(DatabaseFault::foreign, "the file is a database of another program");
    }
    if (version > newest_schema()) {
        throw DatabaseError(DatabaseFault::newer, "it is of a newer version of bellhop " +
                                                      both_schemas(version) +
                                                      "; use that version, or a later one");
    }
    if (version < newest_schema() && !holds) {
        throw DatabaseError(DatabaseFault::older,
                            "it is of an older version of bellhop " + both_schemas(version) +
                                "; \"bellhop serve\" brings it up to date when it starts");
    }
}

/// Runs the migrations that the database has not seen, in one transaction.
void Database::migrate() {
    if (marks().schema == newest_schema()) return;
    Transaction transaction{*this};
    // Asked again under the lock: another process may have been faster.
    require_own_schema();
    const std::int64_t version = marks().schema;
    for (const Migration& migration : migrations()) {
        if (migration.number > version) execute(migration.sql);
    }
    set_marks({application_id, newest_schema()});
    transaction.commit();
}

// In WAL mode NORMAL means that a commit does not wait for the disk (SQLite, "PRAGMA synchronous").
// It can only be set outside a transaction.
void Database::set_durability(Durability durability) {
    std::optional<Durability>& current = connection_->durability;
    if (current == durability) return;
    current.reset();
    execute(connection_->is_scratch                ? "PRAGMA synchronous = OFF"
            : durability == Durability::power_loss ? "PRAGMA synchronous = FULL"
                                                   : "PRAGMA synchronous = NORMAL");
    current = durability;
}

Database::~Database() = default;

void Database::execute(const char* sql) {
    connection_->require(sqlite3_exec(connection_->handle, sql, nullptr, nullptr, nullptr), sql);
}

Statement Database::prepare(const char* sql) {
    auto& statements = connection_->statements;
    const auto found = statements.find(sql);
    if (found != statements.end() && !found->second.lent) {
        found->second.lent = true;
        return {found->second.statement, &found->second.lent};
    }
    // In use further up the stack: this one lives for this use only.
    if (found != statements.end()) return {connection_->compile(sql, 0), nullptr};
    sqlite3_stmt* statement = connection_->compile(sql, SQLITE_PREPARE_PERSISTENT);
    const auto place =
        statements.emplace(sqlite3_sql(statement), Connection::Cached{statement, true});
    return {statement, &place.first->second.lent};
}

std::int64_t Database::last_insert_rowid() const {
    return sqlite3_last_insert_rowid(connection_->handle);
}

int Database::changes() const {
    return sqlite3_changes(connection_->handle);
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(connection_->handle) == 0;
}

bool Database::may_write() const {
    return connection_->access != Access::reader;
}

void Database::release_memory() {
    sqlite3_db_release_memory(connection_->handle);
}

void Database::copy_to(const std::filesystem::path& file) {
    if (::access(file.c_str(), F_OK) == 0) {
        throw DatabaseError(DatabaseFault::other, "\"" + file.string() + "\" exists already");
    }
    create_private(file);  // SQLite takes an empty file for a new one
    prepare("VACUUM INTO ?1", file.string()).run();
}

void Database::fold() {
    execute("PRAGMA journal_mode = DELETE");
}

std::vector<std::string> Database::damage() {
    std::vector<std::string> found;
    try {
        for (Statement check = prepare("PRAGMA integrity_check(100)"); check.step();) {
            if (check.text(0) != "ok") found.push_back(check.text(0));
        }
        for (Statement orphans = prepare("PRAGMA foreign_key_check");
             found.size() < 100 && orphans.step();) {
            found.push_back("row " + orphans.text(1) + " of " + orphans.text(0) +
                            " refers to nothing in " + orphans.text(2));
        }
    } catch (const DatabaseError& error) {
        if (error.fault() != DatabaseFault::damaged) throw;
        found.emplace_back(error.what());  // too damaged to be read any further
    }
    return found;
}

std::vector<std::string> Database::tables() {
    std::vector<std::string> names;
    // Those of the search index can be made anew.
    Statement query = prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' AND name NOT LIKE 'message\\_search%' ESCAPE '\\' "
        "ORDER BY name IN ('events', 'messages', 'blobs'), name = 'blobs', name");
    while (query.step()) names.push_back(query.text(0));
    return names;
}

std::optional<std::vector<std::string>> Database::quick_damage(
    const std::string& table, const std::function<bool()>& is_enough) {
    const Interruption interruption{connection_->handle, is_enough};
    // PRAGMA takes no parameters; the name is one of tables().
    const std::string sql = "PRAGMA quick_check('" + table + "')";
    std::vector<std::string> found;
    try {
        Statement check{connection_->compile(sql.c_str(), 0), nullptr};
        while (found.size() < most_quick_damage && check.step()) {
            if (check.text(0) != "ok") found.push_back(check.text(0));
        }
    } catch (const DatabaseError& error) {
        if (interruption.has_happened()) return std::nullopt;
        if (error.fault() != DatabaseFault::damaged) throw;
        found.emplace_back(error.what());
    }
    return found;
}

std::vector<std::string> Database::query_plans() {
    std::vector<std::string> plans;
    for (const auto& [sql, cached] : connection_->statements) {
        std::string plan{sql};
        const std::string question = "EXPLAIN QUERY PLAN " + plan;
        for (Statement step{connection_->compile(question.c_str(), 0), nullptr}; step.step();) {
            plan += '\n' + step.text(3);
        }
        plans.push_back(std::move(plan));
    }
    return plans;
}

Database::Marks Database::marks() {
    const auto number = [this](const char* sql) {
        Statement query = prepare(sql);
        return query.step() ? query.integer(0) : 0;
    };
    return {number("PRAGMA application_id"), number("PRAGMA user_version")};
}

void Database::set_marks(const Marks& marks) {
    // PRAGMA takes no parameters; both numbers are our own.
    execute(("PRAGMA application_id = " + std::to_string(marks.owner)).c_str());
    execute(("PRAGMA user_version = " + std::to_string(marks.schema)).c_str());
}

std::string engine_version() {
    return std::string{"SQLite "} + sqlite3_libversion();
}

// Transactions. SQLite may have rolled back by itself (full disk, I/O error); then there is nothing
// left to undo. Where ROLLBACK itself fails, the next BEGIN says so.

// Set at each begin: what the transaction before has left behind, in whatever way it ended, has no
// say in how durable this one is. Given back at the end for what is written without a transaction.
Transaction::Transaction(Database& database, Durability durability) : database_(database) {
    database_.set_durability(durability);
    try {
        database_.prepare("BEGIN IMMEDIATE").run();
    } catch (const DatabaseError&) {
        database_.set_durability(Durability::power_loss);
        throw;
    }
}

Transaction::~Transaction() {
    try {
        if (open_ && database_.in_transaction()) database_.prepare("ROLLBACK").run();
        database_.set_durability(Durability::power_loss);
    } catch (const DatabaseError&) {
        open_ = database_.in_transaction();
    }
}

void Transaction::commit() {
    database_.prepare("COMMIT").run();
    open_ = false;
}

Savepoint::Savepoint(Database& database) : database_(database) {
    if (!database_.in_transaction()) {
        throw DatabaseError(DatabaseFault::other, "the transaction has been rolled back");
    }
    database_.prepare("SAVEPOINT part").run();
}

Savepoint::~Savepoint() {
    if (!open_ || !database_.in_transaction()) return;
    try {
        database_.prepare("ROLLBACK TO part").run();
        database_.prepare("RELEASE part").run();
    } catch (const DatabaseError&) {
        open_ = database_.in_transaction();
    }
}

void Savepoint::release() {
    database_.prepare("RELEASE part").run();
    open_ = false;
}

AtomicWrite::AtomicWrite(Database& database)
    : own_(database.in_transaction() ? nullptr : std::make_unique<Transaction>(database)) {}

void AtomicWrite::commit() {
    if (own_) own_->commit();
}

}  // namespace bellhop::storage
