// What a ticket's clocks show: its cycles, the targets in force, by when, kept or missed.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "daemon/desk/desk.hpp"
#include "rules/sla/sla.hpp"
#include "rules/ticket/cycle.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::daemon {

/// Reckoned from the log with the desk's policy and the hours of the ticket's school.
struct TicketClocks {
    std::vector<rules::Cycle> cycles = {};  ///< the current one last; empty: nothing is known
    rules::Targets targets = {};            ///< of the current cycle
    rules::Timer response = {};             ///< of the current cycle
    rules::Timer resolution = {};
    const rules::BusinessCalendar* calendar = nullptr;  ///< never null; the desk's
    std::string plan = {};

    const rules::Timer& of(rules::TimerKind kind) const {
        return kind == rules::TimerKind::response ? response : resolution;
    }
    /// When the response was given, or the ticket resolved, in the current cycle.
    std::optional<std::chrono::sys_seconds> stop_of(rules::TimerKind kind) const;

    bool is_breached() const;
};

/// `log` is the ticket's. `desk` outlives the result.
TicketClocks clocks_of(const Desk& desk,
                       const rules::Ticket& ticket,
                       const std::vector<rules::TicketEvent>& log,
                       std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
