// A desk as its folder describes it: which files it is made of.
#include "daemon/desk/desk.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/desk/config_folder.hpp"
#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

using testing::Contains;
using testing::EndsWith;

const std::string holidays =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Christmas holidays\r\n"
    "DTSTART;VALUE=DATE:20271218\r\nDTEND;VALUE=DATE:20280104\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// A desk whose term dates stand in a file of a folder below.
class DeskFiles : public testing::Test {
protected:
    DeskFiles() {
        write_config_folder(folder_.path(), "school", Overwriting::refused);
        folder_.write("terms/2027.ics", holidays);
        folder_.write("calendar.toml",
                      folder_.read("calendar.toml") + "\n[[closed]]\nfile = \"terms/2027.ics\"\n");
    }

    ConfigFolder folder_;
};

TEST_F(DeskFiles, AreAllThatDecideSomething) {
    const auto desk = load_desk(folder_.path());
    ASSERT_TRUE(desk.has_value()) << parsers::render(desk.error().front(), "");
    const std::vector<std::string> files = files_of(*desk);
    for (const char* name : {"/bellhop.toml", "/rules.toml", "/tests.toml", "/people.toml",
                             "/sla.toml", "/calendar.toml", "/terms/2027.ics"}) {
        EXPECT_THAT(files, Contains(EndsWith(name)));
    }
}

/// A list of tickets is wanted most where something is wrong.
TEST_F(DeskFiles, AreReadWithoutTheRulesWhereThosePlayNoPart) {
    folder_.write("rules.toml", "no rules at all");
    const auto without = [this] {
        return load_desk(folder_.path(), OwnTests::may_fail, RulesFile::left_out);
    };
    EXPECT_TRUE(load_desk(folder_.path()).has_error());
    const auto desk = without();
    ASSERT_TRUE(desk.has_value()) << parsers::render(desk.error().front(), "");
    EXPECT_FALSE(desk->policy.priorities.empty());
    EXPECT_NE(desk->rules.known_people(), nullptr);
    // Without sla.toml only the rules know the priorities.
    std::filesystem::remove(folder_.path() / "sla.toml");
    EXPECT_TRUE(without().has_error());
}

/// Timers are reckoned again where anything changes that they hang on.
TEST_F(DeskFiles, ChangeTheDigestOfTime) {
    const std::string before = load_desk(folder_.path())->time_digest;
    EXPECT_EQ(load_desk(folder_.path())->time_digest, before);
    folder_.write("rules.toml", folder_.read("rules.toml") + "\n# a remark\n");
    EXPECT_EQ(load_desk(folder_.path())->time_digest, before);
    folder_.write("terms/2027.ics", holidays + "\r\n");
    EXPECT_NE(load_desk(folder_.path())->time_digest, before);
}

}  // namespace
}  // namespace bellhop::daemon
