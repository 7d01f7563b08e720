#include "daemon/desk/desk_time.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

const std::string two_calendars =
    "zone = \"Europe/London\"\notherwise = \"term\"\n[hours.term]\nweekdays = \"08:30-16:30\"\n"
    "[calendar.exams]\nlike = \"desk\"\n";

TEST(DeskTime, KnowsCalendarsByName) {
    const ConfigFolder folder;
    folder.write("calendar.toml", two_calendars);
    const auto desk = load_calendars(folder.path());
    ASSERT_TRUE(desk.has_value()) << desk.error().front().message;
    EXPECT_EQ(desk->find(""), &desk->calendars.front());
    ASSERT_NE(desk->find("exams"), nullptr);
    EXPECT_EQ(desk->find("exams")->plan().name, "exams");
    EXPECT_EQ(desk->entry("exams").plan.name, "exams");
    EXPECT_EQ(desk->find("nobody's"), nullptr);
    EXPECT_EQ(desk->text, two_calendars);
}

TEST(DeskTime, NamesTheFilesThatDecideSomething) {
    const ConfigFolder folder;
    folder.write("calendar.toml", two_calendars + "[[closed]]\nfile = \"terms.ics\"\n");
    EXPECT_TRUE(load_calendars(folder.path()).has_error());  // it is not there
    folder.write("terms.ics",
                 "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Christmas\r\n"
                 "DTSTART;VALUE=DATE:20271218\r\nDTEND;VALUE=DATE:20280104\r\nEND:VEVENT\r\n"
                 "END:VCALENDAR\r\n");
    const auto desk = load_calendars(folder.path());
    ASSERT_TRUE(desk.has_value()) << desk.error().front().message;
    ASSERT_EQ(desk->files.size(), 1U);
    EXPECT_EQ(desk->files[0], folder.path() / "terms.ics");
}

TEST(DeskTime, ComplainsOfWhatCannotBeRead) {
    const ConfigFolder folder;
    EXPECT_TRUE(load_calendars(folder.path()).has_error());
    EXPECT_TRUE(load_sla_policy(folder.path()).has_error());
    folder.write("sla.toml",
                 "default = \"P1\"\n[priority.P1]\nname = \"Major\"\nrespond = \"30 minutes\"\n"
                 "resolve = \"4 hours\"\n");
    EXPECT_TRUE(load_sla_policy(folder.path()).has_value());
}

TEST(DeskTime, IsOpenAroundTheClockWhereNoHoursAreWrittenDown) {
    const DeskCalendars desk = open_around_the_clock("Europe/London");
    const auto start = std::chrono::sys_days{std::chrono::year{2026} / 10 / 24};
    for (int hour = 0; hour < 72; ++hour)  // over the change of the clock
        EXPECT_TRUE(desk.find("")->is_open(start + std::chrono::hours{hour})) << hour;
}

TEST(DeskTimeDeathTest, HasNoEntryForANameThatNobodyHas) {
    const DeskCalendars desk = open_around_the_clock("Europe/London");
    EXPECT_DEATH(desk.entry("nobody's"), "calendar != nullptr");
}

}  // namespace
}  // namespace bellhop::daemon
