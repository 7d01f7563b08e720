// What days and months are called, in English: as they are read and as they are written.
#pragma once

#include <array>
#include <chrono>
#include <string_view>

namespace bellhop::rules {

inline constexpr std::array<std::string_view, 7> weekday_names{
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

inline constexpr std::array<std::string_view, 12> month_names{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

constexpr std::size_t short_length = 3;  // "Mon", "Sep"

/// "Monday". Throws std::out_of_range for what is no day of the week.
constexpr std::string_view name_of(std::chrono::weekday day) {
    return weekday_names.at(day.c_encoding());
}

/// "September". Throws std::out_of_range for what is no month of a year.
constexpr std::string_view name_of(std::chrono::month month) {
    return month_names.at(static_cast<unsigned>(month) - 1);
}

}  // namespace bellhop::rules
