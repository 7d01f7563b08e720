#include "daemon/process/folder_watch.hpp"

#include <chrono>

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
