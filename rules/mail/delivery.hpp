// What becomes of a mail that the server has answered: when it is tried again, and when no more.
#pragma once

#include <chrono>
#include <string>

#include "rules/mail/relay_answer.hpp"

namespace bellhop::rules {

/// A mail at the moment of an attempt to send it.
struct DeliveryAttempt {
    int attempts = 1;  ///< this one among them
    std::chrono::sys_seconds expires_at = {};
    std::string words_before = {};  ///< of the server, at the attempt before; empty at the first
};

struct Fate {
    enum class What {
        sent,
        again,                  ///< at `at`
        again_with_own_sender,  ///< at once, with the mailbox's address as reverse-path
        refused,                ///< for good
        given_up                ///< tried for long enough
    };
    What what = What::sent;
    std::chrono::sys_seconds at = {};
    /// No mail can go at the moment: nothing else is to be tried before `at`.
    bool holds_all = false;

    friend bool operator==(const Fate&, const Fate&) = default;
};

/// What to do after an answer, judged together with those before it (see RelaySuspicion). `holds`
/// is how often in a row the relay has taken nothing, this time not counted; `jitter` in [-1, 1].
///
/// What concerns the relay is never the end of a mail, whoever wrote it and however long it lasts.
/// A refusal by policy is believed the second time, a quarter of an hour later. A mail is given up
/// when its time is over and it has been tried a few times: a clock that jumps ahead ends nothing.
Fate fate_of(const Judgement& judgement,
             const DeliveryAttempt& attempt,
             int holds,
             std::chrono::sys_seconds now,
             double jitter);

/// No mail waits longer than this for its next attempt; what does, was put off by a wrong clock.
std::chrono::seconds longest_delivery_delay();

}  // namespace bellhop::rules
