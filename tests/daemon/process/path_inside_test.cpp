#include "daemon/process/path_inside.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <stdlib.h>

namespace bellhop::daemon {
namespace {

namespace fs = std::filesystem;

/// Two folders beside each other, and links between and within them.
class PathInside : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "bellhop-inside-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        root_ = fs::canonical(name);
        folder_ = root_ / "in";
        fs::create_directories(folder_ / "sub");
        fs::create_directories(root_ / "out");
        std::ofstream{root_ / "out" / "secret"} << "x";
        std::ofstream{folder_ / "rules.toml"} << "x";
        fs::create_symlink("rules.toml", folder_ / "same");
        fs::create_symlink("sub", folder_ / "also_sub");
        fs::create_symlink("../out", folder_ / "leave");
        fs::create_symlink("../out/secret", folder_ / "leak");
        fs::create_symlink(root_ / "out" / "new", folder_ / "dangling");
        fs::create_symlink("..", folder_ / "sub" / "up");
        fs::create_symlink("loop", folder_ / "loop");
    }
    void TearDown() override { fs::remove_all(root_); }

    fs::path root_ = {};
    fs::path folder_ = {};
};

TEST_F(PathInside, JoinsNamesThatStay) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"rules.toml", "rules.toml"},
        {"new.toml", "new.toml"},
        {"sub/new.toml", "sub/new.toml"},
        {"./rules.toml", "rules.toml"},
        {"sub//./a.txt", "sub/a.txt"},
        {"not/there/yet.txt", "not/there/yet.txt"},
        {"same", "rules.toml"},
        {"also_sub/a.txt", "sub/a.txt"},
        {"sub/up/rules.toml", "rules.toml"},
        {"..txt", "..txt"},
        {"...", "..."},
        {"~", "~"},
        {"a b\nc", "a b\nc"},
        {"-rf", "-rf"}};
    for (const auto& [name, place] : cases) {
        EXPECT_EQ(path_inside(folder_, name), folder_ / place) << name;
    }
}

TEST_F(PathInside, RefusesNamesThatLeadOut) {
    const std::vector<std::string> names{"",
                                         ".",
                                         "..",
                                         "./",
                                         "sub/",
                                         "/",
                                         "/etc/passwd",
                                         "//etc/passwd",
                                         (folder_ / "rules.toml").string(),
                                         "../out/secret",
                                         "sub/../../out/secret",
                                         "sub/../rules.toml",
                                         "../in/rules.toml",
                                         "also_sub/../../x",
                                         "leave/secret",
                                         "leave/new",
                                         "leave",
                                         "leak",
                                         "dangling",
                                         "dangling/x",
                                         "sub/up/leak",
                                         "sub/up",
                                         "loop",
                                         "loop/x",
                                         std::string{"rules.toml\0/../../x", 19}};
    for (const std::string& name : names)
        EXPECT_EQ(path_inside(folder_, name), std::nullopt) << name;
}

TEST_F(PathInside, RefusesAllWhereTheFolderIsNotThere) {
    EXPECT_EQ(path_inside(root_ / "missing", "rules.toml"), std::nullopt);
}

TEST_F(PathInside, HoldsForAFolderThatIsALinkItself) {
    fs::create_symlink(folder_, root_ / "alias");
    EXPECT_EQ(path_inside(root_ / "alias", "rules.toml"), folder_ / "rules.toml");
    EXPECT_EQ(path_inside(root_ / "alias", "leak"), std::nullopt);
}

}  // namespace
}  // namespace bellhop::daemon
