#include "daemon/commands/since_option.hpp"

#include <sysexits.h>

#include "daemon/commands/session.hpp"
#include "daemon/view/output.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/opening_hours.hpp"
#include "rules/calendar/spoken_time.hpp"

namespace bellhop::daemon {

std::chrono::sys_seconds instant_of_option(const std::string& text,
                                           const std::string& option,
                                           const Desk& desk,
                                           std::chrono::sys_seconds now) {
    const rules::BusinessCalendar& calendar = desk.calendars.calendars.front();
    if (const auto date = rules::parse_date(text)) {  // of a report it may be still to come
        return calendar.instant_of(*date, std::chrono::seconds{0});
    }
    if (const auto spoken = rules::parse_spoken_time(text, word_style_of(desk, {}))) {
        if (const auto instant = rules::instant_past(*spoken, calendar, now)) return *instant;
    }
    if (const auto instant = rules::parse_instant(text)) return *instant;
    throw CommandFailure(EX_USAGE, "bellhop: " + option + " \"" + on_one_line(text, 40) +
                                       "\" is neither a date such as 2026-09-01, monday, \"3 Dec\" "
                                       "nor a span such as 90d\n");
}

}  // namespace bellhop::daemon
