#include "daemon/view/local_moment.hpp"

#include <array>

#include <fmt/format.h>

namespace bellhop::daemon {

std::string local_moment(const rules::BusinessCalendar& calendar,
                         std::chrono::sys_seconds instant,
                         std::chrono::sys_seconds now) {
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const rules::WallClock shown = calendar.wall_clock(instant);
    const std::chrono::year_month_day date{shown.date};
    const std::chrono::year_month_day today{calendar.wall_clock(now).date};
    const auto minutes =
        std::chrono::duration_cast<std::chrono::minutes>(shown.time_of_day).count();
    return fmt::format(
        "{} {} {}{} {:02}:{:02}", days[std::chrono::weekday{shown.date}.c_encoding()],
        static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
        date.year() == today.year() ? "" : fmt::format(" {}", static_cast<int>(date.year())),
        minutes / 60, minutes % 60);
}

}  // namespace bellhop::daemon
