#include "daemon/setup/secret_writing.hpp"

#include <system_error>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

mode_t mode_of(const std::filesystem::path& file) {
    struct stat status = {};
    return stat(file.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

TEST(SecretWriting, OnlyItsOwnerMayReadItWhateverTheUmaskIs) {
    const ConfigFolder folder;
    const mode_t before = umask(0);
    write_secret(folder.path() / "credentials/support", "pä\"ss word");
    umask(before);
    EXPECT_EQ(folder.read("credentials/support"), "pä\"ss word\n");
    EXPECT_EQ(mode_of(folder.path() / "credentials/support"), 0600U);
    EXPECT_EQ(mode_of(folder.path() / "credentials"), 0700U);
}

TEST(SecretWriting, OverwritesNothingAndFollowsNoLink) {
    const ConfigFolder folder;
    folder.write("it.password", "the old one\n");
    EXPECT_THROW(write_secret(folder.path() / "it.password", "new"), std::system_error);
    EXPECT_EQ(folder.read("it.password"), "the old one\n");
    std::filesystem::create_symlink(folder.path() / "elsewhere", folder.path() / "link");
    EXPECT_THROW(write_secret(folder.path() / "link", "new"), std::system_error);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "elsewhere"));
}

}  // namespace
}  // namespace bellhop::daemon
