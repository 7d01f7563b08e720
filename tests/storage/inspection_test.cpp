#include "storage/inspection.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>

#include "storage/store.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class InspectionTest : public testing::Test {
protected:
    InspectionTest() {
        for (int n = 0; n < 10; ++n) take("mail " + std::to_string(n));
    }

    /// A mail that was taken, as it ought to be.
    void take(const std::string& name) {
        const rules::TicketId ticket = store.tickets.open({.subject = name, .status = "open"});
        const auto message = store.tickets.add_message(
            {.ticket = ticket, .text = name, .raw_sha256 = store.blobs.put(name)});
        store.tickets.record(ticket, {at(1), rules::Event::created, "gateway", {}, {}});
        store.ledger.record({.key = {"support", 7, ++uid}, .ticket = ticket, .message = message});
    }

    std::vector<std::string> faults() {
        std::vector<std::string> lines;
        for (const Fault& one : inspect(store.database, 100).faults) lines.push_back(one.what);
        return lines;
    }

    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "bellhop.db";
    Store store{file};
    std::uint32_t uid = 0;
};

TEST_F(InspectionTest, FindsNothingWhereNothingIsWrong) {
    const Inspection found = inspect(store.database, 4);
    EXPECT_EQ(found.faults, std::vector<Fault>{});
    EXPECT_EQ(found.tickets, 10);
    EXPECT_EQ(found.messages, 10);
    EXPECT_EQ(found.blobs, 10);
    EXPECT_EQ(found.blobs_read, 4);
    EXPECT_EQ(inspect(store.database, 10).blobs_read, 10);
    EXPECT_EQ(inspect(store.database, std::numeric_limits<std::int64_t>::max()).blobs_read, 10);
    EXPECT_EQ(inspect(store.database, 0).blobs_read, 0);
    const ConnectionSettings reading{.access = Access::reader};
    Database reader{file, reading};
    EXPECT_EQ(inspect(reader, 100).faults, std::vector<Fault>{});
}

TEST_F(InspectionTest, NamesWhatNoReferenceSays) {
    const struct {
        const char* sql;
        const char* what;
    } table[] = {
        {"DELETE FROM messages WHERE ticket IN (3, 4)", "tickets without a message: 3, 4"},
        {"DELETE FROM events WHERE ticket = 5", "tickets whose log has no beginning: 5"},
        {"INSERT INTO quarantine VALUES (7, 1, 7, 1, '', NULL, 99, 1, NULL)",
         "mails in quarantine whose bytes are gone: 7"},
        {"UPDATE ledger SET message = 999 WHERE uid = 2",
         "mails in the ledger whose message has a number that was never given: 2"},
        {"UPDATE ledger SET ticket = 999 WHERE uid < 9",
         "mails in the ledger whose ticket has a number that was never given: 1, 2, 3, 4, 5, ..."},
        {"UPDATE sqlite_sequence SET seq = 9 WHERE name = 'tickets'",
         "tickets with a number that was never given: 10"},
        {"UPDATE blobs SET bytes = x'6d61696c2078' WHERE id = 6",
         "stored bytes that are not those of their hash: 6"},
        {"UPDATE blobs SET bytes = x'00' WHERE id = 8",
         "stored bytes that are not those of their hash: 8"},
        {"PRAGMA foreign_keys = OFF; DELETE FROM tickets WHERE id = 2",
         "row 2 of messages refers to nothing in tickets"},
    };
    for (const auto& [sql, what] : table) {
        // Each in a copy of its own.
        const auto copy = folder.path() / "copy.db";
        store.database.copy_to(copy);
        {
            Database damaged{copy};
            damaged.execute(sql);
            const std::vector<Fault> found = inspect(damaged, 100).faults;
            EXPECT_TRUE(std::any_of(found.begin(), found.end(),
                                    [what = what](const Fault& one) { return one.what == what; }))
                << sql << ": " << (found.empty() ? "nothing" : found.front().what);
            for (const Fault& one : found) EXPECT_NE(one.to_do, "");
        }
        std::filesystem::remove(copy);
    }
}

/// The file with one of its pages overwritten.
void damage_page(const std::filesystem::path& file, int page) {
    std::fstream bytes{file, std::ios::binary | std::ios::in | std::ios::out};
    bytes.seekp(page * 8192);
    bytes << std::string(8192, '\xee');
}

TEST_F(InspectionTest, NamesADamagedFileWithWhatToDo) {
    for (int n = 0; n < 200; ++n) take(std::string(5000, 'm') + std::to_string(n));
    const auto copy = folder.path() / "copy.db";
    store.database.copy_to(copy);
    const auto pages = static_cast<int>(std::filesystem::file_size(copy) / 8192);
    damage_page(copy, pages / 2);
    Database damaged{copy};
    const std::vector<Fault> found = inspect(damaged, 100).faults;
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().to_do, advice_on_damage);
    EXPECT_FALSE(look_quickly(damaged, [] { return false; }).damage.empty());
}

TEST_F(InspectionTest, LooksQuicklyAtTheSmallTablesFirst) {
    const QuickLook whole = look_quickly(store.database, [] { return false; });
    EXPECT_EQ(whole.damage, std::vector<std::string>{});
    EXPECT_EQ(whole.not_seen, std::vector<std::string>{});
    ASSERT_GT(whole.tables.size(), 10U);
    EXPECT_EQ(whole.tables.back(), "blobs");
    for (const char* table : {"tickets", "ledger", "outbox", "facts", "messages", "events"}) {
        EXPECT_NE(std::find(whole.tables.begin(), whole.tables.end(), table), whole.tables.end())
            << table;
    }
    EXPECT_EQ(look_quickly(store.database, [] { return true; }).tables, std::vector<std::string>{});
}

TEST_F(InspectionTest, EndsAQuickLookInTheMiddleOfATable) {
    store.database.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) "
        "INSERT INTO events SELECT i + 100, 1, i, 'note', '', '', '{}' FROM n");
    int asked = 0;
    const QuickLook look = look_quickly(store.database, [&asked] { return ++asked > 30; });
    EXPECT_EQ(look.damage, std::vector<std::string>{});
    ASSERT_FALSE(look.tables.empty());
    EXPECT_EQ(look.not_seen.front(), "events");
    EXPECT_EQ(look.not_seen.back(), "blobs");
    // The connection serves as before.
    EXPECT_EQ(inspect(store.database, 10).faults, std::vector<Fault>{});
}

}  // namespace
}  // namespace bellhop::storage
