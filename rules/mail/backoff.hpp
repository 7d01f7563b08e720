// How long to wait before the next try: growing, capped, with jitter so that many do not come at
// once.
#pragma once

#include <chrono>

namespace bellhop::rules {

/// Before the next attempt to deliver a mail, after `attempts` failed ones (from 1): two in the
/// first quarter of an hour, then 30 min, 1, 2 and 4 h (RFC 5321 section 4.5.4.1 wants at least 30
/// min after the first few). `jitter` in [-1, 1] moves it by up to a tenth.
std::chrono::seconds delivery_retry_delay(int attempts, double jitter);

/// Before a relay that takes no mail at all is asked again, after `failures` in a row (from 1): 15
/// s, doubling, at most 5 min; `jitter` in [-1, 1] moves it by up to a tenth.
std::chrono::seconds relay_retry_delay(int failures, double jitter);

/// Before the next connection to a server that could not be reached or failed, after `failures` in
/// a row (from 1): 1 s, doubling, at most 5 min; `jitter` in [-1, 1] moves it by up to a quarter.
std::chrono::seconds reconnect_delay(int failures, double jitter);

}  // namespace bellhop::rules
