// One event of an iCalendar file (RFC 5545) as whole days: which ones it takes, and on which it is
// repeated.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <libical/ical.h>

#include "rules/calendar/local_zone.hpp"

namespace bellhop::rules {

/// Days from the first to the last, both taken.
struct WholeDays {
    std::chrono::local_days first = {};
    std::chrono::local_days last = {};
};

/// SUMMARY on one line; "closed" where there is none.
std::string name_of_event(icalcomponent* event);

/// The date of a time as a clock in `zone` shows it; without a zone, and for times that are not in
/// UTC, as it is written. Nothing outside of the years 1900 to 2200.
std::optional<std::chrono::local_days> date_in(const icaltimetype& time, const LocalZone* zone);

/// The days that an event takes, where it takes whole ones: VALUE=DATE, or from midnight to
/// midnight, as Outlook and web sites write it (also to 23:59). DTEND is exclusive (RFC 5545
/// section 3.6.1); one day is meant where an all-day event has neither DTEND nor DURATION.
std::optional<WholeDays> whole_days_of(icalcomponent* event, const LocalZone* zone);

/// Further dates on which an event begins, and those on which it does not.
struct Repetition {
    std::vector<std::chrono::local_days> dates = {};     ///< of RRULE and RDATE; may repeat
    std::vector<std::chrono::local_days> excepted = {};  ///< EXDATE, sorted
    bool is_understood = true;                           ///< else `dates` lacks what a rule says
    bool is_in_vain = false;  ///< RRULE gives no date at all: looking for one takes a while
    bool is_cut = false;      ///< RRULE gives more than `most` dates
};

/// What RRULE, RDATE and EXDATE say of an event that begins on `first`, until `until`; libical
/// unfolds them. Rules by the hour, minute or second are not understood, nor is EXRULE (RFC 5545
/// appendix A.3). `most`: of RRULE's dates.
Repetition repetition_of(icalcomponent* event,
                         std::chrono::local_days first,
                         std::chrono::local_days until,
                         const LocalZone* zone,
                         std::size_t most);

}  // namespace bellhop::rules
