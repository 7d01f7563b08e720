#include "rules/calendar/ics_import.hpp"

#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

std::string ics(const std::vector<std::string>& events) {
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n";
    for (const std::string& event : events) {
        text += "BEGIN:VEVENT\r\nUID:1@example.org\r\nDTSTAMP:20260101T000000Z\r\n" + event +
                "END:VEVENT\r\n";
    }
    return text + "END:VCALENDAR\r\n";
}

/// "FIRST..LAST NAME; ..." of what is imported, then what is left out in brackets.
std::string told(const boost::system::result<ImportedDates, std::string>& dates) {
    if (dates.has_error()) return "error: " + dates.error();
    std::string text;
    for (const Closure& closure : dates->closures) {
        if (!text.empty()) text += "; ";
        text += to_text(closure.first);
        if (closure.last != closure.first) text += ".." + to_text(closure.last);
        text += " " + closure.name;
    }
    for (const std::string& why : dates->left_out) text += " [" + why + "]";
    return text;
}

std::string read(const std::vector<std::string>& events) {
    return told(read_ics(ics(events)));
}

TEST(IcsImport, TakesEveryDayOfHalfTerm) {
    EXPECT_EQ(
        read({"DTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261031\r\nSUMMARY:Half-term\r\n"}),
        "2026-10-26..2026-10-30 Half-term");
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas Day\r\n"}),
              "2026-12-25 Christmas Day");
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261224\r\nDURATION:P1W2D\r\nSUMMARY:Christmas\r\n"}),
              "2026-12-24..2027-01-01 Christmas");
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20260901\r\nDTEND;VALUE=DATE:20260901\r\n"}),
              "2026-09-01 closed")
        << "an end that is not after the start is seen in the wild";
}

TEST(IcsImport, SortsByDateAndUndoesFoldingAndEscapes) {
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20270101\r\nSUMMARY:New Year\\, a bank \r\n holiday\r\n",
                    "DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas Day\r\n"}),
              "2026-12-25 Christmas Day; 2027-01-01 New Year, a bank holiday");
}

TEST(IcsImport, LeavesOutWhatIsNotAWholeDay) {
    EXPECT_EQ(read({"DTSTART:20261026T090000Z\r\nDTEND:20261026T100000Z\r\nSUMMARY:Assembly\r\n",
                    "SUMMARY:Nowhere\r\n",
                    "DTSTART;VALUE=DATE:20261026\r\nSTATUS:CANCELLED\r\nSUMMARY:Off\r\n",
                    "DTSTART:20261027T000000\r\nSUMMARY:No end\r\n",
                    "DTSTART:20261027T000000\r\nDTEND:20261027T120000\r\nSUMMARY:Morning\r\n",
                    "DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas Day\r\n"}),
              "2026-12-25 Christmas Day [\"Assembly\": it is not an all-day event] [\"Nowhere\": "
              "it has no start] [\"No end\": it is not an all-day event] [\"Morning\": it is not "
              "an all-day event]");
}

TEST(IcsImport, UnfoldsPlainRepetitions) {
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nSUMMARY:C\r\n"}),
              "2026-12-25 C; 2027-12-25 C; 2028-12-25 C");
    EXPECT_EQ(
        read({"DTSTART;VALUE=DATE:20280229\r\nRRULE:FREQ=YEARLY;UNTIL=20300101\r\nSUMMARY:L\r\n"}),
        "2028-02-29 L");
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261002\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261101\r\n"
                    "EXDATE;VALUE=DATE:20261016\r\nSUMMARY:W\r\n"}),
              "2026-10-02 W; 2026-10-30 W");
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261031\r\nRRULE:FREQ=MONTHLY;COUNT=2\r\nSUMMARY:M\r\n"}),
              "2026-10-31 M; 2026-12-31 M");
}

/// Christmas comes every year, whenever the file was written.
TEST(IcsImport, TakesWhatRepeatsForEverUntilTheEndOfTheCentury) {
    const struct {
        const char* rule;
        const char* start;
        std::size_t dates;
        const char* last;
    } variations[] = {
        {"FREQ=YEARLY", "20261225", 75, "2100-12-25"},
        {"FREQ=YEARLY;INTERVAL=2", "20261225", 38, "2100-12-25"},
        {"FREQ=YEARLY", "19991225", 102, "2100-12-25"},
        {"FREQ=YEARLY", "20280229", 18, "2096-02-29"},
        {"FREQ=MONTHLY", "20260131", 525, "2100-12-31"},
        {"FREQ=WEEKLY", "20261002", 3875, "2100-12-31"},
    };
    for (const auto& each : variations) {
        const auto dates = read_ics(ics({std::string{"DTSTART;VALUE=DATE:"} + each.start +
                                         "\r\nRRULE:" + each.rule + "\r\nSUMMARY:C\r\n"}));
        ASSERT_TRUE(dates.has_value());
        EXPECT_EQ(dates->closures.size(), each.dates) << each.rule << each.start;
        EXPECT_EQ(to_text(dates->closures.back().last), each.last) << each.rule << each.start;
        EXPECT_TRUE(dates->left_out.empty());
    }
}

