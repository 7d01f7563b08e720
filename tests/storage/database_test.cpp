#include "storage/database.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <functional>
#include <limits>
#include <vector>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/schema.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

using std::chrono::milliseconds;

std::int64_t number(Database& database, const char* sql) {
    Statement query = database.prepare(sql);
    EXPECT_TRUE(query.step());
    return query.integer(0);
}

std::string word(Database& database, const char* sql) {
    Statement query = database.prepare(sql);
    EXPECT_TRUE(query.step());
    return query.text(0);
}

/// The DatabaseError that `act` ends in.
template <class Act>
DatabaseError error_of(const Act& act) {
    try {
        act();
    } catch (const DatabaseError& error) {
        return error;
    }
    ADD_FAILURE() << "no DatabaseError";
    return {DatabaseFault::other, ""};
}

class DatabaseTest : public StoreTest {
protected:
    void SetUp() override {
        database.execute("CREATE TABLE probe (id INTEGER PRIMARY KEY, value ANY) STRICT");
    }

    std::int64_t rows() { return number(database, "SELECT count(*) FROM probe"); }
    void insert(std::int64_t value) {
        database.prepare("INSERT INTO probe (value) VALUES (?1)", value).run();
    }
};

TEST_F(DatabaseTest, OpensWithTheSettingsThatDurabilityNeeds) {
    EXPECT_EQ(word(database, "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(number(database, "PRAGMA synchronous"), 2);
    EXPECT_EQ(number(database, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(number(database, "PRAGMA busy_timeout"), 5000);
    EXPECT_EQ(number(database, "PRAGMA page_size"), 8192);
    EXPECT_EQ(number(database, "PRAGMA temp_store"), 2);
    EXPECT_EQ(number(database, "PRAGMA cache_size"), -8192);
    EXPECT_EQ(number(database, "PRAGMA application_id"), application_id);
    EXPECT_EQ(number(database, "PRAGMA user_version"), migrations().back().number);
}

TEST_F(DatabaseTest, CreatesTheFileForItsOwnerOnly) {
    for (const char* suffix : {"", "-wal", "-shm"}) {
        struct stat state = {};
        ASSERT_EQ(::stat((file.string() + suffix).c_str(), &state), 0) << suffix;
        EXPECT_EQ(state.st_mode & 0777U, 0600U) << suffix;
    }
}

TEST_F(DatabaseTest, KeepsItsRowsWhenOpenedAgain) {
    insert(7);
    Database again{file};
    EXPECT_EQ(number(again, "SELECT value FROM probe"), 7);
}

TEST_F(DatabaseTest, BindsAndReadsEveryType) {
    const std::optional<std::string> nothing;
    database
        .prepare("INSERT INTO probe (value) VALUES (?1), (?2), (?3), (?4), (?5), (?6), (?7), (?8)",
                 std::numeric_limits<std::int64_t>::min(), true, hostile_text, std::string_view{},
                 BlobView{"\x01\x00\x02"}, BlobView{}, nothing, at(-5))
        .run();
    Statement query = database.prepare("SELECT value, typeof(value) FROM probe ORDER BY id");
    std::vector<std::string> types;
    std::vector<std::string> texts;
    std::vector<std::int64_t> integers;
    while (query.step()) {
        types.push_back(query.text(1));
        integers.push_back(query.integer(0));
        texts.push_back(query.text(0));
    }
    EXPECT_EQ(types, (std::vector<std::string>{"integer", "integer", "text", "text", "blob", "blob",
                                               "null", "integer"}));
    EXPECT_EQ(integers[0], std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(texts[2], hostile_text);
    EXPECT_EQ(texts[5], "");
    EXPECT_EQ(integers[7], -5);
}

TEST_F(DatabaseTest, ForgetsParametersBetweenUses) {
    const char* sql = "INSERT INTO probe (value) VALUES (?1)";
    database.prepare(sql, 1).run();
    database.prepare(sql).run();
    EXPECT_EQ(number(database, "SELECT count(*) FROM probe WHERE value IS NULL"), 1);
}

TEST_F(DatabaseTest, LendsTheSameSqlTwiceAtATime) {
    insert(1);
    insert(2);
    const char* sql = "SELECT value FROM probe ORDER BY id";
    Statement outer = database.prepare(sql);
    ASSERT_TRUE(outer.step());
    Statement inner = database.prepare(sql);
    ASSERT_TRUE(inner.step());
    ASSERT_TRUE(inner.step());
    EXPECT_EQ(inner.integer(0), 2);
    EXPECT_EQ(outer.integer(0), 1);
}

TEST_F(DatabaseTest, SaysWhatIsWrongWithoutTheParameters) {
    insert(1);
    const DatabaseError error = error_of(
        [&] { database.prepare("INSERT INTO probe (id, value) VALUES (1, ?1)", "secret").run(); });
    EXPECT_EQ(error.fault(), DatabaseFault::bad_values);
    EXPECT_STREQ(error.what(),
                 "UNIQUE constraint failed: probe.id (in: INSERT INTO probe (id, value) VALUES (1, "
                 "?1))");
}

TEST_F(DatabaseTest, TakesNoDoubleQuotedText) {
    EXPECT_THROW(database.prepare("SELECT \"no such column\""), DatabaseError);
}

TEST_F(DatabaseTest, CommitsATransaction) {
    {
        Transaction transaction{database};
        insert(1);
        EXPECT_TRUE(database.in_transaction());
        transaction.commit();
    }
    EXPECT_FALSE(database.in_transaction());
    EXPECT_EQ(rows(), 1);
}

TEST_F(DatabaseTest, RollsBackATransactionThatIsNotCommitted) {
    {
        Transaction transaction{database};
        insert(1);
    }
    EXPECT_FALSE(database.in_transaction());
    EXPECT_EQ(rows(), 0);
}

TEST_F(DatabaseTest, UndoesASavepointAlone) {
    Transaction transaction{database};
    insert(1);
    {
        Savepoint savepoint{database};
        insert(2);
    }
    {
        Savepoint savepoint{database};
        insert(3);
        savepoint.release();
    }
    transaction.commit();
    EXPECT_EQ(number(database, "SELECT group_concat(value) = '1,3' FROM probe"), 1);
}

TEST_F(DatabaseTest, NestsSavepoints) {
    Transaction transaction{database};
    {
        Savepoint outer{database};
        insert(1);
        {
            Savepoint inner{database};
            insert(2);
        }
        insert(3);
        outer.release();
    }
    transaction.commit();
    EXPECT_EQ(number(database, "SELECT group_concat(value) = '1,3' FROM probe"), 1);
}

TEST_F(DatabaseTest, AllowsNoSavepointOutsideATransaction) {
    EXPECT_THROW(Savepoint{database}, DatabaseError);
}

TEST_F(DatabaseTest, SaysBusyWhenAnotherConnectionHoldsTheLock) {
    Database other{file, {.busy_timeout = milliseconds{1}}};
    const Transaction held{database};
    const DatabaseError error = error_of([&] { Transaction{other}; });
    EXPECT_EQ(error.fault(), DatabaseFault::busy);
    // Reading goes on.
    EXPECT_EQ(number(other, "SELECT count(*) FROM probe"), 0);
}

TEST_F(DatabaseTest, GoesOnAfterTheLockHasGone) {
    Database other{file, {.busy_timeout = milliseconds{1}}};
    {
        const Transaction held{database};
        EXPECT_THROW(Transaction{other}, DatabaseError);
    }
    Transaction transaction{other};
    transaction.commit();
}

TEST_F(DatabaseTest, SaysFullAndGoesOnWhenThereIsRoomAgain) {
    Database small{file, {.max_bytes = 1024 * 1024}};
    const std::string bytes(4 * 1024 * 1024, 'x');
    const DatabaseError error = error_of([&] {
        Transaction transaction{small};
        small.prepare("INSERT INTO probe (value) VALUES (1)").run();
        small.prepare("INSERT INTO probe (value) VALUES (?1)", BlobView{bytes}).run();
        transaction.commit();
    });
    EXPECT_EQ(error.fault(), DatabaseFault::full);
    EXPECT_FALSE(small.in_transaction());
    EXPECT_EQ(rows(), 0);

    small.execute("PRAGMA max_page_count = 1000000");
    Transaction transaction{small};
    small.prepare("INSERT INTO probe (value) VALUES (?1)", BlobView{bytes}).run();
    transaction.commit();
    EXPECT_EQ(rows(), 1);
}

TEST_F(DatabaseTest, CommitThrowsWhereSqliteHadToRollBack) {
    Database small{file, {.max_bytes = 1024 * 1024}};
    const std::string bytes(4 * 1024 * 1024, 'x');
    Transaction transaction{small};
    EXPECT_THROW(small.prepare("INSERT INTO probe (value) VALUES (?1)", BlobView{bytes}).run(),
                 DatabaseError);
    ASSERT_FALSE(small.in_transaction());
    EXPECT_THROW(Savepoint{small}, DatabaseError);
    EXPECT_THROW(transaction.commit(), DatabaseError);
}

TEST_F(DatabaseTest, WaitsForTheDiskAgainAfterATransactionThatDidNot) {
    {
        Transaction transaction{database, Durability::process_death};
        EXPECT_EQ(number(database, "PRAGMA synchronous"), 1);
        insert(1);
        transaction.commit();
    }
    EXPECT_EQ(number(database, "PRAGMA synchronous"), 2);
    { const Transaction undone{database, Durability::process_death}; }
    EXPECT_EQ(number(database, "PRAGMA synchronous"), 2);
    EXPECT_EQ(rows(), 1);

    Database other{file, {.busy_timeout = milliseconds{1}}};
    const Transaction held{database};
    EXPECT_THROW((Transaction{other, Durability::process_death}), DatabaseError);
    EXPECT_EQ(number(other, "PRAGMA synchronous"), 2);
}

TEST_F(DatabaseTest, IsAsDurableAsAskedForHoweverTheOneBeforeEnded) {
    const auto level = [this] { return number(database, "PRAGMA synchronous"); };
    Database other{file};
    const std::vector<std::function<void()>> ends{
        [&] {
            Transaction{database, Durability::process_death}.commit();
        },
        [&] {
            const Transaction undone{database, Durability::process_death};
        },
        [&] {  // rolled back by SQLite itself
            database.execute("PRAGMA max_page_count = 1");
            const std::string bytes(16 * 1024 * 1024, 'x');
            const Transaction full{database, Durability::process_death};
            EXPECT_THROW(database.prepare("INSERT INTO probe VALUES (1, ?1)", bytes).run(),
                         DatabaseError);
            EXPECT_FALSE(database.in_transaction());
        },
        [&] {  // refused
            const Transaction held{other};
            database.execute("PRAGMA busy_timeout = 1");
            EXPECT_THROW((Transaction{database, Durability::process_death}), DatabaseError);
        },
    };
    for (const auto& end : ends) {
        end();
        EXPECT_EQ(level(), 2);
        {
            const Transaction durable{database};
            EXPECT_EQ(level(), 2);
        }
        const Transaction quick{database, Durability::process_death};
        EXPECT_EQ(level(), 1);
    }
}

TEST_F(DatabaseTest, NeverWaitsForTheDiskWhereItIsScratch) {
    Database scratch{file, {.is_scratch = true}};
    for (const Durability durability : {Durability::power_loss, Durability::process_death}) {
        const Transaction transaction{scratch, durability};
        EXPECT_EQ(number(scratch, "PRAGMA synchronous"), 0);
    }
}

TEST_F(DatabaseTest, FindsNoDamageInASoundFile) {
    insert(1);
    EXPECT_EQ(database.damage(), std::vector<std::string>{});
}

TEST_F(DatabaseTest, FindsRowsThatReferToNothing) {
    database.execute("PRAGMA foreign_keys = OFF");
    database.execute("INSERT INTO timers (ticket, kind, due_at) VALUES (99, 'x', 0)");
    EXPECT_EQ(database.damage().size(), 1U);
}

// Who may do what when opening.

class Opening : public testing::Test {
protected:
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "some.db";
    std::int64_t newest = migrations().back().number;

    void make(const Database::Marks& marks) const { Database{file}.set_marks(marks); }

    /// The database's bytes; nothing where there is none.
    std::optional<std::string> bytes() const {
        std::ifstream stream{file, std::ios::binary};
        if (!stream) return std::nullopt;
        return std::string{std::istreambuf_iterator<char>{stream}, {}};
    }

    /// How opening ends for each kind of access: a fault, or nothing. Those refused have left the
    /// database as it was.
    std::vector<std::optional<DatabaseFault>> ends() const {
        std::vector<std::optional<DatabaseFault>> faults;
        for (const Access access : {Access::reader, Access::writer, Access::holder}) {
            const auto before = bytes();
            try {
                Database{file, {.access = access}};
                faults.emplace_back();
            } catch (const DatabaseError& error) {
                faults.emplace_back(error.fault());
                EXPECT_TRUE(bytes() == before);
            }
        }
        return faults;
    }

    using Ends = std::vector<std::optional<DatabaseFault>>;  // reader, writer, holder
};

TEST_F(Opening, MakesADatabaseForItsHolderOnly) {
    EXPECT_EQ(ends(), (Ends{DatabaseFault::missing, DatabaseFault::missing, std::nullopt}));
    EXPECT_EQ(ends(), (Ends{std::nullopt, std::nullopt, std::nullopt}));
}

TEST_F(Opening, FillsAnEmptyFileForItsHolderOnly) {
    std::ofstream{file};
    EXPECT_EQ(ends(), (Ends{DatabaseFault::missing, DatabaseFault::missing, std::nullopt}));
}

TEST_F(Opening, RefusesANewerSchemaToEverybody) {
    make({application_id, newest + 1});
    EXPECT_EQ(ends(), Ends(3, DatabaseFault::newer));
}

TEST_F(Opening, RefusesAnotherProgramsFileToEverybody) {
    make({12345, 1});
    EXPECT_EQ(ends(), Ends(3, DatabaseFault::foreign));
}

TEST_F(Opening, MigratesForItsHolderOnly) {
    make({application_id, newest - 1});
    const auto refused = [this](Access access) {
        return error_of([&] { Database{file, {.access = access}}; }).fault();
    };
    EXPECT_EQ(refused(Access::reader), DatabaseFault::older);
    EXPECT_EQ(refused(Access::writer), DatabaseFault::older);
}

TEST_F(Opening, SaysWhatToDoAboutAnOlderSchema) {
    make({application_id, newest - 1});
    EXPECT_EQ(error_of([&] {
                  Database{file, {.access = Access::reader}};
              }).what(),
              "cannot open the database \"" + file.string() +
                  "\": it is of an older version of bellhop (its schema is " +
                  std::to_string(newest - 1) + ", this program's " + std::to_string(newest) +
                  "); \"bellhop serve\" brings it up to date when it starts");
}

TEST_F(Opening, LetsNobodyButTheHolderCopyTheLogBack) {
    Database holder{file};
    holder.execute("CREATE TABLE probe (value INTEGER) STRICT");
    const auto before = bytes();
    for (const Access access : {Access::reader, Access::writer}) {
        Database other{file, {.access = access, .checkpoint_bytes = 8192}};
        const bool writes = access == Access::writer;
        if (writes) other.execute("INSERT INTO probe VALUES (1)");
        EXPECT_EQ(number(other, "SELECT count(*) FROM probe"), writes ? 1 : 0);
    }
    EXPECT_TRUE(bytes() == before);
}

TEST_F(Opening, ReadsWhatAKilledHolderHasLeft) {
    const pid_t child = ::fork();
    if (child == 0) {
        auto* killed = new Database{file};  // not closed: its log stays
        killed->execute("CREATE TABLE probe (value INTEGER) STRICT; INSERT INTO probe VALUES (7)");
        ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    const auto log = std::filesystem::file_size(file.string() + "-wal");
    {
        Database reader{file, {.access = Access::reader}};
        EXPECT_EQ(number(reader, "SELECT value FROM probe"), 7);
    }
    EXPECT_EQ(std::filesystem::file_size(file.string() + "-wal"), log);
    { Database holder{file}; }
    EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal"));
}

TEST_F(Opening, LetsAReaderChangeNothing) {
    { Database{file}; }
    Database reader{file, {.access = Access::reader}};
    EXPECT_EQ(error_of([&] { reader.execute("DELETE FROM facts"); }).fault(), DatabaseFault::gone);
    EXPECT_EQ(error_of([&] { reader.execute("CREATE TABLE x (y)"); }).fault(), DatabaseFault::gone);
}

// What must not be opened.

class ForeignFile : public testing::Test {
protected:
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "some.db";

    void write(const std::string& bytes) const { std::ofstream{file, std::ios::binary} << bytes; }
    std::string bytes() const {
        std::ifstream stream{file, std::ios::binary};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }
    DatabaseError refusal() const {
        return error_of([this] { Database{file}; });
    }
};

TEST_F(ForeignFile, IsRefusedWhereItIsNoDatabase) {
    const std::string letter(2000, 'a');
    write(letter);
    const DatabaseError error = refusal();
    EXPECT_EQ(error.fault(), DatabaseFault::foreign);
    EXPECT_EQ(error.what(), "cannot open the database \"" + file.string() +
                                "\": file is not a database (in: "
                                "PRAGMA application_id)");
    EXPECT_EQ(bytes(), letter);
}

TEST_F(ForeignFile, IsRefusedWhereItIsAnotherPrograms) {
    {
        Database ours{file};
        ours.execute("PRAGMA application_id = 12345");
    }
    const std::string before = bytes();
    EXPECT_EQ(refusal().what(), "cannot open the database \"" + file.string() +
                                    "\": the file is a database of another program");
    EXPECT_EQ(bytes(), before);
}

TEST_F(ForeignFile, IsRefusedWhereItIsNewer) {
    {
        Database ours{file};
        ours.execute("PRAGMA user_version = 9999");
    }
    EXPECT_EQ(refusal().fault(), DatabaseFault::newer);
    EXPECT_EQ(refusal().what(), "cannot open the database \"" + file.string() +
                                    "\": it is of a newer version of bellhop (its schema is 9999, "
                                    "this program's " +
                                    std::to_string(migrations().back().number) +
                                    "); use that version, or a later one");
}

TEST_F(ForeignFile, IsRefusedWhereItIsCutOff) {
    { Database{file}; }
    const std::string whole = bytes();
    write(whole.substr(0, whole.size() / 2));
    EXPECT_EQ(refusal().fault(), DatabaseFault::damaged);
}

TEST_F(ForeignFile, IsRefusedWhereItsSchemaIsDamaged) {
    { Database{file}; }
    std::string damaged = bytes();
    // The first page: beyond its 100 bytes of header, the root of the schema.
    std::fill(damaged.begin() + 100, damaged.begin() + 8192, '\xee');
    write(damaged);
    EXPECT_EQ(refusal().fault(), DatabaseFault::damaged);
}

TEST_F(ForeignFile, DamageInATableIsFound) {
    { Database{file}; }
    std::string damaged = bytes();
    std::fill(damaged.begin() + 2 * 8192, damaged.begin() + 3 * 8192, '\xee');
    write(damaged);
    Database opened{file};
    EXPECT_FALSE(opened.damage().empty());
}

TEST_F(ForeignFile, IsTakenWhereItIsEmpty) {
    write("");
    Database database{file};
    EXPECT_EQ(number(database, "PRAGMA application_id"), application_id);
}

TEST_F(ForeignFile, IsRefusedWhereItsFolderIsMissing) {
    const DatabaseError error = error_of([this] { Database{folder.path() / "no" / "some.db"}; });
    EXPECT_EQ(error.fault(), DatabaseFault::gone);
}

}  // namespace
}  // namespace bellhop::storage
