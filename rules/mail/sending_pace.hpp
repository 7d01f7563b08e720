// How many mails may go to a relay at the moment, where it wants no more than so many a minute.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

namespace bellhop::rules {

/// At most `per_minute` mails in any 60 s; 0: no limit. Instants are of a clock that only goes
/// forward.
class SendingPace {
public:
    using Instant = std::chrono::steady_clock::time_point;

    SendingPace() = default;
    explicit SendingPace(std::size_t per_minute) : per_minute_(per_minute) {}

    /// How many may go at `now`, `wanted` at most.
    std::size_t allowed(Instant now, std::size_t wanted);
    /// When one may go again; `now` where one may.
    Instant next(Instant now);
    /// One goes at `now`: it counts, whether it was allowed or not.
    void note(Instant now);

private:
    void forget(Instant now);

    std::size_t per_minute_ = 0;
    std::deque<Instant> sent_ = {};  // within the last minute, oldest first
};

}  // namespace bellhop::rules
