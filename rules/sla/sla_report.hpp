// How often the desk kept its promises: figures by priority, school and month, and each breach with
// its cause.
//
// Small numbers are the reality of a school, so every share stands with its count and an interval.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/sla/sla_policy.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// What a report needs of a ticket. The calendar outlives the call.
struct TicketHistory {
    TicketId id = {};
    std::string school = {};
    std::string plan = {};
    std::vector<ClockEvent> events = {};
    const BusinessCalendar* calendar = nullptr;  ///< never null
};

/// A timer that has been judged: stopped, or breached while it runs on.
struct TimerResult {
    TicketId ticket = {};
    int cycle = 1;
    TimerKind timer = TimerKind::resolution;
    std::string priority = {};
    std::string school = {};
    bool is_met = true;
    std::chrono::sys_seconds judged_at = {};  ///< its stop; the breach where it has none yet
    std::chrono::year_month month = {};       ///< of judged_at, on the calendar's clock
    std::optional<std::chrono::sys_seconds> due = {};
    std::string cause = {};  ///< of a breach, one line
    /// Working time by status up to the stop, in order of the first stay; pauses too.
    std::vector<std::pair<std::string, std::chrono::seconds>> spent = {};

    friend bool operator==(const TimerResult&, const TimerResult&) = default;
};

/// All judged timers of a ticket at `now`, first cycle first. Timers without a target are left out.
std::vector<TimerResult> results_of(const TicketHistory& ticket,
                                    const SlaPolicy& policy,
                                    std::chrono::sys_seconds now);

/// A share in per cent with its 95 % interval (Wilson's score interval; right for small counts).
struct Share {
    int met = 0;
    int judged = 0;
    double percent = 0;  ///< 0 where nothing was judged
    double low = 0;
    double high = 100;

    friend bool operator==(const Share&, const Share&) = default;
};

Share share_of(int met, int judged);

struct ReportRow {
    std::string group = {};  ///< "P1", "st-marys", "2026-10"; "all"
    Share first = {};        ///< first cycles
    Share reopened = {};     ///< later cycles

    friend bool operator==(const ReportRow&, const ReportRow&) = default;
};

struct SlaReport {
    ReportRow all = {};
    std::vector<ReportRow> by_priority = {};  ///< in the order of the policy
    std::vector<ReportRow> by_school = {};
    std::vector<ReportRow> by_month = {};
    int resolved = 0;                        ///< cycles that ended in the period
    int reopened = 0;                        ///< of them, followed by another cycle
    std::vector<TimerResult> breaches = {};  ///< in order of time

    friend bool operator==(const SlaReport&, const SlaReport&) = default;
};

/// The figures of what was judged in [from, to).
SlaReport report_of(const std::vector<TicketHistory>& tickets,
                    const SlaPolicy& policy,
                    std::chrono::sys_seconds from,
                    std::chrono::sys_seconds to,
                    std::chrono::sys_seconds now);

}  // namespace bellhop::rules