TEST(IcsImport, SaysUntilWhenItTakesWhatRepeatsTooOften) {
    const std::string daily = "DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=DAILY\r\nSUMMARY:D\r\n";
    const auto dates = read_ics(ics({daily, "DTSTART;VALUE=DATE:20300101\r\nSUMMARY:N\r\n"}));
    ASSERT_TRUE(dates.has_value());
    EXPECT_EQ(to_text(dates->closures.back().last), "2035-01-05");
    EXPECT_EQ(dates->left_out, (std::vector<std::string>{"what repeats after 2035-01-05: there are "
                                                         "more than 5000 dates"}));
}

/// What is beyond a limit is told: as left out, or as the reason why nothing is taken.
TEST(IcsImport, CutsNothingSilently) {
    const std::string many_days =
        "DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=DAILY;UNTIL=20990101\r\nSUMMARY:D\r\n"
        "END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:21000101\r\nSUMMARY:N\r\n";
    EXPECT_EQ(told(read_ics(ics({many_days}))), "error: there are more than 5000 dates");

    std::vector<std::string> meetings(102, "DTSTART:20261026T090000Z\r\nSUMMARY:Meeting\r\n");
    const auto left_out = read_ics(ics(meetings));
    ASSERT_TRUE(left_out.has_value());
    EXPECT_EQ(left_out->left_out.size(), 101U);
    EXPECT_EQ(left_out->left_out.back(), "and 2 more");

    const auto long_name =
        read_ics(ics({"DTSTART;VALUE=DATE:20261225\r\nSUMMARY:" + std::string(250, 'n') + "\r\n"}));
    ASSERT_TRUE(long_name.has_value());
    EXPECT_EQ(long_name->closures[0].name, std::string(200, 'n'));
    EXPECT_EQ(long_name->left_out.size(), 1U);

    std::string list;
    for (std::size_t i = 0; i < max_imported_dates; ++i) list += "2026-12-25 x\n";
    EXPECT_EQ(read_date_list(list)->closures.size(), max_imported_dates);
    EXPECT_EQ(told(read_date_list(list + "2026-12-25 x\n")),
              "error: there are more than 5000 dates");
}

TEST(IcsImport, IsNotHeldUpByAHostileRule) {
    for (const std::string rule : {"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY",
                                   "FREQ=HOURLY;BYMONTH=2", "FREQ=DAILY;BYHOUR=9"}) {
        EXPECT_EQ(
            read({"DTSTART;VALUE=DATE:20261225\r\nRRULE:" + rule + "\r\nSUMMARY:X\r\n"}),
            "2026-12-25 X [\"X\": its repetitions: they are not understood, only listed dates are "
            "taken]")
            << rule;
    }
    const std::string never =
        "DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31\r\nSUMMARY:"
        "X\r\n";
    EXPECT_EQ(read({never, never, never, never}),
              "2026-12-25 X; 2026-12-25 X; 2026-12-25 X; 2026-12-25 X"
              " [\"X\": its repetitions: the rule gives no date]"
              " [\"X\": its repetitions: the rule gives no date]"
              " [\"X\": its repetitions: the rule gives no date]"
              " [\"X\": its repetitions: too many rules of the file give no date]");
}

/// As Outlook and web sites write bank holidays, INSET days and terms.
TEST(IcsImport, UnfoldsRulesByMonthAndWeekday) {
    const struct {
        const char* start;
        const char* rule;
        const char* dates;
    } variations[] = {{"20261111", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=11;COUNT=3",
                       "2026-11-11 D; 2027-11-11 D; 2028-11-11 D"},
                      {"20260525", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20281231",
                       "2026-05-25 D; 2027-05-31 D; 2028-05-29 D"},
                      {"20261102", "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261112",
                       "2026-11-02 D; 2026-11-04 D; 2026-11-09 D; 2026-11-11 D"},
                      {"20261103", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU;COUNT=2",
                       "2026-11-03 D; 2026-11-17 D"},
                      {"20261113", "FREQ=MONTHLY;BYDAY=2FR;COUNT=2", "2026-11-13 D; 2026-12-11 D"},
                      {"20261130", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2",
                       "2026-11-30 D; 2026-12-31 D"},
                      {"20261110", "FREQ=DAILY;BYDAY=TU,TH;UNTIL=20261117",
                       "2026-11-10 D; 2026-11-12 D; 2026-11-17 D"}};
    for (const auto& [start, rule, dates] : variations) {
        EXPECT_EQ(read({std::string{"DTSTART;VALUE=DATE:"} + start + "\r\nRRULE:" + rule +
                        "\r\nSUMMARY:D\r\n"}),
                  dates)
            << rule;
    }
}

