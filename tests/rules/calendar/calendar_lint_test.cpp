#include "rules/calendar/calendar_lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/calendar/calendar_file.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

const std::string term = "zone = \"Europe/London\"\n[hours.term]\nweekdays = \"08:30-16:30\"\n";

CalendarEntry entry_of(const std::string& text) {
    auto entries =
        load_calendar_file("calendar.toml", text, [](const std::string&) { return std::nullopt; });
    EXPECT_TRUE(entries.has_value()) << text;
    return entries.has_value() ? entries->front() : CalendarEntry{};
}

std::string lint(const std::string& text, std::string_view now) {
    std::string all;
    for (const auto& one : lint_calendar(entry_of(text), utc(now))) {
        all += std::to_string(one.where.line) + ": " + one.message + "\n";
    }
    return all;
}

TEST(CalendarLint, WarnsOfGapsBankHolidaysAndIdleClosures) {
    EXPECT_EQ(
        lint(term + R"([[period]]
name = "Autumn term, first half"
from = 2026-09-02
to = 2026-10-23
hours = "term"
[[period]]
name = "Autumn term, second half"
from = 2026-11-02
to = 2026-12-18
hours = "term"
[[period]]
name = "Spring and summer"
from = 2027-01-04
to = 2027-07-21
hours = "term"
[[closed]]
name = "Christmas Eve"
dates = [2026-12-24]
[[closed]]
name = "Easter"
from = 2027-03-26
to = 2027-04-09
[[closed]]
name = "Training on a Sunday"
dates = [2027-01-10]
)",
             "2026-10-01T12:00:00Z"),
        R"(9: nothing is said about 2026-10-24 to 2026-11-01, before "Autumn term, second half"; it is reckoned as closed
14: nothing is said about 2026-12-19 to 2027-01-03, before "Spring and summer"; it is reckoned as closed
14: "Spring and summer" is open on 2027-05-03, early May bank holiday
14: "Spring and summer" is open on 2027-05-31, spring bank holiday
19: "Christmas Eve" closes 2026-12-24, when the desk has no hours anyway
26: "Training on a Sunday" closes 2027-01-10, when the desk has no hours anyway
)");
}

TEST(CalendarLint, WarnsOfWhatComesNear) {
    const std::string text = "otherwise = \"closed\"\n" + term + R"([[period]]
name = "Term"
from = 2026-09-02
to = 2026-10-23
hours = "term"
[[period]]
name = "Half-term"
from = 2026-10-26
to = 2026-10-30
hours = "not yet published"
[[period]]
name = "Rest"
from = 2026-11-02
to = 2026-12-18
hours = "term"
)";
    EXPECT_EQ(lint(text, "2026-08-01T12:00:00Z"), "");
    EXPECT_EQ(
        lint(text, "2026-09-15T12:00:00Z"),
        "10: the hours of \"Half-term\" (2026-10-26 to 2026-10-30) are not yet published; they are "
        "reckoned as closed\n");
    EXPECT_EQ(lint(text, "2026-11-15T12:00:00Z"),
              "1: calendar \"desk\" ends on 2026-12-18; after it the desk counts as closed\n");
    EXPECT_EQ(lint(text, "2027-01-15T12:00:00Z"),
              "1: calendar \"desk\" ended on 2026-12-18; since then the desk counts as closed\n");
}

TEST(CalendarLint, WarnsOfHoursWhileTheClockIsChanged) {
    EXPECT_EQ(
        lint("zone = \"Europe/Paris\"\notherwise = \"always\"\n[hours.always]\nsunday = "
             "\"01:00-05:00\"\n",
             "2026-10-01T12:00:00Z"),
        "1: the desk is open while the clock is changed on 2026-10-25; a minute that is skipped or "
        "shown twice counts as the clock shows it\n");
    EXPECT_THAT(lint("zone = \"Europe/London\"\notherwise = \"always\"\n[hours.always]\nsunday = "
                     "\"00:00-05:00\"\n",
                     "2026-12-01T12:00:00Z"),
                testing::HasSubstr("while the clock is changed on 2027-03-28;"));
}

TEST(CalendarLint, KnowsUntilWhenACalendarSaysSomething) {
    CalendarPlan plan;
    EXPECT_EQ(said_until(plan), std::chrono::local_days{});  // of nothing it says anything
    plan.periods = {{.name = "term", .first = date("2026-09-02"), .last = date("2026-12-18")},
                    {.name = "closed", .first = date("2026-12-19"), .last = date("2027-01-03")}};
    plan.periods[0].hours = week({{"mon tue wed thu fri", "08:00-16:00"}});
    EXPECT_EQ(said_until(plan), date("2026-12-18"));
    plan.special_days = {
        {.name = "fair", .date = date("2027-01-02"), .hours = hours("10:00-12:00")}};
    EXPECT_EQ(said_until(plan), date("2027-01-02"));
    plan.weekly = week({{"mon", "08:00-16:00"}});
    EXPECT_EQ(said_until(plan), std::nullopt);
}

TEST(CalendarLint, FindsTheFirstPeriodThatIsNotPublished) {
    const CalendarPlan plan = school_plan();
    const auto next = next_unpublished(plan, date("2026-09-10"));
    ASSERT_TRUE(next.has_value());
    EXPECT_EQ(next_unpublished(plan, next->last)->first, next->first);  // it has not ended yet
    EXPECT_EQ(next_unpublished(plan, next->last + std::chrono::days{1}), std::nullopt);
}

}  // namespace
}  // namespace bellhop::rules
