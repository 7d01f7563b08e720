// One IANA time zone: what a clock on the wall there shows, and when it is changed.
//
// Only business_calendar.cpp uses this; everybody else reckons in UTC.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/time/time.h>

namespace bellhop::rules {

/// What a clock on the wall of a place shows at some instant.
struct WallClock {
    std::chrono::local_days date = {};
    std::chrono::seconds time_of_day = {};  ///< less than 24 h
    std::chrono::seconds offset = {};       ///< local time minus UTC
    std::string abbreviation = {};  ///< "GMT", "BST"; "+0330" where the zone has no name for it

    friend bool operator==(const WallClock&, const WallClock&) = default;
};

/// A span [begins, ends) in which the clock is not changed.
struct OffsetSpan {
    std::chrono::sys_seconds begins = {};
    std::chrono::sys_seconds ends = {};
    std::chrono::seconds offset = {};  ///< local time minus UTC
};

class LocalZone {
public:
    /// Nothing where the system's tz database has no such zone. Never depends on the TZ variable:
    /// "localtime" is no zone, nor is a path.
    static std::optional<LocalZone> find(std::string_view name);

    WallClock wall_clock(std::chrono::sys_seconds instant) const;

    /// The instant at which the clock shows `time_of_day` (24 h and more: of the days after) on
    /// `date`. A time that the clock skips becomes the instant of the change; of one that it shows
    /// twice, the first.
    std::chrono::sys_seconds instant_of(std::chrono::local_days date,
                                        std::chrono::seconds time_of_day) const;

    /// The spans between changes of the clock that touch [from, to), in order, without gaps.
    std::vector<OffsetSpan> offsets_between(std::chrono::sys_seconds from,
                                            std::chrono::sys_seconds to) const;

private:
    explicit LocalZone(absl::TimeZone zone) : zone_(zone) {}

    absl::TimeZone zone_;  // a handle into absl's process-wide tz database
};

}  // namespace bellhop::rules
