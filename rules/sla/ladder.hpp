// The ladder of a timer: warnings while time is left, the breach, and the steps after it.
//
// Every step goes out once for a ticket, cycle and timer, in working time only. After a standstill
// the highest step that has been reached goes out alone, naming the instant at which it was truly
// reached. A raised priority cannot breach in the past: steps that would lie before the change
// count from the change.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/sla/sla_policy.hpp"

namespace bellhop::rules {

struct Notice {
    std::string key = {};  ///< "2/resolution/breach": cycle, timer, step; unique within the ticket
    int cycle = 1;
    TimerKind timer = TimerKind::resolution;
    std::string step = {};                  ///< the step's name
    bool is_breach = false;                 ///< the target has been missed
    std::chrono::sys_seconds reached = {};  ///< the true instant
    std::chrono::sys_seconds planned = {};  ///< the same, or the next opening: when it goes out
    std::optional<std::chrono::sys_seconds> due = {};  ///< of the timer
    std::vector<std::string> tell = {};
    bool by_new_priority = false;  ///< the change of the priority alone has brought it

    friend bool operator==(const Notice&, const Notice&) = default;
};

struct LadderOutlook {
    std::vector<Notice> due = {};  ///< to be sent now; at most one a timer
    std::set<std::string> passed =
        {};  ///< keys of lower steps that are overtaken, not to be sent any more
    std::optional<std::chrono::sys_seconds> next_at = {};  ///< when to look again

    friend bool operator==(const LadderOutlook&, const LadderOutlook&) = default;
};

/// What is to be sent about the cycle at `now`. `done` holds the keys of notices that were sent or
/// overtaken. A timer that has stopped sends nothing more; one that is paused nothing that lies
/// after the pause's begin.
LadderOutlook ladder_outlook(const SlaPolicy& policy,
                             const Cycle& cycle,
                             const Targets& targets,
                             const BusinessCalendar& calendar,
                             const std::set<std::string>& done,
                             std::chrono::sys_seconds now);

/// The same with other steps than the policy's.
LadderOutlook ladder_outlook(const std::vector<LadderStep>& steps,
                             const Cycle& cycle,
                             const Targets& targets,
                             const BusinessCalendar& calendar,
                             const std::set<std::string>& done,
                             std::chrono::sys_seconds now);

}  // namespace bellhop::rules
