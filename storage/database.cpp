#include "storage/database.hpp"

#include <string_view>
#include <unordered_map>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "storage/schema.hpp"

namespace bellhop::storage {
namespace {

// Large pages suit rows that hold whole mails, small ones a lone mail: each page that it touches is
// written whole. Measured (docs/benchmarks.md): a lone mail writes 8 bytes for each of its own
// here, 13 with 16 KiB; in a batch both write 2.4.
constexpr std::int64_t page_bytes = 8192;
constexpr std::size_t max_sql_in_error = 60;  // bytes; enough to find the statement

/// What went wrong, with the beginning of the SQL: never its parameters, which are foreign text.
DatabaseError error_of(sqlite3* connection, int code, std::string_view sql = {}) {
    std::string text = connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
    if (!sql.empty()) text += " (in: " + std::string{sql.substr(0, max_sql_in_error)} + ")";
    return DatabaseError{text, code};
}

/// The file is made here, because SQLite would make it readable for everybody. Its log and index
/// take their permissions from it.
void create_private(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    // Where it cannot be made, sqlite3_open_v2 fails next and says why.
    if (descriptor >= 0) ::close(descriptor);
}

}  // namespace

bool DatabaseError::is_busy() const {
    const int primary = code_ & 0xff;
    return primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
}

bool DatabaseError::is_full() const {
    return (code_ & 0xff) == SQLITE_FULL;
}

bool DatabaseError::is_corrupt() const {
    const int primary = code_ & 0xff;
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

bool DatabaseError::concerns_values() const {
    const int primary = code_ & 0xff;
    return primary == SQLITE_TOOBIG || primary == SQLITE_CONSTRAINT || primary == SQLITE_MISMATCH;
}

struct Database::Connection {
    struct Cached {
        sqlite3_stmt* statement = nullptr;
        bool lent = false;
    };

    sqlite3* handle = nullptr;
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
    create_private(file);
    try {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        connection_->require(sqlite3_open_v2(file.c_str(), &connection_->handle, flags, nullptr));
        open(settings);
    } catch (const DatabaseError& error) {
        throw DatabaseError("cannot open the database \"" + file.string() + "\": " + error.what(),
                            error.code());
    }
}

void Database::open(const ConnectionSettings& settings) {
    sqlite3* handle = connection_->handle;
    sqlite3_busy_timeout(handle, static_cast<int>(settings.busy_timeout.count()));
    // A damaged or forged schema shall have no say; nor shall "text" in double quotes be taken for
    // a column that does not exist.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    require_own_schema(*this);

    const auto set = [this](const char* pragma, std::int64_t value) {
        execute((std::string{"PRAGMA "} + pragma + " = " + std::to_string(value)).c_str());
    };
    set("page_size", page_bytes);  // counts for a new file only
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = FULL");  // a commit is on the disk when it returns
    execute("PRAGMA foreign_keys = ON");
    execute("PRAGMA temp_store = MEMORY");
    execute("PRAGMA mmap_size = 0");         // an I/O error shall be an error, not SIGBUS
    execute("PRAGMA secure_delete = FAST");  // erased where that costs no writing
    execute("PRAGMA cell_size_check = ON");
    set("cache_size", -settings.cache_bytes / 1024);
    set("wal_autocheckpoint", settings.checkpoint_bytes / page_bytes);
    set("journal_size_limit", 4 * settings.checkpoint_bytes);
    if (settings.max_bytes > 0) set("max_page_count", settings.max_bytes / page_bytes);
    migrate(*this);
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

void Database::checkpoint() {
    connection_->require(sqlite3_wal_checkpoint_v2(connection_->handle, nullptr,
                                                   SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr));
}

void Database::release_memory() {
    sqlite3_db_release_memory(connection_->handle);
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
        if (!error.is_corrupt()) throw;
        found.emplace_back(error.what());  // too damaged to be read any further
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

// Statement

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

// Transactions. SQLite may have rolled back by itself (full disk, I/O error); then there is nothing
// left to undo. Where ROLLBACK itself fails, the next BEGIN says so.

// In WAL mode NORMAL means that a commit does not wait for the disk (SQLite, "PRAGMA synchronous").
// It can only be set outside a transaction.
Transaction::Transaction(Database& database, Durability durability)
    : database_(database), durability_(durability) {
    if (durability_ == Durability::process_death) {
        database_.execute("PRAGMA synchronous = NORMAL");
    }
    try {
        database_.prepare("BEGIN IMMEDIATE").run();
    } catch (const DatabaseError&) {
        if (durability_ == Durability::process_death)
            database_.execute("PRAGMA synchronous = FULL");
        throw;
    }
}

Transaction::~Transaction() {
    try {
        if (open_ && database_.in_transaction()) database_.prepare("ROLLBACK").run();
        if (durability_ == Durability::process_death)
            database_.execute("PRAGMA synchronous = FULL");
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
        throw DatabaseError("the transaction has been rolled back", SQLITE_ABORT_ROLLBACK);
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
