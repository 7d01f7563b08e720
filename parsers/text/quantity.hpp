// Durations, sizes, dates and times of day as people write them, in files and on the command line.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace bellhop::parsers {

/// "30s", "10 min", "2h", "90d", "2 weeks", "1h 30min": time on the wall clock, at most a century.
/// A unit must stand with every number. Nothing where it is not such a text.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// Bytes: "25MB" (10^6), "16 MiB" (2^20), B, kB, KiB, GB, GiB.
std::optional<std::size_t> parse_size(std::string_view text);

/// "2026-12-25"; a day that exists.
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

/// "8:30", "08:30" up to "24:00": since midnight.
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);

/// 90 s as "1min 30s": what parse_duration reads back.
std::string duration_text(std::chrono::seconds duration);

/// 25,000,000 as "25 MB": what parse_size reads back, in the largest unit that leaves no rest.
std::string size_text(std::size_t bytes);

}  // namespace bellhop::parsers
