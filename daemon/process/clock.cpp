#include "daemon/process/clock.hpp"

#include <cstdlib>
#include <fstream>

namespace bellhop::daemon {
namespace {

/// For tests with real servers that cannot wait for days: seconds that the clock is ahead, in a
/// file that the environment names. Read anew each time, so that the tests move it.
std::chrono::seconds seconds_ahead() {
    static const char* const file = std::getenv("BELLHOP_CLOCK_AHEAD");
    if (file == nullptr) return std::chrono::seconds{0};
    std::int64_t ahead = 0;
    std::ifstream{file} >> ahead;
    return std::chrono::seconds{ahead};
}

}  // namespace

std::chrono::sys_seconds SystemClock::now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) +
           seconds_ahead();
}

std::chrono::steady_clock::time_point SystemClock::steady() const {
    return std::chrono::steady_clock::now();
}

}  // namespace bellhop::daemon
