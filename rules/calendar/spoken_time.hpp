// Days and instants as people write them: "thursday", "3 Dec 12:00", "tomorrow 3pm", "in 2 hours".
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

#include "rules/calendar/business_calendar.hpp"
#include "rules/calendar/local_words.hpp"

namespace bellhop::rules {

/// What was said, not yet laid on a calendar.
struct SpokenTime {
    /// Counted from today: 1 is tomorrow.
    struct DaysAway {
        int days = 0;
    };
    struct Date {
        std::chrono::month_day day = {};
        std::optional<std::chrono::year> year = {};
    };
    struct Nothing {};  ///< a time of day alone

    /// A span is counted from now.
    std::variant<Nothing,
                 DaysAway,
                 std::chrono::weekday,
                 Date,
                 std::chrono::seconds,
                 std::chrono::sys_seconds>
        day = {};
    std::optional<std::chrono::minutes> time_of_day = {};  ///< at most 24 h
    std::optional<std::chrono::weekday> check = {};        ///< that a date must fall on
};

/// Reads "today", "tomorrow", "thu", "next Thursday 3pm", "3 Dec", "December 3rd, 12:00",
/// "2026-12-03 12.00", "3/12/2026" (the month first in American style), "in 90 min", "noon", and
/// RFC 3339. At most 60 bytes. Nothing where it is none of these.
std::optional<SpokenTime> parse_spoken_time(std::string_view text, WordStyle style);

/// The day meant, today or later: a weekday is the first one behind today, a date without a year
/// the next one. Nothing where there is no such day, or it is past.
std::optional<std::chrono::local_days> day_to_come(const SpokenTime& spoken,
                                                   const BusinessCalendar& calendar,
                                                   std::chrono::sys_seconds now);

/// The instant meant, after `now`. A day without a time of day means the end of its hours; a time
/// of day alone the next one. Nothing where there is no such instant.
std::optional<std::chrono::sys_seconds> instant_to_come(const SpokenTime& spoken,
                                                        const BusinessCalendar& calendar,
                                                        std::chrono::sys_seconds now);

/// The instant meant, not after `now`: a weekday is the last one up to today, a day without a time
/// of day its beginning, a span lies behind. Nothing where there is no such instant.
std::optional<std::chrono::sys_seconds> instant_past(const SpokenTime& spoken,
                                                     const BusinessCalendar& calendar,
                                                     std::chrono::sys_seconds now);

}  // namespace bellhop::rules
