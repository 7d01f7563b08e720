#include "rules/local_time.hpp"

#include <absl/time/time.h>

namespace bellhop::rules {

std::string local_words(std::chrono::sys_seconds instant, const std::string& zone) {
    absl::TimeZone time_zone;
    const bool known = absl::LoadTimeZone(zone, &time_zone);
    const absl::Time time = absl::FromUnixSeconds(instant.time_since_epoch().count());
    const absl::CivilSecond civil = absl::ToCivilSecond(time, time_zone);
    const int hour = civil.hour() % 12 == 0 ? 12 : static_cast<int>(civil.hour()) % 12;
    const std::string minute = std::to_string(100 + civil.minute()).substr(1);
    return absl::FormatTime("%A %-e %B %Y, ", time, time_zone) + std::to_string(hour) + "." +
           minute + (civil.hour() < 12 ? " am" : " pm") + (known ? "" : " UTC");
}

}  // namespace bellhop::rules
