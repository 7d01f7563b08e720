#include "storage/schema.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include <signal.h>
#include <sqlite3.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/text/digest.hpp"
#include "storage/store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

/// A database as a program of an earlier day has left it: with the first migrations only.
class OldDatabase {
public:
    explicit OldDatabase(const std::filesystem::path& file) {
        if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("no file");
        run("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
    }
    ~OldDatabase() { sqlite3_close(handle_); }
    OldDatabase(const OldDatabase&) = delete;
    OldDatabase& operator=(const OldDatabase&) = delete;

    void run(const std::string& sql) {
        char* error = nullptr;
        if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, &error) != SQLITE_OK) {
            throw std::runtime_error(error);
        }
    }
    void migrate_to(int version) {
        for (const Migration& migration : migrations()) {
            if (migration.number <= version) run(migration.sql);
        }
        run("PRAGMA application_id = " + std::to_string(application_id));
        run("PRAGMA user_version = " + std::to_string(version));
    }

private:
    sqlite3* handle_ = nullptr;
};

/// A day's work of such a program. Names columns that every version has.
const char* const some_work =
    "INSERT INTO mailboxes VALUES (1, 'support');"
    "INSERT INTO mailbox_cursors (mailbox, uidvalidity, next_uid, polled_at, first_start_at, "
    "renumbered_below) VALUES (1, 7, 42, 1000, 900, 5);"
    "INSERT INTO tickets (id, subject, requester_name, requester_address, status, priority, team, "
    "assignee, school, category, tags, restricted, mailbox, opened_at, cycle, reopened, "
    "participants) VALUES (17, 'Printer', 'Ann', 'ann@x.test', 'open', 'P3', '', '', '', '', "
    "'[]', 0, 'support', 1000, 1, 0, '[\"ann@x.test\"]');"
    "INSERT INTO messages (id, ticket, direction, dated_at, from_name, from_address, recipients, "
    "message_id, subject, text, reply_length, reply_text, html, raw, kind, evidence, defects) "
    "VALUES (3, 17, 'in', 1000, 'Ann', 'ann@x.test', '[]', 'a@x.test', "
    "'Printer', 'It jams', 7, NULL, NULL, NULL, 'human', '{}', '{}');"
    "INSERT INTO message_search (rowid, subject, text) VALUES (3, 'Printer', 'It jams');";

struct OldForm {
    std::string name = {};
    int version = 0;
    std::string changes = {};  ///< to what the migration is today
    bool knows_first_start = true;
};

/// Every schema that has ever landed. 001 was changed in place three times in its first days.
std::vector<OldForm> old_forms() {
    const std::string no_queue = "DROP TABLE search_queue;";
    const std::string merges_often =
        "INSERT INTO message_search (message_search, rank) VALUES ('automerge', 4);";
    const std::string short_cursors =
        "ALTER TABLE mailbox_cursors DROP COLUMN first_start_at;"
        "ALTER TABLE mailbox_cursors DROP COLUMN renumbered_below;";
    std::vector<OldForm> forms{
        {"the first day", 1, no_queue + merges_often + short_cursors, false},
        {"with the first start", 1, no_queue + merges_often},
        {"with a queue", 1, merges_often},
        {"of 002 from the first day", 2, no_queue + merges_often + short_cursors, false}};
    for (const Migration& migration : migrations())
        forms.push_back({migration.name, migration.number});
    return forms;
}

class SchemaTest : public testing::Test {
protected:
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "old.db";

    void make(const OldForm& form) const {
        remove_all();
        OldDatabase old{file};
        old.migrate_to(form.version);
        old.run(some_work);
        old.run(form.changes);
    }
    void remove_all() const {
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(file.string() + suffix);
    }
    std::vector<std::string> schema() const {
        Database database{file, {.access = Access::reader}};
        Statement query = database.prepare(
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1");
        std::vector<std::string> lines;
        while (query.step()) lines.push_back(query.text(0));
        return lines;
    }
    void expect_the_work_in_it(const OldForm& form) const {
        Store store{file};
        EXPECT_EQ(store.database.damage(), std::vector<std::string>{}) << form.name;
        EXPECT_EQ(store.tickets.find(rules::TicketId{17})->subject, "Printer") << form.name;
        EXPECT_EQ(store.tickets.search("jams", 10).size(), 1U) << form.name;
        // Whoever was believed before anything could be proved still is.
        EXPECT_TRUE(store.tickets.find(rules::TicketId{17})->is_requester_believed()) << form.name;
        EXPECT_EQ(store.tickets.messages(rules::TicketId{17}).front().author, rules::Authorship{})
            << form.name;
        const MailboxCursor cursor = store.ledger.cursor("support").value();
        EXPECT_EQ(cursor.next_uid, 42U) << form.name;
        EXPECT_EQ(cursor.first_start_at.has_value(), form.knows_first_start) << form.name;
        EXPECT_EQ(store.tickets.open({}), rules::TicketId{18}) << form.name;
    }
};

TEST_F(SchemaTest, NumbersItsMigrationsFromOneWithoutAGap) {
    int expected = 1;
    for (const Migration& migration : migrations()) EXPECT_EQ(migration.number, expected++);
}

// What has landed stands in databases: a change goes into a new file.
TEST_F(SchemaTest, ChangesNoMigrationThatHasLanded) {
    const std::map<int, std::string_view> landed{{1, "803cc5c95b3efb1d"}, {2, "76be351a25492d0a"},
                                                 {3, "d623fddc14597020"}, {4, "790da1472ae4c68a"},
                                                 {5, "61cc3638d39e7979"}, {6, "4005dd10a61a2fe5"},
                                                 {7, "4c9fbcfb5e4863c3"}, {8, "26a15f4c1ce6d6a5"}};
    for (const auto& [number, digest] : landed) {
        const Migration& migration = migrations().at(static_cast<std::size_t>(number) - 1);
        EXPECT_EQ(parsers::hex(parsers::sha256(migration.sql)).substr(0, 16), digest)
            << migration.name;
    }
}

TEST_F(SchemaTest, BecomesTheSameFromWhateverFormEverLanded) {
    { Database fresh{file}; }
    const std::vector<std::string> today = schema();
    for (const OldForm& form : old_forms()) {
        make(form);
        { Database migrated{file}; }
        EXPECT_EQ(schema(), today) << form.name;
        expect_the_work_in_it(form);
    }
}

TEST_F(SchemaTest, IsTheOldOneOrTheNewOneWhereverTheMigrationDies) {
    int died = 0;
    for (const OldForm& form : old_forms()) {
        for (int round = 0; round < 6; ++round) {
            make(form);
            const pid_t child = ::fork();
            if (child == 0) {
                // 0.2 to 12 ms: an opening with all migrations takes some ms.
                const itimerval fuse{{0, 0}, {0, 200 << round}};
                ::setitimer(ITIMER_REAL, &fuse, nullptr);  // SIGALRM ends it on the spot
                { Database opening{file}; }
                ::_exit(0);
            }
            int status = 0;
            ASSERT_EQ(::waitpid(child, &status, 0), child);
            if (WIFSIGNALED(status)) ++died;
            expect_the_work_in_it(form);
        }
    }
    EXPECT_GT(died, 0);
}

}  // namespace
}  // namespace bellhop::storage
