// Dates in mail (RFC 5322 section 3.3), with the obsolete and the merely wrong forms that occur.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace bellhop::parsers {

/// The instant that a Date field names. Reads RFC 5322 in any order of its words, two-digit years,
/// missing seconds or zone (then UTC), named zones, comments, ISO 8601, and ctime's form. Nothing
/// where day, month or year is missing or out of range (years 1970 to 2199).
std::optional<std::chrono::sys_seconds> parse_date_time(std::string_view field_body);

}  // namespace bellhop::parsers
