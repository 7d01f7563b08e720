// Instants and spans of time in words, for mails and explanations.
#pragma once

#include <chrono>
#include <string>

#include "rules/calendar/business_calendar.hpp"

namespace bellhop::rules {

/// How dates and times of day are written.
enum class WordStyle {
    british,   ///< "Monday 2 November, 8.30 am"
    american,  ///< "Monday, November 2, 8:30 a.m."
};

/// "Monday 2 November"; with the year where it is not the one of `reference`.
std::string date_in_words(std::chrono::local_days date,
                          std::chrono::local_days reference,
                          WordStyle style);

/// "8.30 am", "8 am", "12 noon", "12 midnight". Seconds are rounded up: a promise is never made
/// earlier than it was reckoned. Precondition: 0 s <= time_of_day < 24 h.
std::string time_in_words(std::chrono::seconds time_of_day, WordStyle style);

/// "Monday 2 November, 8.30 am", on the calendar's clock. The year is told where it is not the year
/// of `now`.
std::string moment_in_words(const BusinessCalendar& calendar,
                            std::chrono::sys_seconds instant,
                            std::chrono::sys_seconds now,
                            WordStyle style);

/// "Mon 2026-11-02 08:30 GMT", on the calendar's clock; seconds only where there are any.
std::string moment_for_log(const BusinessCalendar& calendar, std::chrono::sys_seconds instant);

/// "4 h 20 min", "35 s", "0 min"; a minus sign in front where negative.
std::string span_for_log(std::chrono::seconds span);

}  // namespace bellhop::rules
