#include "storage/backup.hpp"

#include <fstream>

#include <sys/stat.h>

#include "storage/generations.hpp"
#include "storage/store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

namespace fs = std::filesystem;
using rules::TicketId;
using std::chrono::days;

class BackupTest : public testing::Test {
protected:
    TemporaryFolder folder;
    fs::path file = folder.path() / "bellhop.db";
    fs::path key_file = folder.path() / "bellhop.key";
    fs::path backup = folder.path() / "saved.backup";
    const std::string key = std::string{"32 bytes, not all of them "} + '\0' + "\xff\n'\"x";
    std::chrono::sys_seconds made = at(1'790'000'000);

    BackupFacts make() { return make_backup(file, backup, key, made); }
    RestoreOrder order() const {
        return {backup, file, key_file, {"support"}, made + days{1}, std::nullopt};
    }
    TicketId open(const std::string& subject) const {
        Store store{file};
        return store.tickets.open({.subject = subject, .opened_at = made});
    }
    static std::string bytes(const fs::path& path) {
        std::ifstream stream{path, std::ios::binary};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator{folder.path()}) {
            const std::string name = entry.path().filename().string();
            if (!name.starts_with("bellhop.db-"))
                found.push_back(name);  // its log, while it is open
        }
        std::sort(found.begin(), found.end());
        return found;
    }
};

