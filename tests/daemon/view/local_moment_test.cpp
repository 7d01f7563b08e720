#include "daemon/view/local_moment.hpp"

#include <gtest/gtest.h>

#include "daemon/desk/desk_time.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds noon = std::chrono::sys_days{2026y / 12 / 3} + 12h;

std::string in(const std::string& zone, std::chrono::sys_seconds instant) {
    const DeskCalendars desk = open_around_the_clock(zone);
    return local_moment(*desk.find(""), instant, noon);
}

TEST(LocalMoment, IsOnTheClockOfTheSchool) {
    EXPECT_EQ(in("Europe/London", noon), "Thu 3 Dec 12:00");
    EXPECT_EQ(in("Asia/Tokyo", noon), "Thu 3 Dec 21:00");
    EXPECT_EQ(in("America/New_York", noon - 8h), "Wed 2 Dec 23:00");
    EXPECT_EQ(in("Europe/London", std::chrono::sys_days{2026y / 7 / 5} + 8h + 5min),
              "Sun 5 Jul 09:05");  // summer time
}

TEST(LocalMoment, NamesAnotherYear) {
    EXPECT_EQ(in("Europe/London", std::chrono::sys_days{2027y / 1 / 4}), "Mon 4 Jan 2027 00:00");
    // There it is the new year already.
    EXPECT_EQ(in("Asia/Tokyo", std::chrono::sys_days{2026y / 12 / 31} + 15h),
              "Fri 1 Jan 2027 00:00");
}

}  // namespace
}  // namespace bellhop::daemon
