#include "daemon/commands/since_option.hpp"

#include <sysexits.h>

#include "daemon/commands/session.hpp"
#include "daemon/view/output.hpp"
#include "parsers/text/quantity.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {

std::chrono::sys_seconds instant_of_option(const std::string& text,
                                           const std::string& option,
                                           const Desk& desk,
                                           std::chrono::sys_seconds now) {
    if (const auto date = parsers::parse_date(text)) {
        return desk.calendars.calendars.front().instant_of(std::chrono::local_days{*date},
                                                           std::chrono::seconds{0});
    }
    if (const auto span = parsers::parse_duration(text)) return now - *span;
    if (const auto instant = rules::parse_instant(text)) return *instant;
    throw CommandFailure(EX_USAGE, "bellhop: " + option + " \"" + on_one_line(text, 40) +
                                       "\" is neither a date such as 2026-09-01 nor a span such as "
                                       "90d\n");
}

}  // namespace bellhop::daemon
