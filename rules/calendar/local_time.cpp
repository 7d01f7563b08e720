#include "rules/calendar/local_time.hpp"

#include "rules/calendar/local_words.hpp"
#include "rules/calendar/local_zone.hpp"

namespace bellhop::rules {

std::string local_words(std::chrono::sys_seconds instant, const std::string& zone) {
    const std::optional<LocalZone> found = LocalZone::find(zone);
    const WallClock clock = found.value_or(*LocalZone::find("UTC")).wall_clock(instant);
    return date_in_words(clock.date, clock.date, WordStyle::british) + ", " +
           time_in_words(clock.time_of_day, WordStyle::british) + (found ? "" : " UTC");
}

}  // namespace bellhop::rules
