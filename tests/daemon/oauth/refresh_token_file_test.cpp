#include "daemon/oauth/refresh_token_file.hpp"

#include <fstream>
#include <stdexcept>
#include <system_error>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

OauthSettings application(const std::string& name = "school") {
    OauthSettings settings;
    settings.name = name;
    settings.client_id = "the-app";
    return settings;
}

mode_t mode_of(const std::filesystem::path& path) {
    struct stat status = {};
    EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777;
}

TEST(RefreshTokenFile, GivesBackWhatItStored) {
    const TemporaryFolder folder;
    const RefreshTokenFile file{folder.path, application(), "it@school.example"};
    EXPECT_EQ(file.load(), std::nullopt);
    file.store("0.AXoA\"x");
    EXPECT_EQ(file.load(), "0.AXoA\"x");
    file.store("another");
    EXPECT_EQ(file.load(), "another");
    EXPECT_EQ(file.path().parent_path(), folder.path / "oauth");
    EXPECT_TRUE(file.path().filename().string().starts_with("school.it@school.example."));
}

TEST(RefreshTokenFile, IsForItsOwnerOnly) {
    const TemporaryFolder folder;
    const RefreshTokenFile file{folder.path, application(), "it@school.example"};
    const mode_t before = umask(0);
    file.store("t");
    umask(before);
    EXPECT_EQ(mode_of(file.path()), 0600U);
    EXPECT_EQ(mode_of(file.path().parent_path()), 0700U);
    std::filesystem::permissions(file.path(), std::filesystem::perms::all);
    EXPECT_THROW(static_cast<void>(file.load()), std::runtime_error);
    file.store("u");
    EXPECT_EQ(mode_of(file.path()), 0600U);
}

TEST(RefreshTokenFile, IsOneForEachAccountAndApplication) {
    const TemporaryFolder folder;
    const RefreshTokenFile one{folder.path, application(), "a/b@school.example"};
    const RefreshTokenFile two{folder.path, application(), "a_b@school.example"};
    const RefreshTokenFile three{folder.path, application("other"), "a/b@school.example"};
    one.store("1");
    two.store("2");
    three.store("3");
    EXPECT_EQ(one.load(), "1");
    EXPECT_EQ(two.load(), "2");
    EXPECT_EQ(three.load(), "3");
    EXPECT_EQ(one.path().parent_path(), folder.path / "oauth");
}

/// What was lent to one application is sent to no other.
TEST(RefreshTokenFile, IsBoundToTheClient) {
    const TemporaryFolder folder;
    OauthSettings changed = application();
    RefreshTokenFile{folder.path, changed, "it@school.example"}.store("lent");
    changed.client_id = "another-app";
    EXPECT_EQ((RefreshTokenFile{folder.path, changed, "it@school.example"}.load()), std::nullopt);
}

TEST(RefreshTokenFile, KeepsTheOldOneWhereTheNewOneCannotBeWritten) {
    const TemporaryFolder folder;
    const RefreshTokenFile file{folder.path, application(), "it@school.example"};
    file.store("old");
    // In the place of the file that is written first.
    std::filesystem::create_directory(file.path().string() + ".new");
    EXPECT_THROW(file.store("new"), std::system_error);
    EXPECT_EQ(file.load(), "old");
}

TEST(RefreshTokenFile, IsExchangedByOneAtATime) {
    const TemporaryFolder folder;
    const RefreshTokenFile file{folder.path, application(), "it@school.example"};
    auto lock = file.try_lock();
    ASSERT_NE(lock, nullptr);
    EXPECT_EQ(file.try_lock(), nullptr);
    const RefreshTokenFile other{folder.path, application(), "else@school.example"};
    EXPECT_NE(other.try_lock(), nullptr);
    lock.reset();
    EXPECT_NE(file.try_lock(), nullptr);
}

TEST(RefreshTokenFile, BelievesNoOtherFile) {
    const TemporaryFolder folder;
    const RefreshTokenFile file{folder.path, application(), "it@school.example"};
    file.store("t");
    for (const char* text : {"", "t", "[]", "{}", R"({"client_id":"the-app"})",
                             R"({"client_id":"the-app","refresh_token":7})"}) {
        std::ofstream{file.path()} << text;
        EXPECT_THROW(static_cast<void>(file.load()), std::runtime_error) << text;
    }
}

}  // namespace
}  // namespace bellhop::daemon
