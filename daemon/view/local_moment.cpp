#include "daemon/view/local_moment.hpp"

#include <fmt/format.h>

#include "rules/calendar/calendar_names.hpp"

namespace bellhop::daemon {

std::string local_moment(const rules::BusinessCalendar& calendar,
                         std::chrono::sys_seconds instant,
                         std::chrono::sys_seconds now) {
    const rules::WallClock shown = calendar.wall_clock(instant);
    const std::chrono::year_month_day date{shown.date};
    const std::chrono::year_month_day today{calendar.wall_clock(now).date};
    const auto minutes =
        std::chrono::duration_cast<std::chrono::minutes>(shown.time_of_day).count();
    return fmt::format(
        "{} {} {}{} {:02}:{:02}",
        rules::name_of(std::chrono::weekday{shown.date}).substr(0, rules::short_length),
        static_cast<unsigned>(date.day()),
        rules::name_of(date.month()).substr(0, rules::short_length),
        date.year() == today.year() ? "" : fmt::format(" {}", static_cast<int>(date.year())),
        minutes / 60, minutes % 60);
}

}  // namespace bellhop::daemon