TEST(IcsImport, TakesListedDatesAndLeavesOutExceptedOnes) {
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261102\r\nRDATE;VALUE=DATE:20261130,20270104\r\n"
                    "SUMMARY:INSET\r\n"}),
              "2026-11-02 INSET; 2026-11-30 INSET; 2027-01-04 INSET");
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261102\r\nDTEND;VALUE=DATE:20261104\r\n"
                    "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3\r\nEXDATE;VALUE=DATE:20261109\r\n"
                    "RDATE;VALUE=DATE:20261201\r\nSUMMARY:T\r\n"}),
              "2026-11-02..2026-11-03 T; 2026-11-16..2026-11-17 T; 2026-12-01..2026-12-02 T");
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261102\r\nEXDATE;VALUE=DATE:20261102\r\nSUMMARY:T\r\n",
                    "DTSTART;VALUE=DATE:20261225\r\nSUMMARY:C\r\n"}),
              "2026-12-25 C");
}

TEST(IcsImport, TakesWhatReplacesADateInItsPlace) {
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261106\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:F\r\n",
                    "RECURRENCE-ID;VALUE=DATE:20261113\r\nDTSTART;VALUE=DATE:20261112\r\n"
                    "SUMMARY:F moved\r\n",
                    "RECURRENCE-ID;VALUE=DATE:20261120\r\nDTSTART;VALUE=DATE:20261120\r\n"
                    "STATUS:CANCELLED\r\nSUMMARY:F\r\n"}),
              "2026-11-06 F; 2026-11-12 F moved");
}

/// Outlook and many web sites know no other whole days.
TEST(IcsImport, TakesDaysFromMidnightToMidnight) {
    for (const std::string times :
         {"DTSTART:20261109T000000\r\nDTEND:20261112T000000\r\n",
          "DTSTART;TZID=Europe/London:20261109T000000\r\nDTEND;TZID=Europe/"
          "London:20261112T000000\r\n",
          "DTSTART:20261109T000000Z\r\nDTEND:20261112T000000Z\r\n",
          "DTSTART:20261109T000000\r\nDTEND:20261111T235900\r\n",
          "DTSTART:20261109T000000\r\nDTEND:20261111T235959\r\n",
          "DTSTART:20261109T000000\r\nDURATION:P3D\r\n",
          "DTSTART:20261109T000000\r\nDURATION:PT72H\r\n",
          "DTSTART:20261108T230000Z\r\nDTEND:20261111T230000Z\r\n"
          "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n"}) {
        EXPECT_EQ(read({times + "SUMMARY:Half-term\r\n"}), "2026-11-09..2026-11-11 Half-term")
            << times;
    }
    const LocalZone london = LocalZone::find("Europe/London").value();
    EXPECT_EQ(told(read_ics(ics({"DTSTART:20260524T230000Z\r\nDTEND:20260529T230000Z\r\n"
                                 "SUMMARY:Half-term\r\n"}),
                            &london)),
              "2026-05-25..2026-05-29 Half-term")
        << "summer time";
    EXPECT_EQ(read({"DTSTART;TZID=Europe/London:20261102T000000\r\n"
                    "DTEND;TZID=Europe/London:20261103T000000\r\n"
                    "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261116T000000Z\r\n"
                    "EXDATE;TZID=Europe/London:20261109T000000\r\nSUMMARY:M\r\n"}),
              "2026-11-02 M; 2026-11-16 M");
}

TEST(IcsImport, SaysWhereARuleIsBroken) {
    EXPECT_EQ(
        read({"DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=DAILY;BYSETPOS=400\r\nSUMMARY:X\r\n"}),
        "2026-12-25 X [\"X\": a part of it is not understood]");
}

TEST(IcsImport, RefusesWhatIsNoCalendar) {
    EXPECT_EQ(told(read_ics("")), "error: this is not an iCalendar file");
    EXPECT_EQ(told(read_ics("BEGIN:VCALENDAR\nEND:VCALENDAR\n")),
              "error: the file holds no events");
    EXPECT_EQ(told(read_ics(std::string(max_ics_bytes + 1, 'x'))),
              "error: the file is longer than 4 MiB");
}

TEST(IcsImport, ReadsPlainLists) {
    EXPECT_EQ(told(read_closed_dates("# bank holidays\n"
                                     "2026-12-25  Christmas Day\n"
                                     "2026-12-28,Boxing Day (substitute)\r\n"
                                     "\n"
                                     "2026-12-29 to 2027-01-01 shutdown  # as last year\n"
                                     "2026-10-26..2026-10-30\n")),
              "2026-10-26..2026-10-30 closed; 2026-12-25 Christmas Day; 2026-12-28 Boxing Day "
              "(substitute); "
              "2026-12-29..2027-01-01 shutdown");
    EXPECT_EQ(told(read_closed_dates("2026-12-25 x\n25/12/2026\n")),
              "error: line 2: expected a date such as \"2026-12-25 Christmas Day\"");
    EXPECT_EQ(told(read_date_list("2026-12-25 to 2026-12-24 backwards\n")),
              "error: line 1: expected a date such as \"2026-12-25 Christmas Day\"");
}

}  // namespace
}  // namespace bellhop::rules
