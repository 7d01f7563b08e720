// The desk's hours and promises as they stand in its folder: calendar.toml and sla.toml.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include "parsers/config/diagnostic.hpp"
#include "rules/calendar/business_calendar.hpp"
#include "rules/calendar/calendar_file.hpp"
#include "rules/sla/sla_policy.hpp"

namespace bellhop::daemon {

struct DeskCalendars {
    std::vector<rules::CalendarEntry> entries = {};       ///< the desk's own first
    std::vector<rules::BusinessCalendar> calendars = {};  ///< one for each entry
    std::string text = {};                          ///< of calendar.toml, for rendering complaints
    std::vector<std::filesystem::path> files = {};  ///< that it names: term dates, bank holidays

    /// Null where there is none of that name; the desk's own for an empty name.
    const rules::BusinessCalendar* find(std::string_view name) const;
    /// The entry of the same name. Precondition: find(name) is not null.
    const rules::CalendarEntry& entry(std::string_view name) const;
};

/// Errors: all complaints about `folder`/calendar.toml, also that it cannot be read.
boost::system::result<DeskCalendars, parsers::Diagnostics> load_calendars(
    const std::filesystem::path& folder);

/// One calendar that is always open, for a desk that has written down no hours.
DeskCalendars open_around_the_clock(const std::string& zone);

/// Errors: all complaints about `folder`/sla.toml, also that it cannot be read.
boost::system::result<rules::SlaPolicy, parsers::Diagnostics> load_sla_policy(
    const std::filesystem::path& folder);

}  // namespace bellhop::daemon
