#include "storage/process_lock.hpp"

#include <fstream>
#include <system_error>

#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class ProcessLockTest : public testing::Test {
protected:
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "bellhop.db";
};

TEST_F(ProcessLockTest, NamesTheHolder) {
    const ProcessLock lock{file};
    try {
        const ProcessLock second{file};
        FAIL() << "locked twice";
    } catch (const LockHeld& held) {
        EXPECT_EQ(held.holder(), ::getpid());
        EXPECT_EQ(held.what(), "another bellhop serves the database \"" + file.string() +
                                   "\" (process " + std::to_string(::getpid()) + ")");
    }
}

TEST_F(ProcessLockTest, IsFreeAgainAfterwards) {
    { const ProcessLock lock{file}; }
    const ProcessLock again{file};
}

TEST_F(ProcessLockTest, IsFreeWhenItsProcessWasKilled) {
    const pid_t child = ::fork();
    if (child == 0) {
        const ProcessLock lock{file};
        ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_EQ(status, 0);
    const ProcessLock lock{file};
}

TEST_F(ProcessLockTest, LeavesToolsAtWork) {
    const ProcessLock lock{file};
    Database daemon{file};
    Database tool{file};
    Transaction transaction{tool};
    transaction.commit();
}

TEST_F(ProcessLockTest, SaysSoWhereTheHolderCannotBeRead) {
    const ProcessLock lock{file};
    std::ofstream{file.string() + ".lock", std::ios::trunc} << "nonsense";
    try {
        const ProcessLock second{file};
        FAIL() << "locked twice";
    } catch (const LockHeld& held) {
        EXPECT_EQ(held.holder(), std::nullopt);
        EXPECT_EQ(held.what(), "another bellhop serves the database \"" + file.string() + "\"");
    }
}

TEST_F(ProcessLockTest, ASymbolicLinkIsNoSecondWayIn) {
    std::ofstream{file} << "";
    std::filesystem::create_directory(folder.path() / "elsewhere");
    const std::filesystem::path link = folder.path() / "elsewhere" / "desk.db";
    std::filesystem::create_symlink(file, link);
    std::filesystem::create_directory_symlink(folder.path(), folder.path() / "elsewhere" / "data");
    const ProcessLock lock{file};
    EXPECT_THROW(ProcessLock{link}, LockHeld);
    EXPECT_THROW(ProcessLock{folder.path() / "elsewhere" / "data" / "bellhop.db"}, LockHeld);
}

TEST_F(ProcessLockTest, AHardLinkIsRefusedUnderEitherName) {
    std::ofstream{file} << "";
    const std::filesystem::path other = folder.path() / "other.db";
    std::filesystem::create_hard_link(file, other);
    for (const std::filesystem::path& name : {file, other}) {
        try {
            const ProcessLock lock{name};
            FAIL() << "locked by " << name;
        } catch (const std::system_error& error) {
            EXPECT_EQ(error.code(), std::errc::too_many_links);
        }
    }
    std::filesystem::remove(other);
    const ProcessLock lock{file};
}

TEST_F(ProcessLockTest, ThrowsWhereItsFolderIsMissing) {
    EXPECT_THROW(ProcessLock{folder.path() / "no" / "bellhop.db"}, std::system_error);
}

}  // namespace
}  // namespace bellhop::storage
