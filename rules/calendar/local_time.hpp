// Instants in the words of the people who read them. The only local time outside the business
// calendar.
#pragma once

#include <chrono>
#include <string>

namespace bellhop::rules {

/// "Wednesday 25 November, 2.15 pm" in an IANA zone; in UTC, and marked so, where the zone is
/// unknown.
std::string local_words(std::chrono::sys_seconds instant, const std::string& zone);

}  // namespace bellhop::rules
