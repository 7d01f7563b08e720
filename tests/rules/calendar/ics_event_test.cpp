#include "rules/calendar/ics_event.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using std::chrono::local_days;

using Component = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;

Component event(const std::string& lines) {
    const std::string text = "BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n";
    return {icalparser_parse_string(text.c_str()), icalcomponent_free};
}

constexpr local_days monday{2026y / 11 / 2};

TEST(IcsEvent, HasANameOfOneLine) {
    EXPECT_EQ(name_of_event(event("SUMMARY:Half\\nterm\r\n").get()), "Half term");
    EXPECT_EQ(name_of_event(event("DTSTART;VALUE=DATE:20261102\r\n").get()), "closed");
}

TEST(IcsEvent, IsDatedByTheClockOfAZone) {
    const LocalZone london = LocalZone::find("Europe/London").value();
    const icaltimetype late = icaltime_from_string("20260524T233000Z");
    EXPECT_EQ(date_in(late, nullptr), local_days{2026y / 5 / 24});
    EXPECT_EQ(date_in(late, &london), local_days{2026y / 5 / 25});
    EXPECT_EQ(date_in(icaltime_from_string("20260524T233000"), &london),
              local_days{2026y / 5 / 24});
    EXPECT_EQ(date_in(icaltime_null_time(), nullptr), std::nullopt);
    EXPECT_EQ(date_in(icaltime_from_string("99990101"), nullptr), std::nullopt);
}

TEST(IcsEvent, TakesWholeDaysOrNone) {
    const auto days = whole_days_of(
        event("DTSTART;VALUE=DATE:20261102\r\nDTEND;VALUE=DATE:20261104\r\n").get(), nullptr);
    ASSERT_TRUE(days);
    EXPECT_EQ(days->first, monday);
    EXPECT_EQ(days->last, monday + std::chrono::days{1});
    EXPECT_FALSE(whole_days_of(event("DTSTART:20261102T090000\r\nDTEND:20261103T090000\r\n").get(),
                               nullptr));
    EXPECT_FALSE(whole_days_of(event("SUMMARY:x\r\n").get(), nullptr));
}

TEST(IcsEvent, SaysWhatItUnderstandsOfItsRepetitions) {
    const auto repeated = [](const std::string& rule, std::size_t most = 100) {
        return repetition_of(event("DTSTART;VALUE=DATE:20261102\r\n" + rule).get(), monday,
                             local_days{2026y / 12 / 31}, nullptr, most);
    };
    const Repetition weekly = repeated("RRULE:FREQ=WEEKLY;BYDAY=MO\r\n");
    EXPECT_EQ(weekly.dates.size(), 8U) << "behind the first, until the end";
    EXPECT_TRUE(weekly.is_understood);
    EXPECT_FALSE(weekly.is_in_vain);
    EXPECT_FALSE(weekly.is_cut);
    EXPECT_TRUE(repeated("RRULE:FREQ=WEEKLY\r\n", 3).is_cut);
    EXPECT_FALSE(repeated("RRULE:FREQ=HOURLY\r\n").is_understood);
    EXPECT_FALSE(repeated("EXRULE:FREQ=WEEKLY\r\n").is_understood);
    EXPECT_TRUE(repeated("RRULE:FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31\r\n").is_in_vain);
    EXPECT_TRUE(repeated("").dates.empty());
    const Repetition listed =
        repeated("RDATE;VALUE=DATE:20261204\r\nEXDATE;VALUE=DATE:20261203,20261102\r\n");
    EXPECT_EQ(listed.dates, std::vector<local_days>{2026y / 12 / 4});
    EXPECT_EQ(listed.excepted, (std::vector<local_days>{monday, local_days{2026y / 12 / 3}}));
}

}  // namespace
}  // namespace bellhop::rules
