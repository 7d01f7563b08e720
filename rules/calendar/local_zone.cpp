#include "rules/calendar/local_zone.hpp"

#include <algorithm>
#include <cctype>

#include <absl/time/civil_time.h>

namespace bellhop::rules {
namespace {

using std::chrono::local_days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

absl::Time to_absl(sys_seconds instant) {
    return absl::FromUnixSeconds(instant.time_since_epoch().count());
}

sys_seconds from_absl(absl::Time time) {
    return sys_seconds{seconds{absl::ToUnixSeconds(time)}};
}

/// The names that the tz database uses: absl would also take a path, or "localtime", which is the
/// TZ variable.
bool is_zone_name(std::string_view name) {
    constexpr std::size_t longest = 64;  // bytes; the longest of the database has 32
    if (name.empty() || name.size() > longest || name.front() == '/' || name == "localtime" ||
        name.find("..") != std::string_view::npos || name.starts_with("Fixed/")) {
        return false;
    }
    return std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '/' || c == '_' || c == '-' || c == '+';
    });
}

}  // namespace

std::optional<LocalZone> LocalZone::find(std::string_view name) {
    absl::TimeZone zone;
    if (!is_zone_name(name) || !absl::LoadTimeZone(std::string{name}, &zone)) return std::nullopt;
    return LocalZone{zone};
}

WallClock LocalZone::wall_clock(sys_seconds instant) const {
    const absl::TimeZone::CivilInfo shown = zone_.At(to_absl(instant));
    const absl::CivilDay day{shown.cs};
    const local_days date{std::chrono::days{day - absl::CivilDay{1970, 1, 1}}};
    const seconds time_of_day{shown.cs - absl::CivilSecond{day}};
    return {date, time_of_day, seconds{shown.offset}, shown.zone_abbr};
}

sys_seconds LocalZone::instant_of(local_days date, seconds time_of_day) const {
    const absl::CivilDay day = absl::CivilDay{1970, 1, 1} + date.time_since_epoch().count();
    const absl::TimeZone::TimeInfo info =
        zone_.At(absl::CivilSecond{day} + static_cast<absl::civil_diff_t>(time_of_day.count()));
    return from_absl(info.kind == absl::TimeZone::TimeInfo::SKIPPED ? info.trans : info.pre);
}

std::vector<OffsetSpan> LocalZone::offsets_between(sys_seconds from, sys_seconds to) const {
    std::vector<OffsetSpan> spans;
    sys_seconds begins = from;
    while (begins < to) {
        const absl::Time time = to_absl(begins);
        sys_seconds ends = to;
        absl::TimeZone::CivilTransition change;
        if (zone_.NextTransition(time, &change)) {
            ends = std::min(to, from_absl(zone_.At(change.to).trans));
        }
        spans.push_back({begins, ends, seconds{zone_.At(time).offset}});
        begins = ends;
    }
    return spans;
}

}  // namespace bellhop::rules
