#include "daemon/desk/config_folder.hpp"

#include <system_error>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "daemon/desk/desk.hpp"
#include "daemon/desk/presets.hpp"
#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

mode_t mode_of(const std::filesystem::path& file) {
    struct stat status = {};
    stat(file.c_str(), &status);
    return status.st_mode & 07777U;
}

TEST(PresetNames, AreThoseOfTheManual) {
    EXPECT_EQ(preset_names(), (std::vector<std::string>{"district", "provider", "school"}));
}

TEST(WriteConfigFolder, WritesAValidFolderOfEveryPreset) {
    for (const std::string& preset : preset_names()) {
        const ConfigFolder folder;
        const WrittenFolder result =
            write_config_folder(folder.path() / "new", preset, Overwriting::refused);
        EXPECT_TRUE(result.existing.empty());
        const auto desk = load_desk(folder.path() / "new");
        EXPECT_TRUE(desk.has_value()) << preset << '\n' << (desk ? "" : render_all(desk.error()));
    }
}

TEST(WriteConfigFolder, PutsTheDatabaseIntoAFolderOfItsOwner) {
    const ConfigFolder folder;
    write_config_folder(folder.path(), "school", Overwriting::refused);
    EXPECT_EQ(mode_of(folder.path() / "data"), 0700U);
    const auto settings = load_settings(folder.path());
    ASSERT_TRUE(settings.has_value());
    EXPECT_EQ(settings->database, folder.path() / "data/bellhop.db");
}

TEST(WriteConfigFolder, GivesTheModesThatAreMeantWhateverTheUmaskIs) {
    for (const mode_t mask : {0U, 022U, 077U}) {
        const ConfigFolder folder;
        const mode_t before = umask(mask);
        write_config_folder(folder.path() / "a/new", "school", Overwriting::refused);
        umask(before);
        EXPECT_EQ(mode_of(folder.path() / "a/new"), 0755U) << mask;
        EXPECT_EQ(mode_of(folder.path() / "a/new/templates"), 0755U) << mask;
        EXPECT_EQ(mode_of(folder.path() / "a/new/bellhop.toml"), 0644U) << mask;
        EXPECT_EQ(mode_of(folder.path() / "a/new/data"), 0700U) << mask;
    }
}

TEST(WriteConfigFolder, OverwritesNothingUnlessWanted) {
    const ConfigFolder folder;
    folder.write("templates/oversize.txt", "mine");
    const WrittenFolder refused =
        write_config_folder(folder.path(), "school", Overwriting::refused);
    EXPECT_EQ(refused.existing, (std::vector<std::string>{"templates/oversize.txt"}));
    EXPECT_TRUE(refused.written.empty());
    EXPECT_EQ(folder.read("templates/oversize.txt"), "mine");
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "bellhop.toml"));

    const WrittenFolder wanted = write_config_folder(folder.path(), "school", Overwriting::wanted);
    EXPECT_EQ(wanted.written.size(), preset_files("school").size());
    EXPECT_TRUE(folder.read("templates/oversize.txt").starts_with("Subject: "));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "bellhop.toml.new"));
}

TEST(WriteConfigFolder, DoesNotFollowALinkThatIsInTheWay) {
    const ConfigFolder folder;
    const auto elsewhere = folder.write("elsewhere", "mine");
    std::filesystem::create_symlink(elsewhere, folder.path() / "bellhop.toml");
    EXPECT_EQ(write_config_folder(folder.path(), "school", Overwriting::refused).existing,
              (std::vector<std::string>{"bellhop.toml"}));
    write_config_folder(folder.path(), "school", Overwriting::wanted);
    EXPECT_EQ(folder.read("elsewhere"), "mine");
}

TEST(WriteConfigFolder, SaysWhereItCannotWrite) {
    const ConfigFolder folder;
    folder.write("file", "x");
    EXPECT_THROW(write_config_folder(folder.path() / "file", "school", Overwriting::refused),
                 std::system_error);
}

}  // namespace
}  // namespace bellhop::daemon
