#include "daemon/desk/secret_key.hpp"

#include <filesystem>
#include <system_error>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

namespace fs = std::filesystem;

class SecretKeyTest : public testing::Test {
protected:
    ConfigFolder folder_;
    fs::path database_ = folder_.path() / "bellhop.db";
    fs::path key_ = folder_.path() / "bellhop.key";
};

TEST_F(SecretKeyTest, IsMadeOnceForItsOwnerOnly) {
    const std::string key = load_or_make_key(database_);
    EXPECT_EQ(key.size(), 32U);
    EXPECT_EQ(load_or_make_key(database_), key);
    struct stat status = {};
    ASSERT_EQ(stat(key_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0600U);
    const ConfigFolder other;
    EXPECT_NE(load_or_make_key(other.path() / "bellhop.db"), key);
}

/// Another key in its place would make every msg-id that went out worthless.
TEST_F(SecretKeyTest, IsNeverReplaced) {
    void (*const obstacles[])(const fs::path&) = {
        [](const fs::path& key) { fs::create_symlink(key.filename(), key); },
        [](const fs::path& key) { fs::create_symlink("nowhere", key); },
        [](const fs::path& key) { fs::create_directory(key); },
    };
    for (const auto& lay : obstacles) {
        lay(key_);
        EXPECT_THROW(load_or_make_key(database_), std::system_error);
        EXPECT_FALSE(fs::is_regular_file(fs::symlink_status(key_)));
        fs::remove(key_);
    }
    for (const std::string& text : {std::string{}, std::string(31, 'k'), std::string(33, 'k')}) {
        folder_.write("bellhop.key", text);
        EXPECT_THROW(load_or_make_key(database_), std::system_error);
        EXPECT_EQ(folder_.read("bellhop.key"), text);
    }
}

TEST_F(SecretKeyTest, ThrowsWhereItCannotBeMade) {
    EXPECT_THROW(load_or_make_key(folder_.path() / "nowhere" / "bellhop.db"), std::system_error);
}

}  // namespace
}  // namespace bellhop::daemon
