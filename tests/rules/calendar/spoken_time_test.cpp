#include "rules/calendar/spoken_time.hpp"

#include <gtest/gtest.h>

#include "rules/calendar/instant.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

const std::chrono::sys_seconds now = london("2026-12-01 10:00");  // a Tuesday, in term

std::string instant_of(std::string_view text, WordStyle style = WordStyle::british) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    const auto spoken = parse_spoken_time(text, style);
    if (!spoken) return "not understood";
    const auto instant = instant_to_come(*spoken, desk, now);
    return instant ? moment_for_log(desk, *instant) : "none to come";
}

std::string past(std::string_view text) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    const auto spoken = parse_spoken_time(text, WordStyle::british);
    if (!spoken) return "not understood";
    const auto instant = instant_past(*spoken, desk, now);
    return instant ? moment_for_log(desk, *instant) : "none past";
}

std::string day_of(std::string_view text) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    const auto spoken = parse_spoken_time(text, WordStyle::british);
    if (!spoken) return "not understood";
    const auto day = day_to_come(*spoken, desk, now);
    return day ? to_text(*day) : "none to come";
}

struct Case {
    std::string text;
    std::string meant;
};

TEST(SpokenTime, MeansTheNextSuchInstant) {
    const std::vector<Case> cases{
        {"thursday", "Thu 2026-12-03 16:30 GMT"},
        {"Thu", "Thu 2026-12-03 16:30 GMT"},
        {"by Friday", "Fri 2026-12-04 16:00 GMT"},
        {"tuesday", "Tue 2026-12-08 16:30 GMT"},
        {"today", "Tue 2026-12-01 16:30 GMT"},
        {"tomorrow", "Wed 2026-12-02 16:30 GMT"},
        {"tomorrow at 3pm", "Wed 2026-12-02 15:00 GMT"},
        {"tomorrow 3 p.m.", "Wed 2026-12-02 15:00 GMT"},
        {"Thurs 9.15", "Thu 2026-12-03 09:15 GMT"},
        {"next thursday noon", "Thu 2026-12-03 12:00 GMT"},
        {"3 Dec 12:00", "Thu 2026-12-03 12:00 GMT"},
        {"3 December, 12.30 pm", "Thu 2026-12-03 12:30 GMT"},
        {"Thu 3 Dec 12:00", "Thu 2026-12-03 12:00 GMT"},
        {"December 3rd", "Thu 2026-12-03 16:30 GMT"},
        {"the 3rd of December", "Thu 2026-12-03 16:30 GMT"},
        {"3 Dec 2026 8:30", "Thu 2026-12-03 08:30 GMT"},
        {"5 Jan", "Tue 2027-01-05 16:30 GMT"},
        {"3/12", "Thu 2026-12-03 16:30 GMT"},
        {"3/12/2026", "Thu 2026-12-03 16:30 GMT"},
        {"3.12.26 9:00", "Thu 2026-12-03 09:00 GMT"},
        {"2026-12-03", "Thu 2026-12-03 16:30 GMT"},
        {"2026-12-03 12:00", "Thu 2026-12-03 12:00 GMT"},
        {"2026-12-03T12:00", "Thu 2026-12-03 12:00 GMT"},
        {"2026-12-03T12:00:00Z", "Thu 2026-12-03 12:00 GMT"},
        {"2027-07-01 12:00", "Thu 2027-07-01 12:00 BST"},
        {"15:00", "Tue 2026-12-01 15:00 GMT"},
        {"9:00", "Wed 2026-12-02 09:00 GMT"},
        {"12 am", "Wed 2026-12-02 00:00 GMT"},
        {"in 2h", "Tue 2026-12-01 12:00 GMT"},
        {"in 90 min", "Tue 2026-12-01 11:30 GMT"},
        {"saturday", "Sun 2026-12-06 00:00 GMT"},  // no hours on that day: all of it
        {"18 Dec", "Fri 2026-12-18 12:00 GMT"}};   // the last day of term ends at noon
    for (const Case& one : cases) EXPECT_EQ(instant_of(one.text), one.meant) << one.text;
    EXPECT_EQ(instant_of("12/3", WordStyle::american), "Thu 2026-12-03 16:30 GMT");
}

TEST(SpokenTime, RefusesWhatIsNoneOrPast) {
    for (const char* text :
         {"", "soon", "thursday or friday", "thursday thursday", "3", "Dec", "3 Dec 4", "2026",
          "31/11", "13:60", "25:00", "13 pm", "3 Dec 12:00 GMT", "at", "0 Dec", "12:00 13:00",
          "thursday 3 Dec 2026 12:00 and what else there may be to be said of it"}) {
        EXPECT_EQ(instant_of(text), "not understood") << text;
    }
    for (const char* text : {"yesterday", "2026-11-30", "30/11/2026", "2026-12-01T09:00:00Z",
                             "today 9:00", "Fri 3 Dec", "31 Nov"}) {
        const std::string found = instant_of(text);
        EXPECT_TRUE(found == "none to come" || found == "not understood") << text << found;
    }
}

TEST(SpokenTime, OfADayIsNotToday) {
    EXPECT_EQ(day_of("thursday"), "2026-12-03");
    EXPECT_EQ(day_of("today"), "2026-12-01");
    EXPECT_EQ(day_of("3/12/2026"), "2026-12-03");
    EXPECT_EQ(day_of("2026-12-03T23:30:00Z"), "2026-12-03");
    EXPECT_EQ(day_of("29 Feb"), "2028-02-29");
    EXPECT_EQ(day_of("yesterday"), "none to come");
    EXPECT_EQ(day_of("15:00"), "none to come");
}

TEST(SpokenTime, LooksBackWhereThePastIsMeant) {
    EXPECT_EQ(past("monday"), "Mon 2026-11-30 00:00 GMT");
    EXPECT_EQ(past("tuesday"), "Tue 2026-12-01 00:00 GMT");
    EXPECT_EQ(past("yesterday 14:00"), "Mon 2026-11-30 14:00 GMT");
    EXPECT_EQ(past("3 Dec"), "Wed 2025-12-03 00:00 GMT");
    EXPECT_EQ(past("90d"), "Wed 2026-09-02 11:00 BST");
    EXPECT_EQ(past("15:00"), "Mon 2026-11-30 15:00 GMT");
    EXPECT_EQ(past("2026-12-24"), "none past");
}

}  // namespace
}  // namespace bellhop::rules
