// A process that dies, or a machine that loses its power, in the middle of a transaction leaves all
// of it or nothing.
#include <fstream>
#include <functional>
#include <iterator>

#include <sys/wait.h>
#include <unistd.h>

#include "storage/blob_store.hpp"
#include "storage/ledger.hpp"
#include "storage/outbox.hpp"
#include "storage/ticket_store.hpp"
#include "storage/timers.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

/// The mail with the number `uid`, taken by one transaction, as the intake does it.
class Taking {
public:
    Taking(Database& database, std::uint32_t uid) : database_(database), uid_(uid) {}

    /// Each is one call of a store; together they are the whole transaction.
    std::vector<std::function<void()>> steps() {
        return {
            [this] { raw_ = BlobStore{database_}.put(std::string(20'000, 'r') + name()); },
            [this] {
                ticket_ = TicketStore{database_}.open({.subject = name(), .status = "open"});
            },
            [this] {
                message_ = TicketStore{database_}.add_message({.ticket = ticket_,
                                                               .message_id = name(),
                                                               .subject = name(),
                                                               .text = "text",
                                                               .raw_sha256 = raw_});
            },
            [this] {
                TicketStore{database_}.record(ticket_,
                                              {.at = at(1), .type = rules::Event::created});
            },
            [this] {
                Timers{database_}.replace(ticket_, {{{}, "reminder", at(9)}});
            },
            [this] {
                Outbox{database_}.enqueue(
                    {.ticket = ticket_, .unique_key = "ack/" + name(), .bytes = name()});
            },
            [this] {
                Ledger{database_}.record({.key = {"support", 7, uid_},
                                          .ticket = ticket_,
                                          .message = message_,
                                          .content_key = name()});
            },
            [this] { TicketStore{database_}.index_messages(100); },
        };
    }

private:
    std::string name() const { return "mail" + std::to_string(uid_); }

    Database& database_;
    std::uint32_t uid_;
    std::string raw_ = {};
    rules::TicketId ticket_ = {};
    rules::MessageId message_ = {};
};

class CrashTest : public testing::Test {
protected:
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "bellhop.db";

    static void take(Database& database, std::uint32_t uid) {
        Transaction transaction{database};
        Taking taking{database, uid};
        for (const auto& step : taking.steps()) step();
        transaction.commit();
    }

    /// How many mails the database has taken. Each is there with all that belongs to it, or not at
    /// all.
    static std::int64_t taken(const std::filesystem::path& path) {
        Database database{path};
        EXPECT_EQ(database.damage(), std::vector<std::string>{});
        Statement query = database.prepare(
            "SELECT (SELECT count(*) FROM ledger), (SELECT count(*) FROM tickets), "
            "(SELECT count(*) FROM messages), (SELECT count(*) FROM events), "
            "(SELECT count(*) FROM timers), (SELECT count(*) FROM outbox), "
            "(SELECT count(*) FROM blobs) / 2, "
            "(SELECT count(*) FROM message_search WHERE message_search MATCH 'text')");
        EXPECT_TRUE(query.step());
        for (int column = 1; column < 8; ++column) {
            EXPECT_EQ(query.integer(column), query.integer(0)) << column;
        }
        return query.integer(0);
    }

    static std::string bytes_of(const std::filesystem::path& path) {
        std::ifstream stream{path, std::ios::binary};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }

    /// The file and its log as a machine without power would leave them.
    std::filesystem::path copy_with_log(const std::string& log) const {
        const std::filesystem::path copy = folder.path() / "copy.db";
        std::filesystem::remove(copy.string() + "-shm");
        std::filesystem::copy_file(file, copy, std::filesystem::copy_options::overwrite_existing);
        std::ofstream{copy.string() + "-wal", std::ios::binary | std::ios::trunc} << log;
        return copy;
    }
};

TEST_F(CrashTest, DyingAfterAnyStepLeavesNothingOfTheMail) {
    {
        Database database{file};
        take(database, 1);
    }
    for (std::size_t last = 0; last < 8; ++last) {
        const pid_t child = ::fork();
        if (child == 0) {
            Database database{file};
            const Transaction transaction{database};
            Taking taking{database, 2};
            const auto steps = taking.steps();
            for (std::size_t step = 0; step <= last; ++step) steps.at(step)();
            ::_exit(0);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_EQ(status, 0);
        EXPECT_EQ(taken(file), 1) << last;
    }
}

TEST_F(CrashTest, DyingAfterTheCommitLeavesAll) {
    const pid_t child = ::fork();
    if (child == 0) {
        Database database{file};
        take(database, 1);
        ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(taken(file), 1);
}

TEST_F(CrashTest, PagesThatWereWrittenEarlyCountForNothing) {
    // A cache so small that the transaction goes to the log long before its commit.
    Database database{file, {.cache_bytes = 64 * 1024}};
    take(database, 1);
    const auto committed = std::filesystem::file_size(file.string() + "-wal");
    const Transaction transaction{database};
    for (std::uint32_t uid = 2; uid < 30; ++uid) {
        Taking taking{database, uid};
        for (const auto& step : taking.steps()) step();
    }
    const std::string log = bytes_of(file.string() + "-wal");
    ASSERT_GT(log.size(), committed);
    EXPECT_EQ(taken(copy_with_log(log)), 1);
}

TEST_F(CrashTest, ATornLogLosesWholeTransactionsOnly) {
    Database database{file};
    for (std::uint32_t uid = 1; uid <= 4; ++uid) take(database, uid);
    const std::string log = bytes_of(file.string() + "-wal");
    std::int64_t before = 0;
    for (std::size_t part = 3; part <= 16; ++part) {
        const std::int64_t now = taken(copy_with_log(log.substr(0, log.size() * part / 16)));
        EXPECT_GE(now, before);
        before = now;
    }
    EXPECT_EQ(before, 4);
}

TEST_F(CrashTest, AWrongByteInTheLogLosesWholeTransactionsOnly) {
    Database database{file};
    for (std::uint32_t uid = 1; uid <= 4; ++uid) take(database, uid);
    const std::string log = bytes_of(file.string() + "-wal");
    for (std::size_t part = 8; part < 16; part += 2) {
        std::string wrong = log;
        char& byte = wrong.at(log.size() * part / 16);
        byte = static_cast<char>(~byte);
        EXPECT_LT(taken(copy_with_log(wrong)), 4);
    }
}

TEST_F(CrashTest, AFullDiskLeavesNothingOfTheMailAndTheStoreGoesOn) {
    Database database{file, {.max_bytes = 2 * 1024 * 1024}};
    std::uint32_t uid = 0;
    try {
        while (uid < 10'000) take(database, ++uid);
        FAIL() << "never full";
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.fault(), DatabaseFault::full) << error.what();
    }
    EXPECT_EQ(taken(file), uid - 1);
    database.execute("PRAGMA max_page_count = 100000");
    take(database, uid);
    EXPECT_EQ(taken(file), uid);
}

TEST_F(CrashTest, AnUndoneMailOfABatchLeavesNoTrace) {
    {
        Database database{file};
        Transaction transaction{database};
        for (std::uint32_t uid = 1; uid <= 3; ++uid) {
            Savepoint savepoint{database};
            Taking taking{database, uid};
            for (const auto& step : taking.steps()) step();
            if (uid != 2) savepoint.release();
        }
        transaction.commit();
    }
    EXPECT_EQ(taken(file), 2);
}

}  // namespace
}  // namespace bellhop::storage
