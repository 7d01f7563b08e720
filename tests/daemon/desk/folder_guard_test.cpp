#include "daemon/desk/folder_guard.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/desk/settings.hpp"
#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

namespace fs = std::filesystem;

constexpr uid_t stranger = 65534;  // nobody

std::vector<std::string> faults_in(const ConfigFolder& folder) {
    std::vector<std::string> lines;
    for (const parsers::Diagnostic& one :
         folder_faults(folder.path(), folder.path() / "data/bellhop.db")) {
        lines.push_back(folder.without_path(one.message + " | " + one.hints.front()));
    }
    return lines;
}

using Lines = std::vector<std::string>;

TEST(FolderGuard, AFolderInOrderHasNoFaults) {
    const ConfigFolder folder;
    folder.write("bellhop.toml", "", 0644);
    folder.write("rules.toml", "", 0664);  // the desk's own group may write rules
    folder.write("templates/waiting.txt", "", 0644);
    EXPECT_EQ(faults_in(folder), Lines{});
}

TEST(FolderGuard, WhatEverybodyMayWriteIsAFault) {
    const ConfigFolder folder;
    folder.write("bellhop.toml", "", 0666);
    folder.write("templates/waiting.txt", "", 0602);
    chmod((folder.path() / "templates").c_str(), 0757);
    const Lines found = faults_in(folder);
    EXPECT_EQ(found.size(), 3U);
    for (const char* line :
         {"everybody may write \"bellhop.toml\" | chmod o-w bellhop.toml",
          "everybody may write \"templates\" | chmod o-w templates",
          "everybody may write \"templates/waiting.txt\" | chmod o-w templates/waiting.txt"}) {
        EXPECT_NE(std::find(found.begin(), found.end(), line), found.end()) << line;
    }
}

TEST(FolderGuard, OtherFilesAndTheDatabasesFolderAreNoneOfItsBusiness) {
    const ConfigFolder folder;
    folder.write("notes.md", "", 0666);
    folder.write("data/words.toml", "", 0666);
    EXPECT_EQ(faults_in(folder), Lines{});
}

TEST(FolderGuard, AStrangersFileIsAFault) {
    if (geteuid() != 0) GTEST_SKIP() << "only root gives files away";
    const ConfigFolder folder;
    const fs::path file = folder.write("rules.toml", "", 0644);
    ASSERT_EQ(chown(file.c_str(), stranger, stranger), 0);
    EXPECT_EQ(faults_in(folder).size(), 1U);
    EXPECT_EQ(faults_in(folder).front(),
              "\"rules.toml\" belongs to nobody, who is neither root nor the user of the service | "
              "chown root rules.toml");
    // Of the service itself, whose the database is, it is none.
    fs::create_directory(folder.path() / "data");
    ASSERT_EQ(chown((folder.path() / "data").c_str(), stranger, stranger), 0);
    EXPECT_EQ(faults_in(folder), Lines{});
}

TEST(FolderGuard, ALinkToSomethingElseIsAFault) {
    const ConfigFolder folder;
    folder.write("it.password", "secret");
    const fs::path elsewhere = folder.write("more/words.toml", "", 0644);
    fs::create_symlink(elsewhere, folder.path() / "rules.toml");
    EXPECT_EQ(faults_in(folder), Lines{});
    fs::create_directory(folder.path() / "templates");
    fs::create_symlink(folder.path() / "it.password", folder.path() / "templates/waiting.txt");
    EXPECT_EQ(faults_in(folder),
              (Lines{"\"templates/waiting.txt\" is a link to what is no file of a configuration | "
                     "write the file itself, or a link to one that ends as it does"}));
}

TEST(FolderGuard, StopsAtTwentyFaults) {
    const ConfigFolder folder;
    for (int i = 0; i < 40; ++i) folder.write(std::to_string(i) + ".toml", "", 0666);
    EXPECT_LE(faults_in(folder).size(), 21U);
}

TEST(FolderGuard, KnowsTheFilesOfAConfiguration) {
    for (const char* file : {"rules.toml", "a/b.txt", "x.html", "terms.ics", "learned.points"}) {
        EXPECT_TRUE(is_configuration_file(file)) << file;
    }
    for (const char* file : {"it.password", "credentials/support", "key.pem", "bellhop.db", ""}) {
        EXPECT_FALSE(is_configuration_file(file)) << file;
    }
}

TEST(FolderGuard, NoComplaintShowsALineOfASecret) {
    const ConfigFolder folder;
    const fs::path secret = folder.write("it.password", "secretpw123\n");
    fs::create_symlink(secret, folder.path() / "rules.toml");
    for (const fs::path& file : {secret, folder.path() / "rules.toml"}) {
        const std::string text = render_all({{{file.string(), 1, 1, 1}, "wrong", {}}});
        EXPECT_EQ(text.find("secretpw123"), std::string::npos) << text;
    }
}

}  // namespace
}  // namespace bellhop::daemon