TEST_F(BackupTest, IsOneFileOfItsOwnersWithEverythingInIt) {
    open("before");
    Store daemon{file};  // at work
    const BackupFacts facts = make();
    EXPECT_EQ(facts, (BackupFacts{made, 1, 0, fs::file_size(backup)}));
    struct stat state = {};
    ASSERT_EQ(::stat(backup.c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777U, 0600U);
    for (const std::string& name : names()) {
        EXPECT_FALSE(name.starts_with("saved.backup.") || name.starts_with("saved.backup-"))
            << name;
    }
}

TEST_F(BackupTest, EndsWhileTheDaemonWrites) {
    Store daemon{file};
    {
        Transaction transaction{daemon.database};
        for (int i = 0; i < 2000; ++i) daemon.blobs.put(std::string(4000, 'x') + std::to_string(i));
        transaction.commit();
    }
    // A write in hand, and one after it: neither keeps the copy from ending.
    Transaction held{daemon.database};
    daemon.tickets.open({.subject = "in hand"});
    EXPECT_EQ(make().tickets, 0);
    held.commit();
    EXPECT_EQ(make().tickets, 1);
}

TEST_F(BackupTest, LeavesTheOldOneWhereItFails) {
    open("x");
    make();
    const std::string before = bytes(backup);
    EXPECT_THROW(make_backup(folder.path() / "none.db", backup, key, made), DatabaseError);
    EXPECT_EQ(bytes(backup), before);
    EXPECT_THROW(make_backup(file, folder.path() / "no" / "folder", key, made), DatabaseError);
    EXPECT_FALSE(fs::exists(folder.path() / "none.db"));
}

TEST_F(BackupTest, IsNotMadeOfADamagedDatabase) {
    {
        Store store{file};
        store.database.execute("PRAGMA foreign_keys = OFF");
        store.database.execute("INSERT INTO timers (ticket, kind, due_at) VALUES (99, 'x', 0)");
    }
    EXPECT_THROW(make(), BackupError);
    EXPECT_FALSE(fs::exists(backup));
}

TEST_F(BackupTest, BringsBackWhatItHadAndPutsTheRestAside) {
    const TicketId kept = open("kept");
    make();
    const TicketId lost = open("lost");
    std::ofstream{key_file} << "another key";
    const RestoreReport report = restore_backup(order());

    Store store{file};
    EXPECT_EQ(store.tickets.find(kept)->subject, "kept");
    EXPECT_FALSE(store.tickets.find(lost));
    EXPECT_EQ(bytes(key_file), key);
    EXPECT_EQ(store.generations.restored(), (Restored{made + days{1}, made}));
    EXPECT_EQ(store.generations.unread(), std::vector<std::string>{"support"});
    EXPECT_FALSE(
        store.database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'backup_made'").step());
    Store aside{*report.put_aside, {.access = Access::reader}};
    EXPECT_EQ(aside.tickets.find(lost)->subject, "lost");
}

TEST_F(BackupTest, GivesNoNumberTwice) {
    open("1");
    make();
    // What is known of the time since: much, nothing, nothing at all.
    {
        Store store{file};
        store.database.execute("UPDATE sqlite_sequence SET seq = 50000 WHERE name = 'tickets'");
    }
    EXPECT_EQ(restore_backup(order()).next_ticket, 50001);
    EXPECT_EQ(open("after"), TicketId{50001});
    std::ofstream{file, std::ios::trunc} << "no database any more";
    EXPECT_EQ(restore_backup(order()).next_ticket, 1002);
    fs::remove(file);
    EXPECT_EQ(restore_backup(order()).next_ticket, 1002);
    EXPECT_EQ(open("after"), TicketId{1002});
}

TEST_F(BackupTest, LeavesMoreRoomTheMoreCameInAndTheLongerAgo) {
    {
        Store store{file};
        for (int i = 0; i < 280; ++i)
            store.tickets.open({.opened_at = made - days{1}});  // 10 a day
    }
    make();
    fs::remove(file);
    RestoreOrder late = order();
    late.now = made + days{30};
    EXPECT_EQ(restore_backup(late).next_ticket, 280 + 10 * 30 * 10 + 1);
}

TEST_F(BackupTest, TakesAPersonsWordForTheNextNumber) {
    open("1");
    make();
    RestoreOrder known = order();
    known.next_ticket = 77;
    EXPECT_EQ(restore_backup(known).next_ticket, 77);
    EXPECT_EQ(open("after"), TicketId{77});
    known.next_ticket = 1;
    EXPECT_THROW(restore_backup(known), BackupError);
}

TEST_F(BackupTest, HoldsBackTheMailsThatWaited) {
    {
        Store store{file};
        store.outbox.enqueue({.recipient = "queued@x.test"});
        const auto sending = store.outbox.enqueue({.recipient = "sending@x.test"});
        store.outbox.claim({*sending});
        const auto sent = store.outbox.enqueue({.recipient = "sent@x.test"});
        store.outbox.claim({*sent});
        store.outbox.accepted(*sent, made, "250", {});
    }
    make();
    EXPECT_EQ(restore_backup(order()).held_mails, 2U);
    Store store{file};
    store.generations.mark_read("support");
    store.outbox.recover(made);
    EXPECT_TRUE(store.outbox.due(made + days{9}, 10).empty());
    EXPECT_EQ(store.outbox.list({{OutboxState::failed}, 10}).size(), 2U);
    EXPECT_EQ(store.outbox.list({{OutboxState::sent}, 10}).size(), 1U);
}

TEST_F(BackupTest, RestoresNothingThatIsNotWhole) {
    open("present");
    const auto refuses = [this](const std::string& what) {
        EXPECT_ANY_THROW(restore_backup(order())) << what;
        EXPECT_EQ(names(), (std::vector<std::string>{"bellhop.db", "saved.backup"})) << what;
        Store store{file};
        EXPECT_EQ(store.tickets.find(TicketId{1})->subject, "present") << what;
    };
    make();
    const std::string whole = bytes(backup);
    const auto write = [this](const std::string& text) {
        std::ofstream{backup, std::ios::binary | std::ios::trunc} << text;
    };
    write("");
    refuses("an empty file");
    write(std::string(20000, 'x'));
    refuses("something else");
    write(whole.substr(0, whole.size() / 2));
    refuses("half of it");
    std::string damaged = whole;
    std::fill(damaged.begin() + 2 * 8192, damaged.begin() + 3 * 8192, '\xee');
    write(damaged);
    refuses("a damaged page");
    write(bytes(file));
    refuses("a database that is no backup");
}

TEST_F(BackupTest, TakesTheLogOfADamagedDatabaseOutOfTheWay) {
    open("kept");
    make();
    std::ofstream{file.string() + "-wal"} << "what is left of a log";
    std::ofstream{file, std::ios::trunc} << "no database any more";
    restore_backup(order());
    Store store{file};
    EXPECT_EQ(store.tickets.find(TicketId{1})->subject, "kept");
}

}  // namespace
}  // namespace bellhop::storage
