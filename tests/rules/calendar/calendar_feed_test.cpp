#include "rules/calendar/calendar_feed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/calendar/ics_import.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using testing::HasSubstr;

std::string feed(const CalendarPlan& plan, std::string_view from, std::string_view to) {
    return ics_feed(calendar_of(plan), utc(from), utc(to), utc("2026-10-01T08:00:00Z"));
}

TEST(CalendarFeed, ListsHoursInUtc) {
    EXPECT_EQ(feed(office_plan(), "2026-10-23T00:00:00Z", "2026-10-27T00:00:00Z"),
              "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bellhop//Opening hours//EN\r\n"
              "X-WR-CALNAME:office\r\n"
              "BEGIN:VEVENT\r\nUID:open-20261023T080000Z-office@bellhop.invalid\r\n"
              "DTSTAMP:20261001T080000Z\r\nDTSTART:20261023T080000Z\r\nDTEND:20261023T160000Z\r\n"
              "SUMMARY:Open\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
              "BEGIN:VEVENT\r\nUID:open-20261026T090000Z-office@bellhop.invalid\r\n"
              "DTSTAMP:20261001T080000Z\r\nDTSTART:20261026T090000Z\r\nDTEND:20261026T170000Z\r\n"
              "SUMMARY:Open\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST(CalendarFeed, NamesWhatIsClosedOrUnknown) {
    const std::string school = feed(school_plan(), "2026-10-24T00:00:00Z", "2026-11-01T00:00:00Z");
    EXPECT_THAT(school, HasSubstr("DTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261031\r\n"
                                  "SUMMARY:Hours not yet published: October half-term\r\n"));
    CalendarPlan plan = office_plan();
    plan.closures = {{"stock; paper, pens", date("2026-10-26"), date("2026-10-26")}};
    EXPECT_THAT(feed(plan, "2026-10-24T00:00:00Z", "2026-11-01T00:00:00Z"),
                HasSubstr("SUMMARY:Closed: stock\\; paper\\, pens\r\n"));
}

// What goes out can be taken in again, long names folded over lines included.
TEST(CalendarFeed, IsReadByTheImport) {
    CalendarPlan plan = office_plan();
    const std::string name =
        "Fermeture d\xC3\xA9"
        "cid\xC3\xA9"
        "e par le conseil d'administration, tr\xC3\xA8s longue, et encore plus";
    plan.closures = {{name, date("2026-12-24"), date("2027-01-01")}};
    const auto back = read_ics(feed(plan, "2026-12-20T00:00:00Z", "2027-01-10T00:00:00Z"));
    ASSERT_TRUE(back.has_value());
    EXPECT_THAT(back->closures, testing::ElementsAre(Closure{"Closed: " + name, date("2026-12-24"),
                                                             date("2027-01-01")}));
}

}  // namespace
}  // namespace bellhop::rules
