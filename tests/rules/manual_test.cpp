// The examples of bellhop-sla(5), bellhop-calendar(5) and bellhop-people(5) do what the pages say.
#include <optional>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/calendar/business_calendar.hpp"
#include "rules/calendar/calendar_file.hpp"
#include "rules/people/people.hpp"
#include "rules/sla/sla_file.hpp"
#include "rules/sla/target_words.hpp"
#include "tests/rules/calendar_fixtures.hpp"
#include "tests/rules/manual_page.hpp"

namespace bellhop::rules {
namespace {

using testing::ElementsAre;

/// What `load` makes of an example; a failure of the test, with the complaints, where it refuses
/// it.
template <class Load>
auto loaded_with(const Load& load, const std::string& example) {
    auto result = load(example);
    std::string complaints;
    if (result.has_error()) {
        for (const parsers::Diagnostic& one : result.error()) complaints += render(one, example);
    }
    EXPECT_EQ(complaints, "");
    return result.has_value() ? std::optional{*std::move(result)} : std::nullopt;
}

std::optional<SlaPolicy> sla(const std::string& example) {
    return loaded_with([](const std::string& text) { return load_sla_file("sla.toml", text); },
                       example);
}

std::optional<People> people(const std::string& example) {
    return loaded_with([](const std::string& text) { return load_people("people.toml", text); },
                       example);
}

/// The files that the page imports: its own list, and term dates as a school office has them.
std::optional<std::string> imported_file(const std::string& name) {
    static const ManualPage page = manual_page("bellhop-calendar.5");
    if (name == "bank-holidays.txt") return page.lists.at(0);
    if (name != "term-dates.ics") return std::nullopt;
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Half-term\r\n"
           "DTSTART;VALUE=DATE:20270215\r\nDTEND;VALUE=DATE:20270220\r\nEND:VEVENT\r\n"
           "END:VCALENDAR\r\n";
}

/// The calendars of an example, each of which can be reckoned with.
std::vector<BusinessCalendar> calendars(const std::string& example) {
    const auto entries = loaded_with(
        [](const std::string& text) {
            return load_calendar_file("calendar.toml", text, imported_file);
        },
        example);
    std::vector<BusinessCalendar> all;
    for (const CalendarEntry& entry : entries.value_or(std::vector<CalendarEntry>{})) {
        all.push_back(calendar_of(entry.plan));
    }
    return all;
}

std::string day(const BusinessCalendar& calendar, std::string_view on) {
    const DayInForce found = calendar.day_in_force(date(on));
    return to_text(found.hours) + " (" + found.name + ")";
}

/// The example that holds `words`, behind the beginning that all examples of its page share.
std::string example_with(const ManualPage& page, std::string_view words) {
    for (std::size_t i = 1; i < page.examples.size(); ++i) {
        if (page.examples[i].find(words) != std::string::npos) {
            return page.examples[0] + page.examples[i];
        }
    }
    ADD_FAILURE() << "no example with " << words;
    return page.examples[0];
}

TEST(SlaManual, ShowsExamplesThatWork) {
    const std::vector<std::string> blocks = manual_page("bellhop-sla.5").examples;
    ASSERT_GE(blocks.size(), 7U);
    const auto beginning = sla(blocks[0]);
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        SCOPED_TRACE(blocks[i]);
        const auto policy = sla(blocks[0] + blocks[i]);
        EXPECT_NE(policy, beginning) << "it says nothing";
    }
}

TEST(SlaManual, NamesOnlyTargetsThatAreRead) {
    const std::vector<std::string> targets = manual_page("bellhop-sla.5", "TARGETS").values;
    ASSERT_GE(targets.size(), 10U);
    for (const std::string& target : targets) EXPECT_TRUE(parse_target(target, {})) << target;
}

/// The beginning gives every default that the page names: without these lines nothing changes.
TEST(SlaManual, NamesTheDefaults) {
    const std::string beginning = manual_page("bellhop-sla.5").examples.at(0);
    EXPECT_EQ(sla(beginning), sla(beginning.substr(beginning.find("[priority"))));
}

TEST(SlaManual, ReplacesTargetsOfAPlanAndOfAVersionAsAWhole) {
    const std::string beginning = manual_page("bellhop-sla.5").examples.at(0);
    const auto policy = sla(beginning +
                            "[plan.small.P1]\nresolve = \"1 week\"\n"
                            "[[version]]\nfrom = 2027-01-04\npriority.P2.resolve = \"1 week\"\n");
    ASSERT_TRUE(policy);
    EXPECT_FALSE(targets_for(*policy, "P1", "small", date("2026-12-01")).response);
    EXPECT_TRUE(targets_for(*policy, "P1", "", date("2026-12-01")).response);
    EXPECT_TRUE(targets_for(*policy, "P2", "", date("2027-01-03")).response);
    EXPECT_FALSE(targets_for(*policy, "P2", "", date("2027-01-04")).response);
}

TEST(CalendarManual, ShowsExamplesThatWork) {
    const std::vector<std::string> blocks = manual_page("bellhop-calendar.5").examples;
    ASSERT_GE(blocks.size(), 7U);
    EXPECT_EQ(calendars(blocks[0]).size(), 1U);
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        SCOPED_TRACE(blocks[i]);
        EXPECT_FALSE(calendars(blocks[0] + blocks[i]).empty());
    }
}

