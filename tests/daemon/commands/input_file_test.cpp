#include "daemon/commands/input_file.hpp"

#include <string>

#include <gtest/gtest.h>

#include "daemon/commands/command.hpp"
#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

TEST(InputFile, GivesTheBytesAsTheyAre) {
    const ConfigFolder folder;
    const std::string bytes{"a\r\nb\0c\xFF", 7};
    EXPECT_EQ(*read_input(folder.write("mail.eml", bytes).string()), bytes);
    EXPECT_EQ(*read_input(folder.write("empty.eml", "").string()), "");
}

TEST(InputFile, TellsWhyItCannotBeRead) {
    const ConfigFolder folder;
    const auto missing = read_input((folder.path() / "no.eml").string());
    EXPECT_EQ(missing.error(), boost::system::errc::no_such_file_or_directory);
    EXPECT_EQ(read_input(folder.path().string()).error(), boost::system::errc::is_a_directory);
}

TEST(InputFile, EndsTheCommandThatNeedsIt) {
    const ConfigFolder folder;
    const std::string missing = (folder.path() / "no.eml").string();
    try {
        required_input(missing, 66);
        ADD_FAILURE() << "it was read";
    } catch (const CommandFailure& failure) {
        EXPECT_EQ(failure.status(), 66);
        EXPECT_EQ(std::string{failure.what()},
                  "bellhop: cannot read " + missing + ": No such file or directory\n");
    }
}

}  // namespace
}  // namespace bellhop::daemon
