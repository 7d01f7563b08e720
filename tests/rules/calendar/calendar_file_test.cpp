#include "rules/calendar/calendar_file.hpp"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/calendar/calendar_lint.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using testing::IsEmpty;

std::optional<std::string> no_files(const std::string&) {
    return std::nullopt;
}

/// What the operator reads; empty where the file is in order.
std::string complaints(const std::string& text, const FileReader& read_file = no_files) {
    const auto loaded = load_calendar_file("calendar.toml", text, read_file);
    std::string all;
    if (loaded.has_value()) return all;
    for (const parsers::Diagnostic& one : loaded.error()) all += render(one, text);
    return all;
}

std::vector<CalendarEntry> loaded(const std::string& text, const FileReader& read_file = no_files) {
    auto entries = load_calendar_file("calendar.toml", text, read_file);
    if (entries.has_value()) return *std::move(entries);
    ADD_FAILURE() << complaints(text, read_file);
    return {CalendarEntry{}};
}

std::string day(const CalendarEntry& entry, std::string_view on) {
    const DayInForce found = calendar_of(entry.plan).day_in_force(date(on));
    return to_text(found.hours) + " (" + found.name + ")";
}

const std::string term = "zone = \"Europe/London\"\n[hours.term]\nweekdays = \"08:30-16:30\"\n";

TEST(CalendarFile, ReadsWeeksPeriodsClosuresAndDays) {
    const std::string text = R"(
zone = "Europe/London"
otherwise = "holidays"
[hours.term]
monday_to_thursday = ["08:30-12:00", "13:00-16:30"]
friday = "08:30-12:00, 13:00-16:00"
[hours.holidays]
weekdays = "09:00-15:00"
wednesday = "closed"
[[period]]
name = "Autumn term"
from = 2026-09-02
to = 2026-12-18
hours = "term"
[[period]]
name = "Easter"
from = 2027-03-26
to = 2027-04-09
hours = "not yet published"
[[closed]]
name = "Half-term"
from = 2026-10-26
to = 2026-10-30
[[day]]
name = "Exam day"
date = 2026-10-06
hours = "07:00-16:00"
)";
    const std::vector<CalendarEntry> entries = loaded(text);
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].plan.name, "desk");
    EXPECT_EQ(day(entries[0], "2026-10-05"), "08:30-12:00, 13:00-16:30 (Autumn term)");
    EXPECT_EQ(day(entries[0], "2026-10-09"), "08:30-12:00, 13:00-16:00 (Autumn term)");
    EXPECT_EQ(day(entries[0], "2026-10-06"), "07:00-16:00 (Exam day)");
    EXPECT_EQ(day(entries[0], "2026-10-28"), "closed (Half-term)");
    EXPECT_EQ(day(entries[0], "2026-12-22"), "09:00-15:00 (holidays)");
    EXPECT_EQ(day(entries[0], "2026-12-23"), "closed (holidays)");
    EXPECT_EQ(day(entries[0], "2027-03-30"), "closed (Easter)");
}

TEST(CalendarFile, LetsAnotherCalendarBeLikeTheDesks) {
    const std::vector<CalendarEntry> entries = loaded(term + R"(
[[period]]
name = "Term"
from = 2026-09-02
to = 2026-12-18
hours = "term"
[[day]]
name = "Exam day"
date = 2026-10-06
hours = "07:00-16:00"
[[closed]]
name = "Training"
dates = [2026-10-07, 2026-10-08]
[calendar.hilltop]
like = "desk"
[[calendar.hilltop.closed]]
name = "Snow"
from = 2026-10-05
to = 2026-10-07
[[calendar.hilltop.day]]
name = "Open all the same"
date = 2026-10-08
hours = "10:00-12:00"
[calendar.harbour]
otherwise = "week"
[calendar.harbour.hours.week]
every_day = "00:00-24:00"
)");
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[1].plan.name, "hilltop");
    EXPECT_EQ(day(entries[1], "2026-10-05"), "closed (Snow)");
    EXPECT_EQ(day(entries[1], "2026-10-06"), "closed (Snow)") << "not the desk's exam day";
    EXPECT_EQ(day(entries[1], "2026-10-07"), "closed (Snow)");
    EXPECT_EQ(day(entries[1], "2026-10-08"), "10:00-12:00 (Open all the same)");
    EXPECT_EQ(day(entries[1], "2026-10-09"), "08:30-16:30 (Term)");
    EXPECT_EQ(day(entries[2], "2026-10-10"), "00:00-24:00 (week)");
    EXPECT_EQ(entries[2].plan.zone, "Europe/London");
}

