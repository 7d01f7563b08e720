#include "daemon/work/ticket_clocks.hpp"

#include <algorithm>

#include "rules/sla/sla_policy.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::daemon {

std::optional<std::chrono::sys_seconds> TicketClocks::stop_of(rules::TimerKind kind) const {
    return cycles.empty() ? std::nullopt : cycles.back().stop_of(kind);
}

bool TicketClocks::is_breached() const {
    return response.state == rules::TimerState::breached ||
           resolution.state == rules::TimerState::breached;
}

TicketClocks clocks_of(const Desk& desk,
                       const rules::Ticket& ticket,
                       const std::vector<rules::TicketEvent>& log,
                       std::chrono::sys_seconds now) {
    TicketClocks clocks;
    clocks.calendar = &calendar_of(desk, ticket.school);
    clocks.plan = plan_of(desk, ticket.school);
    clocks.cycles = rules::cycles_of(rules::clock_events_of(log), desk.policy.statuses, now);
    if (clocks.cycles.empty()) return clocks;
    const rules::Cycle& cycle = clocks.cycles.back();
    clocks.targets = rules::targets_for(desk.policy, cycle, clocks.plan, *clocks.calendar);
    clocks.response =
        rules::timer_at(cycle, rules::TimerKind::response, clocks.targets, *clocks.calendar, now);
    clocks.resolution =
        rules::timer_at(cycle, rules::TimerKind::resolution, clocks.targets, *clocks.calendar, now);
    return clocks;
}

}  // namespace bellhop::daemon
