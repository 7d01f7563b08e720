// The life of a ticket as its clocks see it: cycles, and in each the spans in which time runs or
// pauses.
//
// A cycle begins when the ticket is created and whenever it is reopened.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

enum class TimerKind { response, resolution };

/// "response" or "resolution"
std::string_view to_text(TimerKind kind);

/// A status of the desk.
struct StatusRule {
    std::string name = {};
    ClockMode clock = ClockMode::run;
    /// The status that a person's reply leads to; empty: it stays.
    std::string after_customer_reply = {};

    friend bool operator==(const StatusRule&, const StatusRule&) = default;
};

using StatusRules = std::vector<StatusRule>;

/// The statuses that a desk has unless it says otherwise: open, queued, in_progress, escalated run;
/// waiting_customer, waiting_third_party, waiting_site_visit, waiting_approval pause; resolved,
/// closed stop.
const StatusRules& shipped_statuses();

/// A status that the rules do not know counts as running: better a breach too many than a ticket
/// forgotten.
ClockMode clock_of(const StatusRules& statuses, std::string_view status);

struct Created {
    std::string priority = {};
    std::string status = "open";
};
struct StatusSet {
    std::string to = {};
};
struct PrioritySet {
    std::string to = {};
};
/// The first public reply of a person on the desk in a cycle is the response.
struct AgentReplied {};
/// Acknowledgements, reminders, an out-of-office reply: never changes a clock.
struct AutomaticMailPassed {};
struct CustomerReplied {};
/// Replaces the target of a timer in this cycle.
struct DueAgreed {
    TimerKind timer = TimerKind::resolution;
    std::chrono::sys_seconds due = {};
};
/// The ticket's hours have been edited, or another calendar holds for it.
struct CalendarSet {
    std::string to = {};
};

struct ClockEvent {
    std::chrono::sys_seconds at = {};
    std::variant<Created,
                 StatusSet,
                 PrioritySet,
                 AgentReplied,
                 AutomaticMailPassed,
                 CustomerReplied,
                 DueAgreed,
                 CalendarSet>
        what = AutomaticMailPassed{};
};

/// A span [from, to) of one clock mode.
struct ClockSpan {
    std::chrono::sys_seconds from = {};
    std::chrono::sys_seconds to = {};
    ClockMode mode = ClockMode::run;

    friend bool operator==(const ClockSpan&, const ClockSpan&) = default;
};

/// How long a ticket stayed in one status.
struct StatusStay {
    std::string status = {};
    std::chrono::sys_seconds from = {};
    std::chrono::sys_seconds to = {};

    friend bool operator==(const StatusStay&, const StatusStay&) = default;
};

struct Cycle {
    int number = 1;
    std::chrono::sys_seconds started_at = {};
    std::vector<ClockSpan> spans = {};   ///< without gaps; neighbours differ in mode; none is empty
    std::vector<StatusStay> stays = {};  ///< without gaps; the last one lasts until now
    std::optional<std::chrono::sys_seconds> responded_at = {};
    std::optional<std::chrono::sys_seconds> stopped_at = {};  ///< resolved or closed
    std::optional<std::chrono::sys_seconds> agreed_response = {};
    std::optional<std::chrono::sys_seconds> agreed_resolution = {};
    std::string priority = {};  ///< at its end
    /// When the priority was last changed within the cycle.
    std::optional<std::chrono::sys_seconds> priority_since = {};
    std::string status = {};          ///< at its end
    std::string calendar = {};        ///< at its end; empty: never set
    ClockMode mode = ClockMode::run;  ///< at its end: of the status, whose span may be yet to come

    std::optional<std::chrono::sys_seconds> stop_of(TimerKind timer) const {
        return timer == TimerKind::response ? responded_at : stopped_at;
    }
    std::optional<std::chrono::sys_seconds> agreed_due(TimerKind timer) const {
        return timer == TimerKind::response ? agreed_response : agreed_resolution;
    }
};

/// The cycles until `now`, the current one last. Events after `now` are left out; equal instants
/// count in the order of the list. Empty where the ticket is not created by then.
std::vector<Cycle> cycles_of(const std::vector<ClockEvent>& events,
                             const StatusRules& statuses,
                             std::chrono::sys_seconds now);

}  // namespace bellhop::rules