TEST(CalendarFile, TakesClosedDatesFromAFile) {
    const std::string text = "otherwise = \"term\"\n" + term + R"([[closed]]
file = "holidays.ics"
[[closed]]
name = "Christmas shutdown"
from = 2026-12-24
to = 2027-01-01
)";
    const auto read_file = [](const std::string& name) -> std::optional<std::string> {
        EXPECT_EQ(name, "holidays.ics");
        return "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261026\n"
               "DTEND;VALUE=DATE:20261031\nSUMMARY:Half-term\nEND:VEVENT\nBEGIN:VEVENT\n"
               "DTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas Day\nEND:VEVENT\nEND:VCALENDAR\n";
    };
    const std::vector<CalendarEntry> entries = loaded(text, read_file);
    EXPECT_EQ(day(entries[0], "2026-10-30"), "closed (Half-term)");
    EXPECT_EQ(day(entries[0], "2026-12-25"), "closed (Christmas shutdown)");
    EXPECT_EQ(complaints(term + "[[closed]]\nfile = \"gone.ics\"\n"),
              "calendar.toml:5:8: error: cannot read \"gone.ics\"\n"
              "    5 | file = \"gone.ics\"\n"
              "      |        ^~~~~~~~~~\n");
}

/// Whatever year it is, and whatever the calendar says of terms.
TEST(CalendarFile, ClosesEveryYearWhatRepeatsEveryYear) {
    const auto read_file = [](const std::string&) -> std::optional<std::string> {
        return "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20241225\n"
               "RRULE:FREQ=YEARLY\nSUMMARY:Christmas Day\nEND:VEVENT\nEND:VCALENDAR\n";
    };
    const std::string text = "otherwise = \"term\"\n" + term + "[[closed]]\nfile = \"x.ics\"\n";
    const CalendarEntry entry = loaded(text, read_file).front();
    for (int year = 2024; year <= 2100; ++year) {
        const std::string christmas = std::to_string(year) + "-12-25";
        EXPECT_EQ(day(entry, christmas), "closed (Christmas Day)");
    }
}

/// A calendar of which a part was dropped would promise days on which nobody works.
TEST(CalendarFile, DropsNothingBeyondItsLimitsSilently) {
    const auto complains = [](const std::string& text, const std::string& kind) {
        const auto loaded = load_calendar_file("calendar.toml", term + text, no_files);
        ASSERT_TRUE(loaded.has_error()) << kind;
        ASSERT_EQ(loaded.error().size(), 1U) << kind;
        EXPECT_EQ(loaded.error()[0].message,
                  "more than 5000 dates or spans in all [[" + kind + "]] of a calendar");
    };
    complains(
        "[[day]]\nname = \"x\"\nhours = \"10:00-11:00\"\nfrom = 2026-01-01\nto = 2039-12-31\n",
        "day");
    std::string dates;
    std::string periods;
    for (int i = 0; i <= 5000; ++i) {
        const std::string one = to_text(date("2026-01-01") + std::chrono::days{i});
        dates += one + ",\n";
        periods += "[[period]]\nname = \"" + one + "\"\nhours = \"term\"\nfrom = " + one +
                   "\nto = " + one + "\n";
    }
    complains("[[closed]]\nname = \"x\"\ndates = [\n" + dates + "]\n", "closed");
    complains(periods, "period");
}

TEST(CalendarFile, TellsAllComplaintsAtOnce) {
    EXPECT_EQ(complaints(R"(zone = "Europe/Lodnon"
otherwise = "holidays"
[hours.term]
monday_to_thursday = "16:30-16:30"
fryday = "08:30-16:00"
[[period]]
name = "Autumn"
from = 2026-09-02
to = 2026-10-23
hours = "trem"
[[period]]
name = "Winter"
from = 2026-12-18
to = 2026-11-02
hours = "term"
[[closed]]
name = "Never"
)"),
              R"(calendar.toml:1:8: error: unknown time zone "Europe/Lodnon"
    1 | zone = "Europe/Lodnon"
      |        ^~~~~~~~~~~~~~~
      = expected a name such as "Europe/London"
calendar.toml:2:13: error: unknown hours "holidays"
    2 | otherwise = "holidays"
      |             ^~~~~~~~~~
      = expected one of: term, closed, not yet published
calendar.toml:4:22: error: no opening hours "16:30-16:30"
    4 | monday_to_thursday = "16:30-16:30"
      |                      ^~~~~~~~~~~~~
      = write "08:30-16:30", ["08:30-12:00", "13:00-16:30"] or "closed"
calendar.toml:5:1: error: unknown day "fryday"
    5 | fryday = "08:30-16:00"
      | ^~~~~~
      = expected a day such as monday, or monday_to_thursday, weekdays, weekend, every_day
calendar.toml:10:9: error: unknown hours "trem"
   10 | hours = "trem"
      |         ^~~~~~
      = expected one of: term, closed, not yet published
      = did you mean "term"?
calendar.toml:14:6: error: "to" is before "from"
   14 | to = 2026-11-02
      |      ^~~~~~~~~~
      = "to" is the last date that belongs to it
calendar.toml:16:1: error: no dates
   16 | [[closed]]
      | ^~~~~~~~~~
      = write dates = [2026-12-25], or from = 2026-12-24 and to = 2027-01-01
)");
}

