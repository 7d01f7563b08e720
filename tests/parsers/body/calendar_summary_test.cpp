#include "parsers/body/calendar_summary.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(CalendarSummary, SaysWhatWhenAndWhere) {
    EXPECT_EQ(calendar_summary(
                  "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n"
                  "BEGIN:STANDARD\r\nDTSTART:19701025T020000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
                  "BEGIN:VEVENT\r\nSUMMARY:Exam\\, "
                  "planning\r\nDTSTART;TZID=Europe/London:20260302T0900\r\n 00\r\n"
                  "DTEND;TZID=Europe/London:20260302T103000\r\nLOCATION:Room 5\r\n"
                  "ORGANIZER;CN=\"Lee: Ann\":mailto:ann@example.org\r\nRRULE:FREQ=WEEKLY\r\n"
                  "BEGIN:VALARM\r\nSUMMARY:alarm\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
              "Invitation: Exam, planning\n"
              "When: 2026-03-02 09:00 to 10:30 (Europe/London), repeated\n"
              "Where: Room 5\n"
              "Organiser: Lee: Ann <ann@example.org>\n");
}

TEST(CalendarSummary, ReadsWholeDaysUtcAndCancellations) {
    EXPECT_EQ(calendar_summary("BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nSUMMARY:"
                               "INSET\nDTSTART;VALUE=DATE:20260302\n"
                               "DTEND;VALUE=DATE:20260304\nEND:VEVENT\nEND:VCALENDAR\n"),
              "Cancelled: INSET\nWhen: 2026-03-02 to 2026-03-03\n");
    EXPECT_EQ(calendar_summary("BEGIN:VEVENT\nSUMMARY:Trip\nDTSTART;VALUE=DATE:20260228\n"
                               "DTEND;VALUE=DATE:20260301\nEND:VEVENT"),
              "Event: Trip\nWhen: 2026-02-28\n");
    EXPECT_EQ(calendar_summary("BEGIN:VEVENT\nSUMMARY:Trip\nDTSTART;VALUE=DATE:20260228\n"
                               "DTEND;VALUE=DATE:20269901\nEND:VEVENT"),
              "Event: Trip\nWhen: 2026-02-28 to 2026-99-01\n");
    EXPECT_EQ(calendar_summary("BEGIN:VEVENT\nDTSTART:20260302T090000Z\nEND:VEVENT"),
              "Event: \nWhen: 2026-03-02 09:00 (UTC)\n");
}

TEST(CalendarSummary, LeavesTimesThatAreNoneAsTheyStand) {
    EXPECT_EQ(calendar_summary("BEGIN:VEVENT\nSUMMARY:Trip\nDTSTART:20260302T130ü00Z\n"
                               "DTEND:20260302T15\nEND:VEVENT"),
              "Event: Trip\nWhen: 20260302T130ü00Z to 2026-03-02 (UTC)\n");
    // The two begin alike; they are cut between characters only.
    EXPECT_EQ(calendar_summary("BEGIN:VEVENT\nSUMMARY:Trip\nDTSTART:ééééé\nDTEND:éééééé\n"
                               "END:VEVENT"),
              "Event: Trip\nWhen: ééééé to éééééé\n");
}

TEST(CalendarSummary, TellsWhatHasChanged) {
    EXPECT_EQ(calendar_summary("BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Visit\n"
                               "SEQUENCE:2\nRECURRENCE-ID:20260309T090000Z\n"
                               "DTSTART:20260310T090000Z\nCOMMENT:The van is\\nbroken\n"
                               "END:VEVENT\nEND:VCALENDAR\n"),
              "Changed invitation: Visit\nWhen: 2026-03-10 09:00 (UTC)\n"
              "Only of the series: 2026-03-09 09:00\nComment: The van is broken\n");
    EXPECT_EQ(calendar_summary("METHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Visit\nSEQUENCE:0\nEND:VEVENT"),
              "Invitation: Visit\n");
    EXPECT_EQ(calendar_summary("METHOD:REPLY\nBEGIN:VEVENT\nSUMMARY:Visit\n"
                               "ATTENDEE;CN=Ann Lee;PARTSTAT=DECLINED:mailto:ann@example.org\n"
                               "COMMENT:I am away\nEND:VEVENT"),
              "Answer to an invitation: Visit\nAnswer: Ann Lee <ann@example.org>: declined\n"
              "Comment: I am away\n");
}

TEST(CalendarSummary, IsEmptyWithoutEvent) {
    EXPECT_EQ(calendar_summary(""), "");
    EXPECT_EQ(calendar_summary("BEGIN:VCALENDAR\nEND:VCALENDAR\n"), "");
    EXPECT_EQ(calendar_summary(std::string(100000, '\n')), "");
}

TEST(CalendarSummary, TellsWhatItsWriterSays) {
    EXPECT_EQ(
        calendar_description("BEGIN:VEVENT\nDESCRIPTION:Please bring the switch\\, and\\n ladder.\n"
                             "END:VEVENT"),
        "Please bring the switch, and\n ladder.");
    EXPECT_EQ(calendar_description("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT"), "");
}

}  // namespace
}  // namespace bellhop::parsers
