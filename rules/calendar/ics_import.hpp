// Closed dates out of the files that school offices have: an .ics feed of term dates, or a plain
// list.
//
// For files of administrators only, never for what comes by mail.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include "rules/calendar/business_calendar.hpp"
#include "rules/calendar/local_zone.hpp"

namespace bellhop::rules {

constexpr std::size_t max_ics_bytes = 4 * 1024 * 1024;  // a county's feed of ten years has 200 kB
constexpr std::size_t max_imported_dates = 5'000;       // entries, repetitions counted

/// What repeats for ever is taken until this date: later than anybody reckons with.
constexpr std::chrono::local_days last_imported_date{std::chrono::year{2100} / 12 / 31};

struct ImportedDates {
    std::vector<Closure> closures = {};      ///< in order of date; may overlap
    std::vector<std::string> left_out = {};  ///< what was not taken and why, for people
};

/// The all-day events of an iCalendar file (RFC 5545), those from midnight to midnight among them.
/// DTEND is exclusive: half-term from Monday to Saturday is five days. Repetitions by day, week,
/// month or year are unfolded until last_imported_date, or, where these are more dates than can be
/// taken, until five years after the last date that the file names itself; `left_out` says so.
/// Events with a time of day are left out, and so are cancelled ones. Times in UTC are read on a
/// clock of `zone`, or as they stand where it is null.
///
/// Errors: what is wrong, one line, where it is no iCalendar file or has too many dates.
boost::system::result<ImportedDates, std::string> read_ics(std::string_view text,
                                                           const LocalZone* zone = nullptr);

/// A plain list: "2026-12-25 Christmas Day" or "2026-12-24 to 2027-01-01 Christmas shutdown" a
/// line; comma, semicolon or tabulator may stand between, "#" begins a comment.
///
/// Errors: the first line that is none of these; more dates than can be taken.
boost::system::result<ImportedDates, std::string> read_date_list(std::string_view text);

/// Either of the two, by what the text looks like.
boost::system::result<ImportedDates, std::string> read_closed_dates(
    std::string_view text, const LocalZone* zone = nullptr);

}  // namespace bellhop::rules
