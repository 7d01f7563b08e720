// calendar.toml: when the desk is open, written down by the help-desk manager once a year.
//
//     zone = "Europe/London"
//     otherwise = "non-term"                # the hours where no period below says otherwise
//
//     [hours.term]                          # a week, by name
//     monday_to_thursday = "08:30-16:30"
//     friday = "08:30-16:00"
//
//     [[period]]
//     name = "Autumn term, first half"
//     from = 2026-09-02
//     to = 2026-10-23
//     hours = "term"                        # or "closed", or "not yet published"
//
//     [[closed]]
//     name = "Christmas shutdown"
//     from = 2026-12-24
//     to = 2027-01-01
//
//     [[day]]
//     name = "Exam download days"
//     dates = [2026-08-12, 2026-08-19]
//     hours = "07:00-16:00"
//
//     [calendar.st-marys]                   # another calendar, for a school that has its own
//     like = "desk"
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include "parsers/config/diagnostic.hpp"
#include "rules/calendar/business_calendar.hpp"
#include "rules/calendar/local_words.hpp"

namespace bellhop::rules {

/// A calendar as it stands in the file, with the places that complaints about its parts point to.
struct CalendarEntry {
    CalendarPlan plan = {};  ///< in the order of the file
    WordStyle style = WordStyle::british;
    /// Whether the file says what holds where no period does; else such dates are closed by default
    /// only.
    bool says_otherwise = false;
    parsers::TextSpan where = {};
    std::vector<parsers::TextSpan> period_places = {};       ///< one for each of plan.periods
    std::vector<parsers::TextSpan> closure_places = {};      ///< one for each of plan.closures
    std::vector<parsers::TextSpan> special_day_places = {};  ///< one for each of plan.special_days
    /// Warnings from reading the file: what of an import was not taken. Those of all calendars
    /// stand with the first.
    parsers::Diagnostics left_out = {};
};

/// The text of a file that calendar.toml names (term dates as .ics), nothing where it cannot be
/// read.
using FileReader = std::function<std::optional<std::string>(const std::string& name)>;

/// The calendars of a file, the desk's own first; its name is "desk" unless the file says
/// otherwise. Each plan makes a BusinessCalendar.
///
/// Errors: all complaints at once.
boost::system::result<std::vector<CalendarEntry>, parsers::Diagnostics> load_calendar_file(
    const std::string& file, std::string_view text, const FileReader& read_file);

}  // namespace bellhop::rules
