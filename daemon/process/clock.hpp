// The seam to time: the only place that asks what time it is.
#pragma once

#include <chrono>

namespace bellhop::daemon {

class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    /// Wall-clock time. It may step in both directions.
    virtual std::chrono::sys_seconds now() const = 0;

    /// Time that only goes forward, for measuring how long something took.
    virtual std::chrono::steady_clock::time_point steady() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    std::chrono::sys_seconds now() const override;
    std::chrono::steady_clock::time_point steady() const override;
};

}  // namespace bellhop::daemon
