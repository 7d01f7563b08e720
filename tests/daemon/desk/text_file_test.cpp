// What cannot be read is never taken for what is not there.
#include "daemon/desk/text_file.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

namespace fs = std::filesystem;

class TextFileTest : public testing::Test {
protected:
    ConfigFolder folder_;
    fs::path file_ = folder_.path() / "rules.toml";
};

TEST_F(TextFileTest, ReadsTheWholeOfIt) {
    for (const std::string& text :
         {std::string{}, std::string{"a\0b\r\n", 5}, std::string(200'000, 'x')}) {
        folder_.write("rules.toml", text);
        std::error_code error = make_error_code(std::errc::io_error);
        EXPECT_EQ(read_text_file(file_, error), text);
        EXPECT_FALSE(error);
        EXPECT_FALSE(is_missing(file_));
    }
}

TEST_F(TextFileTest, SaysWhyItCannotBeRead) {
    struct Row {
        const char* what;
        void (*lay)(const fs::path& file);
        bool missing;
        std::errc reason;
    };
    const Row table[] = {
        {"nothing", [](const fs::path&) {}, true, std::errc::no_such_file_or_directory},
        {"a folder", [](const fs::path& file) { fs::create_directory(file); }, false,
         std::errc::is_a_directory},
        {"a link to itself",
         [](const fs::path& file) { fs::create_symlink(file.filename(), file); }, false,
         std::errc::too_many_symbolic_link_levels},
        {"a link to nowhere", [](const fs::path& file) { fs::create_symlink("nowhere", file); },
         false, std::errc::no_such_file_or_directory},
    };
    for (const Row& row : table) {
        row.lay(file_);
        std::error_code error;
        EXPECT_EQ(read_text_file(file_, error), std::nullopt) << row.what;
        EXPECT_EQ(error, row.reason) << row.what;
        EXPECT_EQ(is_missing(file_), row.missing) << row.what;
        fs::remove(file_);
    }
}

TEST_F(TextFileTest, OfAFolderThatIsAFileOrALinkToItself) {
    folder_.write("templates", "no folder");
    EXPECT_TRUE(is_missing(folder_.path() / "templates" / "reply.txt"));
    fs::create_symlink("loop", folder_.path() / "loop");
    EXPECT_FALSE(is_missing(folder_.path() / "loop" / "reply.txt"));
}

TEST_F(TextFileTest, TakesNoMoreThanItIsTold) {
    folder_.write("rules.toml", "12345");
    std::error_code error;
    EXPECT_EQ(read_text_file(file_, error, 5), "12345");
    EXPECT_EQ(read_text_file(file_, error, 4), std::nullopt);
    EXPECT_EQ(error, std::errc::file_too_large);
    EXPECT_EQ(cannot_be_read(file_, error).message, "cannot be read: File too large");
}

}  // namespace
}  // namespace bellhop::daemon
