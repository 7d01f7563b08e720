// Instants as text: RFC 3339, whole seconds, UTC.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace bellhop::rules {

/// Reads "2026-10-26T12:30:00Z", also with an offset ("+01:00") in place of Z. RFC 3339
/// section 5.6, without fractions of a second. Nothing where it is not that.
std::optional<std::chrono::sys_seconds> parse_instant(std::string_view text);

/// "2026-10-26T12:30:00Z"
std::string to_text(std::chrono::sys_seconds instant);

}  // namespace bellhop::rules
