// Opening hours as they are written on a door: spans of wall-clock time, day by day.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::rules {

/// A half-open span [opens, closes) of wall-clock time, counted from 00:00 of the date that it
/// belongs to. `closes` beyond 24 h is a shift that ends on the next date; it still belongs to the
/// date it starts on.
struct OpeningHours {
    std::chrono::minutes opens = {};   ///< less than 24 h
    std::chrono::minutes closes = {};  ///< more than `opens`, at most 48 h

    friend bool operator==(const OpeningHours&, const OpeningHours&) = default;
};

/// The hours of one date, in order, not overlapping. None: closed.
using DayHours = std::vector<OpeningHours>;

struct WeeklyHours {
    std::array<DayHours, 7> days = {};  ///< Monday first

    const DayHours& on(std::chrono::weekday day) const { return days[day.iso_encoding() - 1]; }
    DayHours& on(std::chrono::weekday day) { return days[day.iso_encoding() - 1]; }
    bool is_empty() const;

    friend bool operator==(const WeeklyHours&, const WeeklyHours&) = default;
};

/// Reads "08:30-16:30", "8:30 - 16:30", "22:00-06:00" (overnight), "22:00-30:00" (the same),
/// "00:00-24:00". Nothing where it is none of these, or of no length.
std::optional<OpeningHours> parse_opening_hours(std::string_view text);

/// What is wrong with the hours of one date: lower case, no full stop; empty where they are in
/// order.
std::string complaint_about(const DayHours& hours);

/// Reads "2026-12-24"; nothing where there is no such date.
std::optional<std::chrono::local_days> parse_date(std::string_view text);

/// "2026-12-24"
std::string to_text(std::chrono::local_days date);

/// "08:30-16:30"; a shift past midnight as "22:00-06:00".
std::string to_text(const OpeningHours& hours);

/// "08:30-12:00, 13:00-16:30"; "closed" where there are none.
std::string to_text(const DayHours& hours);

/// "mon" ... "sun"
std::string short_name(std::chrono::weekday day);

/// The day whose name "mon" or "Monday" is, in any case.
std::optional<std::chrono::weekday> parse_weekday(std::string_view text);

}  // namespace bellhop::rules
