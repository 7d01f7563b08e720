#include "daemon/serve/processed_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/daemon/fakes.hpp"
#include "tests/daemon/loop_runner.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

/// A mailbox whose mails this database takes, and the folder that they are moved to.
class ProcessedFolder : public testing::Test {
protected:
    ProcessedFolder() {
        settings_.name = "support";
        settings_.after_commit = AfterCommit::move;
        settings_.processed_folder = "Processed";
        folder_.uidvalidity = 9;
        cursor_.mailbox = "support";
        cursor_.uidvalidity = 1;
        store_.ledger.set_cursor(cursor_);
        EXPECT_FALSE(to_look_into(store_, settings_, clock_.time));
        clock_.time += 24h;
        look();
        clock_.time += 24h;
    }

    /// A mail that lies in the folder; `is_ours`: this database has taken it.
    void moved(bool is_ours) {
        const std::uint32_t uid = folder_.uidnext;
        folder_.deliver("Subject: " + std::to_string(uid) + "\r\n\r\nx\r\n",
                        clock_.time + std::chrono::minutes{uid});
        if (!is_ours) return;
        boost::asio::io_context io{1};
        FakeMailbox mailbox{folder_};
        const MailSummary summary = run(io, mailbox.look({MailUid{uid}})).at(0);
        storage::LedgerEntry entry;
        entry.key = {"support", 1, ++taken_};
        entry.at = clock_.time;
        entry.internal_at = summary.internal_date + date_shift_;
        entry.listed_size = static_cast<std::int64_t>(summary.size);
        store_.ledger.record(entry);
        cursor_.next_uid = taken_ + 1;
        store_.ledger.set_cursor(cursor_);
    }

    /// Whether a look was due.
    bool look() {
        const auto settings = to_look_into(store_, settings_, clock_.time);
        if (!settings) return false;
        EXPECT_EQ(settings->folder, "Processed");
        boost::asio::io_context io{1};
        FakeMailbox mailbox{folder_};
        run(io, look_into_processed(mailbox, *settings, store_, clock_.time));
        return true;
    }
    std::string sign() const { return store_.facts.find("other_gateway/support"); }

    FakeClock clock_;
    TemporaryFolder memory_;
    storage::Store store_{memory_.path / "bellhop.db"};
    MailboxSettings settings_;
    FakeServer folder_;
    storage::MailboxCursor cursor_;
    std::uint32_t taken_ = 0;
    std::chrono::seconds date_shift_{0};
};

TEST_F(ProcessedFolder, IsQuietWhereAllThatLiesThereWasTakenHere) {
    for (int i = 0; i < 20; ++i) moved(true);
    EXPECT_TRUE(look());
    EXPECT_EQ(sign(), "");
    EXPECT_FALSE(look()) << "once a day";
}

TEST_F(ProcessedFolder, TellsOfMailsThatWereNeverTakenHere) {
    for (int i = 0; i < 20; ++i) moved(i % 2 == 0);
    EXPECT_TRUE(look());
    EXPECT_THAT(sign(), HasSubstr("10 mails in the folder Processed were never taken here"));
}

/// The other one is always faster: this database takes nothing any more.
TEST_F(ProcessedFolder, TellsWhereAllOfThemAreStrange) {
    for (int i = 0; i < 4; ++i) moved(false);
    look();
    EXPECT_THAT(sign(), HasSubstr("4 mails"));
}

TEST_F(ProcessedFolder, LetsPeoplePutOneOrTwoThere) {
    for (int i = 0; i < 5; ++i) moved(true);
    moved(false);
    moved(false);
    look();
    EXPECT_EQ(sign(), "");
}

/// Some servers give a mail that is moved another date: then nothing there is known.
TEST_F(ProcessedFolder, ConcludesNothingWhereNoDateIsKept) {
    date_shift_ = 7s;
    for (int i = 0; i < 20; ++i) moved(true);
    look();
    EXPECT_EQ(sign(), "");
}

TEST_F(ProcessedFolder, LooksOnlyAtWhatHasComeSince) {
    for (int i = 0; i < 4; ++i) moved(false);
    folder_.uidvalidity = 10;
    look();
    EXPECT_EQ(sign(), "") << "made anew: what it holds is taken as it is";
    clock_.time += 24h;
    look();
    EXPECT_EQ(sign(), "");
    for (int i = 0; i < 4; ++i) moved(false);
    clock_.time += 24h;
    look();
    EXPECT_THAT(sign(), HasSubstr("4 mails"));
}

TEST_F(ProcessedFolder, IsNotLookedIntoWhereMailsAreFlaggedInPlace) {
    settings_.after_commit = AfterCommit::flag;
    clock_.time += 72h;
    EXPECT_FALSE(look());
}

}  // namespace
}  // namespace bellhop::daemon
