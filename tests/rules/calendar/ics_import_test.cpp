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
    return told(read_ics(ics(events), date("2030-12-31")));
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
                    "DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas Day\r\n"}),
              "2026-12-25 Christmas Day [\"Assembly\": it is not an all-day event] [\"Nowhere\": "
              "it has no "
              "start]");
}

TEST(IcsImport, UnfoldsPlainRepetitions) {
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nSUMMARY:C\r\n"}),
              "2026-12-25 C; 2027-12-25 C; 2028-12-25 C");
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:C\r\n"}),
              "2026-12-25 C; 2027-12-25 C; 2028-12-25 C; 2029-12-25 C; 2030-12-25 C");
    EXPECT_EQ(
        read({"DTSTART;VALUE=DATE:20280229\r\nRRULE:FREQ=YEARLY;UNTIL=20300101\r\nSUMMARY:L\r\n"}),
        "2028-02-29 L");
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261002\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261101\r\n"
                    "EXDATE;VALUE=DATE:20261016\r\nSUMMARY:W\r\n"}),
              "2026-10-02 W; 2026-10-30 W");
    EXPECT_EQ(read({"DTSTART;VALUE=DATE:20261031\r\nRRULE:FREQ=MONTHLY;COUNT=2\r\nSUMMARY:M\r\n"}),
              "2026-10-31 M; 2026-12-31 M");
}

TEST(IcsImport, IsNotHeldUpByAHostileRule) {
    for (const std::string rule :
         {"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
          "FREQ=MINUTELY", "FREQ=YEARLY;BYDAY=53MO"}) {
        EXPECT_EQ(
            read({"DTSTART;VALUE=DATE:20261225\r\nRRULE:" + rule + "\r\nSUMMARY:X\r\n"}),
            "2026-12-25 X [\"X\": only its first date is taken: it repeats in a way that is not "
            "understood]")
            << rule;
    }
}

TEST(IcsImport, SaysWhereARuleIsBroken) {
    EXPECT_EQ(
        read({"DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=DAILY;BYSETPOS=400\r\nSUMMARY:X\r\n"}),
        "2026-12-25 X [\"X\": a part of it is not understood]");
}

TEST(IcsImport, RefusesWhatIsNoCalendar) {
    EXPECT_EQ(told(read_ics("", date("2030-01-01"))), "error: this is not an iCalendar file");
    EXPECT_EQ(told(read_ics("BEGIN:VCALENDAR\nEND:VCALENDAR\n", date("2030-01-01"))),
              "error: the file holds no events");
    EXPECT_EQ(told(read_ics(std::string(max_ics_bytes + 1, 'x'), date("2030-01-01"))),
              "error: the file is longer than 4 MiB");
}

TEST(IcsImport, ReadsPlainLists) {
    EXPECT_EQ(told(read_closed_dates("# bank holidays\n"
                                     "2026-12-25  Christmas Day\n"
                                     "2026-12-28,Boxing Day (substitute)\r\n"
                                     "\n"
                                     "2026-12-29 to 2027-01-01 shutdown  # as last year\n"
                                     "2026-10-26..2026-10-30\n",
                                     date("2030-01-01"))),
              "2026-10-26..2026-10-30 closed; 2026-12-25 Christmas Day; 2026-12-28 Boxing Day "
              "(substitute); "
              "2026-12-29..2027-01-01 shutdown");
    EXPECT_EQ(told(read_closed_dates("2026-12-25 x\n25/12/2026\n", date("2030-01-01"))),
              "error: line 2: expected a date such as \"2026-12-25 Christmas Day\"");
    EXPECT_EQ(told(read_date_list("2026-12-25 to 2026-12-24 backwards\n")),
              "error: line 1: expected a date such as \"2026-12-25 Christmas Day\"");
}

}  // namespace
}  // namespace bellhop::rules
