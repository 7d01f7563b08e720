#include "rules/doctor/machine_trial.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t mebibyte = 1024 * 1024;
constexpr std::chrono::sys_seconds now{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}};

DiskSeen disk(std::uint64_t free_mebibytes) {
    return {"/var/lib/bellhop", free_mebibytes * mebibyte, 256 * mebibyte, 100'000};
}

TEST(Disk, IsFullBelowTheLimitAndSoonFullBelowFourTimesOfIt) {
    EXPECT_EQ(judge_disk(disk(255)).state, FindingState::fail);
    EXPECT_EQ(judge_disk(disk(256)).state, FindingState::warn);
    EXPECT_EQ(judge_disk(disk(1023)).state, FindingState::warn);
    EXPECT_EQ(judge_disk(disk(1024)), well("disk", "1024 MiB free for /var/lib/bellhop"));
}

TEST(Disk, NeedsRoomForFilesToo) {
    DiskSeen seen = disk(4000);
    seen.free_files = 5;
    EXPECT_NE(judge_disk(seen).remedy.find("df -i"), std::string::npos);
    seen.free_files.reset();
    EXPECT_EQ(judge_disk(seen).state, FindingState::ok);
    seen.free_bytes.reset();
    EXPECT_EQ(judge_disk(seen).state, FindingState::fail);
}

DatabaseSeen database() {
    DatabaseSeen seen;
    seen.path = "/var/lib/bellhop/bellhop.db";
    seen.owner = "bellhop";
    seen.is_there = true;
    seen.extent = "12 tables looked at";
    return seen;
}

TEST(Database, InOrderOrNotYetThere) {
    EXPECT_EQ(judge_database(database()).state, FindingState::ok);
    DatabaseSeen seen = database();
    seen.is_there = false;
    EXPECT_EQ(judge_database(seen),
              well("database",
                   "there is none yet at /var/lib/bellhop/bellhop.db; the first start makes it"));
}

TEST(Database, NamesAllFilesOfAnotherOwnerInOneCommand) {
    DatabaseSeen seen = database();
    seen.strays = {{"/var/lib/bellhop/bellhop.db", "root"},
                   {"/var/lib/bellhop/bellhop.key", "root"}};
    EXPECT_EQ(
        judge_database(seen),
        failing("database", "/var/lib/bellhop/bellhop.db belongs to root, its folder to bellhop",
                "chown bellhop: /var/lib/bellhop/bellhop.db /var/lib/bellhop/bellhop.key"));
}

TEST(Database, SaysWhatToDoWithOneThatCannotBeUsed) {
    DatabaseSeen seen = database();
    seen.open_words = "not a database of ours";
    EXPECT_NE(judge_database(seen).remedy.find("bellhop restore FILE"), std::string::npos);
    seen = database();
    seen.damage = {"row 7 missing from index"};
    EXPECT_EQ(judge_database(seen).seen, "damaged: row 7 missing from index");
    seen = database();
    seen.folder_is_writable = false;
    EXPECT_NE(judge_database(seen).remedy.find("chown bellhop:"), std::string::npos);
}

TEST(Backup, OfTheLastTwoDaysIsEnough) {
    EXPECT_EQ(judge_backup(now - 48h, now).state, FindingState::ok);
    EXPECT_EQ(judge_backup(now - 48h - 1s, now).state, FindingState::warn);
    EXPECT_EQ(judge_backup(std::nullopt, now).state, FindingState::warn);
}

TEST(Gateway, RunsFailsOrIsNotThere) {
    EXPECT_EQ(judge_gateway({true, "process 7 since noon", {}}),
              well("gateway", "it runs, process 7 since noon"));
    EXPECT_EQ(judge_gateway({true, "", {"mailbox it: login refused"}}).state, FindingState::fail);
    EXPECT_EQ(judge_gateway({}).state, FindingState::warn);
}

TEST(Engine, IsNamed) {
    EXPECT_EQ(judge_engine("SQLite 3.40.1"),
              well("database engine", "SQLite 3.40.1, written by one process at a time"));
}

}  // namespace
}  // namespace bellhop::rules
