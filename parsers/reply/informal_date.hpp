// Dates as mail programs write them into a text for people: "Montag, 3. Mai 2021 10:12".
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace bellhop::parsers {

/// The instant that `text` names, in the languages of the common mail programs; nothing where day,
/// month and year are not all told for certain. Most programs write no time zone: such a date is
/// read as UTC and may be some hours off.
std::optional<std::chrono::sys_seconds> read_informal_date(std::string_view text);

}  // namespace bellhop::parsers
