#include "rules/mail/sending_pace.hpp"

#include <algorithm>

namespace bellhop::rules {
namespace {

constexpr std::chrono::seconds window{60};

}  // namespace

std::size_t SendingPace::allowed(Instant now, std::size_t wanted) {
    if (per_minute_ == 0) return wanted;
    forget(now);
    return std::min(wanted, per_minute_ - std::min(per_minute_, sent_.size()));
}

SendingPace::Instant SendingPace::next(Instant now) {
    if (allowed(now, 1) > 0) return now;
    // More may have gone than were allowed: enough of them must be forgotten.
    return sent_[sent_.size() - per_minute_] + window;
}

void SendingPace::note(Instant now) {
    if (per_minute_ > 0) sent_.push_back(now);
}

void SendingPace::forget(Instant now) {
    while (!sent_.empty() && sent_.front() + window <= now) sent_.pop_front();
}

}  // namespace bellhop::rules