TEST(CalendarManual, MeansWhatItSays) {
    const ManualPage page = manual_page("bellhop-calendar.5");
    const auto results = calendars(example_with(page, "override_closed"));
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(day(results[0], "2027-08-11"), "closed (Summer shutdown)");
    EXPECT_EQ(day(results[0], "2027-08-12"), "07:00-16:00 (Exam results)");
    EXPECT_EQ(day(results[0], "2027-08-24"), "09:00-15:00 (holidays)");

    const auto imports = calendars(example_with(page, "file ="));
    ASSERT_EQ(imports.size(), 1U);
    EXPECT_EQ(day(imports[0], "2027-02-19"), "closed (Half-term)");
    EXPECT_EQ(day(imports[0], "2027-02-22"), "09:00-15:00 (holidays)");
    EXPECT_EQ(day(imports[0], "2027-03-29"), "closed (Bank holidays)");

    const auto others = calendars(example_with(page, "like ="));
    ASSERT_EQ(others.size(), 3U);
    EXPECT_EQ(day(others[0], "2027-01-14"), "09:00-15:00 (holidays)");
    EXPECT_EQ(day(others[1], "2027-01-14"), "closed (Snow)");
    EXPECT_EQ(day(others[2], "2027-01-14"), "07:30-17:30 (Spring term)");
}

TEST(CalendarManual, NamesOnlyDaysAndHoursThatAreRead) {
    const std::vector<std::string> values =
        manual_page("bellhop-calendar.5", "[hours.NAME]").values;
    ASSERT_GE(values.size(), 10U);
    for (const std::string& value : values) {
        const bool is_hours = value == "closed" || value.find(':') != std::string::npos;
        const std::string line =
            is_hours ? "monday = \"" + value + "\"\n" : value + " = \"closed\"\n";
        calendars("zone = \"Europe/London\"\n[hours.week]\n" + line);
    }
}

TEST(PeopleManual, ShowsExamplesThatWork) {
    const ManualPage page = manual_page("bellhop-people.5");
    ASSERT_GE(page.examples.size(), 7U);
    for (std::size_t i = 1; i < page.examples.size(); ++i) {
        SCOPED_TRACE(page.examples[i]);
        people(page.examples[0] + page.examples[i]);
    }
}

TEST(PeopleManual, MeansWhatItSays) {
    const ManualPage page = manual_page("bellhop-people.5");
    const auto patterns = people(example_with(page, "[groups]"));
    ASSERT_TRUE(patterns);
    EXPECT_EQ(patterns->sender("14ann@hill.example.org"),
              (Sender{"Hill Primary", "BasePlus+", "", {"pupil"}}));
    EXPECT_EQ(patterns->sender("office@kitchen.hill.example.org"),
              (Sender{"Hill Primary", "BasePlus+", "", {"staff"}}));
    EXPECT_EQ(patterns->sender("mum@families.example.org"), (Sender{"", "", "", {"parent"}}));
    EXPECT_EQ(patterns->sender("x@elsewhere.example"), (Sender{"", "", "", {"unknown"}}));

    const auto contacts = people(example_with(page, "[[contact]]"));
    ASSERT_TRUE(contacts);
    EXPECT_THAT(contacts->contacts_of("Hill Primary", "slt"), ElementsAre("head@hill.example.org"));
    EXPECT_THAT(contacts->sender("head@hill.example.org").groups,
                ElementsAre("nominated contact", "slt", "staff"));

    const auto technicians = people(example_with(page, "[[technician]]"));
    ASSERT_TRUE(technicians);
    EXPECT_THAT(technicians->addresses_of("network"), ElementsAre("tom@desk.example.org"));
}

}  // namespace
}  // namespace bellhop::rules
