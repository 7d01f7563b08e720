#include "daemon/process/folder_watch.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

TEST(FolderWatch, KnowsConfigurationByItsName) {
    EXPECT_TRUE(is_configuration_file("rules.toml"));
    EXPECT_TRUE(is_configuration_file("reminder.txt"));
    EXPECT_TRUE(is_configuration_file("terms.ics"));
    EXPECT_FALSE(is_configuration_file(".rules.toml.swp"));
    EXPECT_FALSE(is_configuration_file("rules.toml~"));
    EXPECT_FALSE(is_configuration_file("bellhop.db-wal"));
    EXPECT_FALSE(is_configuration_file(""));
}

TEST(FolderWatch, TellsOfManyChangesOnce) {
    const ConfigFolder folder;
    folder.write("templates/reminder.txt", "Subject: a\n\nb\n");
    boost::asio::io_context context{1};
    FolderWatch watch{context, folder.path()};
    int told = 0;
    boost::asio::co_spawn(context, watch.run([&] {
        ++told;
        watch.stop();
    }),
                          boost::asio::detached);
    folder.write("bellhop.db", "x");
    folder.write("rules.toml", "a");
    folder.write("templates/reminder.txt", "Subject: c\n\nd\n");
    context.run_for(std::chrono::seconds{20});
    EXPECT_EQ(told, 1);
}

TEST(FolderWatch, HeedsEveryWayInWhichAProgramChangesAFile) {
    using Change = void (*)(const std::filesystem::path& file);
    const std::vector<std::pair<const char*, Change>> ways = {
        {"written in place",
         [](const std::filesystem::path& file) {
             std::ofstream{file, std::ios::app} << "b";
         }},
        {"written beside it, then renamed",
         [](const std::filesystem::path& file) {
             const std::filesystem::path fresh = file.string() + ".new";
             std::ofstream{fresh} << "b";
             std::filesystem::rename(fresh, file);
         }},
        {"moved away",
         [](const std::filesystem::path& file) {
             std::filesystem::rename(file, file.string() + "~");
         }},
        {"deleted", [](const std::filesystem::path& file) { std::filesystem::remove(file); }}};
    for (const auto& [way, change] : ways) {
        for (const char* file : {"rules.toml", "templates/reminder.txt"}) {
            const ConfigFolder folder;
            folder.write(file, "a");
            boost::asio::io_context context{1};
            FolderWatch watch{context, folder.path()};
            int told = 0;
            boost::asio::co_spawn(context, watch.run([&] {
                ++told;
                watch.stop();
            }),
                                  boost::asio::detached);
            change(folder.path() / file);
            context.run_for(std::chrono::seconds{5});
            EXPECT_EQ(told, 1) << way << ": " << file;
        }
    }
}

TEST(FolderWatch, HeedsFilesOfOtherFoldersAndWhatLinksMean) {
    const ConfigFolder folder;
    const ConfigFolder elsewhere;
    elsewhere.write("words.toml", "a");
    elsewhere.write("shared/classes.toml", "a");
    std::filesystem::create_symlink(elsewhere.path() / "shared/classes.toml",
                                    folder.path() / "classes.toml");
    for (const char* changed : {"words.toml", "shared/classes.toml"}) {
        boost::asio::io_context context{1};
        FolderWatch watch{context, folder.path()};
        watch.add({(folder.path() / "classes.toml").string(),
                   (elsewhere.path() / "words.toml").string()});
        int told = 0;
        boost::asio::co_spawn(context, watch.run([&] {
            ++told;
            watch.stop();
        }),
                              boost::asio::detached);
        elsewhere.write(changed, "b");
        context.run_for(std::chrono::seconds{20});
        EXPECT_EQ(told, 1) << changed;
    }
}

TEST(FolderWatch, SaysWhatCannotBeWatched) {
    boost::asio::io_context context{1};
    EXPECT_THROW((FolderWatch{context, "/nowhere/at/all"}), std::system_error);
}

}  // namespace
}  // namespace bellhop::daemon