TEST(CalendarFile, RefusesWhatContradictsItself) {
    EXPECT_EQ(complaints(term + R"([[period]]
name = "Autumn term"
from = 2026-09-02
to = 2026-12-18
hours = "term"
[[period]]
name = "Half-term"
from = 2026-10-26
to = 2026-10-30
hours = "closed"
[[closed]]
name = "Training"
dates = [2026-10-01, 2026-10-02]
[[closed]]
name = "Training again"
dates = [2026-10-02]
[[day]]
name = "Open all the same"
date = 2026-10-01
hours = "10:00-12:00"
)"),
              R"(calendar.toml:11:8: error: overlaps "Autumn term" (line 4) on 2026-10-26
   11 | from = 2026-10-26
      |        ^~~~~~~~~~
      = for days off within a term use [[closed]], for single days [[day]]
calendar.toml:17:1: error: 2026-10-02 is closed twice: by "Training" (line 14) and "Training again"
   17 | [[closed]]
      | ^~~~~~~~~~
calendar.toml:20:1: error: 2026-10-01 is closed: "Training" (line 14)
   20 | [[day]]
      | ^~~~~~~
      = write override_closed = true if the desk is open all the same
)");
}

TEST(CalendarFile, RefusesHoursThatOverlapOrAreSaidTwice) {
    EXPECT_EQ(
        complaints("zone = \"Etc/UTC\"\n[hours.a]\nmonday = [\"08:00-12:00\", \"11:00-13:00\"]\n"
                   "[hours.b]\nmonday_to_wednesday = \"08:00-12:00\"\n"
                   "wednesday_to_friday = \"09:00-12:00\"\n"),
        "calendar.toml:3:11: error: hours: \"08:00-12:00\" and \"11:00-13:00\" overlap\n"
        "    3 | monday = [\"08:00-12:00\", \"11:00-13:00\"]\n"
        "      |           ^~~~~~~~~~~~~\n"
        "calendar.toml:6:23: error: the hours of one day are said twice, by monday_to_wednesday "
        "and "
        "wednesday_to_friday\n"
        "    6 | wednesday_to_friday = \"09:00-12:00\"\n"
        "      |                       ^~~~~~~~~~~~~\n");
}

TEST(CalendarFile, RefusesUnknownKeys) {
    EXPECT_THAT(complaints("zone = \"Etc/UTC\"\notherwize = \"closed\"\n"),
                testing::HasSubstr("2:1: error: unknown key \"otherwize\""));
    EXPECT_THAT(complaints(""), testing::HasSubstr("zone = \"Europe/London\""));
}

std::optional<std::string> read_example(const std::string& folder, const std::string& name) {
    std::ifstream file{std::string{BELLHOP_SOURCE_DIR} + "/docs/examples/" + folder + "/" + name};
    if (!file) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

TEST(CalendarFile, LoadsTheExamplesWithoutComplaint) {
    for (const std::string folder : {"school", "provider", "district", "tiered"}) {
        const auto text = read_example(folder, "calendar.toml");
        ASSERT_TRUE(text) << folder;
        const auto entries =
            loaded(*text, [&](const std::string& name) { return read_example(folder, name); });
        for (const CalendarEntry& entry : entries) {
            std::string warnings;
            for (const auto& one : lint_calendar(entry, utc("2026-12-01T12:00:00Z"))) {
                warnings += render(one, *text);
            }
            EXPECT_EQ(warnings, "") << folder << " " << entry.plan.name;
        }
    }
}

TEST(CalendarFile, KeepsTheExamplesHours) {
    const auto hours_in = [](const std::string& folder, std::string_view on) {
        const auto text = read_example(folder, "calendar.toml");
        const auto entries = loaded(
            text.value_or(""), [&](const std::string& name) { return read_example(folder, name); });
        return day(entries.front(), on);
    };
    EXPECT_EQ(hours_in("school", "2026-10-22"), "08:00-16:00 (Autumn term, first half)");
    EXPECT_EQ(hours_in("school", "2026-10-28"), "closed (October half-term)");
    EXPECT_EQ(hours_in("provider", "2026-10-23"), "08:30-16:00 (Autumn term, first half)");
    EXPECT_EQ(hours_in("provider", "2026-10-29"), "08:30-16:00 (non-term)");
    EXPECT_EQ(hours_in("provider", "2026-10-30"), "08:30-15:30 (non-term)");
    EXPECT_EQ(hours_in("provider", "2026-08-12"), "07:00-16:00 (Exam download day)");
    EXPECT_EQ(hours_in("tiered", "2026-10-29"), "09:00-17:00 (holidays)");
    EXPECT_EQ(hours_in("tiered", "2026-12-28"), "closed (Bank holidays)");
    EXPECT_EQ(hours_in("district", "2026-10-29"), "07:30-12:00, 12:30-16:00 (Fall semester)");
}

}  // namespace
}  // namespace bellhop::rules
