#include "daemon/desk/secret_source.hpp"

#include <cstdlib>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

SecretSource file(const std::filesystem::path& path) {
    return {path, {}, {}};
}

/// What read_secret says, or the secret in brackets.
std::string secret_of(const SecretSource& source) {
    try {
        return "[" + read_secret(source) + "]";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

TEST(ReadSecret, TakesOneLineOfAPrivateFile) {
    const ConfigFolder folder;
    EXPECT_EQ(secret_of(file(folder.write("a", "se cret\n"))), "[se cret]");
    EXPECT_EQ(secret_of(file(folder.write("b", "secret\r\n"))), "[secret]");
    EXPECT_EQ(secret_of(file(folder.write("c", "secret", 0400))), "[secret]");
}

/// SEC-21.
TEST(ReadSecret, RefusesFilesThatOthersMayRead) {
    const ConfigFolder folder;
    for (const mode_t mode : {0640U, 0604U, 0660U, 0602U}) {
        EXPECT_EQ(folder.without_path(secret_of(file(folder.write("a", "secret", mode)))),
                  "cannot read the password from a: others may read it; chmod 600 a");
    }
}

TEST(ReadSecret, RefusesWhatIsNoSecret) {
    const ConfigFolder folder;
    const auto said_of = [&folder](const std::string& text) {
        return folder.without_path(secret_of(file(folder.write("a", text))));
    };
    EXPECT_EQ(said_of("\n"), "cannot read the password from a: it is empty");
    EXPECT_EQ(said_of("a\nb\n"), "cannot read the password from a: it has more than one line");
    EXPECT_EQ(said_of(std::string(70'000, 'x')), "cannot read the password from a: too long");
    EXPECT_EQ(secret_of(file("/dev")), "cannot read the password from /dev: not a file");
    EXPECT_EQ(secret_of(file("/nonexistent")),
              "cannot read the password from /nonexistent: No such file or directory");
}

TEST(ReadSecret, TakesACredentialOfTheServiceManager) {
    const ConfigFolder folder;
    folder.write("imap", "secret\n", 0440);
    EXPECT_EQ(secret_of({{}, "imap", {}}),
              "cannot read the password from credential \"imap\": the service manager gives no "
              "credentials");
    setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1);
    EXPECT_EQ(secret_of({{}, "imap", {}}), "[secret]");
    unsetenv("CREDENTIALS_DIRECTORY");
}

TEST(ReadSecret, TakesAVariable) {
    EXPECT_EQ(secret_of({{}, {}, "BELLHOP_TEST_SECRET"}),
              "cannot read the password from variable \"BELLHOP_TEST_SECRET\": it is not set");
    setenv("BELLHOP_TEST_SECRET", "secret", 1);
    EXPECT_EQ(secret_of({{}, {}, "BELLHOP_TEST_SECRET"}), "[secret]");
    unsetenv("BELLHOP_TEST_SECRET");
}

/// A key has many lines.
TEST(ReadSecretText, TakesManyLines) {
    const ConfigFolder folder;
    EXPECT_EQ(read_secret_text(file(folder.write("a", "one\ntwo\n")), "key"), "one\ntwo\n");
    try {
        read_secret_text(file("/nonexistent"), "key");
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(),
                     "cannot read the key from /nonexistent: No such file or directory");
    }
}

}  // namespace
}  // namespace bellhop::daemon
