#include "daemon/replay/replay_timeline.hpp"

#include "rules/calendar/local_words.hpp"
#include "rules/sla/sla.hpp"
#include "rules/sla/sla_policy.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::daemon {
namespace {

std::string number_of(rules::TicketId ticket) {
    return "#" + std::to_string(static_cast<std::int64_t>(ticket));
}

/// "response met Mon 2026-11-02 09:05 GMT, due Mon 2026-11-02 11:00 GMT"
std::string timer_in_words(const rules::Cycle& cycle,
                           rules::TimerKind kind,
                           const rules::Targets& targets,
                           const rules::BusinessCalendar& calendar,
                           std::chrono::sys_seconds now) {
    const rules::Timer timer = rules::timer_at(cycle, kind, targets, calendar, now);
    if (timer.state == rules::TimerState::none) return {};
    std::string text =
        std::string{rules::to_text(kind)} + " " + std::string{rules::to_text(timer.state)};
    if (const auto stop = cycle.stop_of(kind)) {
        text += " " + rules::moment_for_log(calendar, *stop);
    }
    if (timer.due) text += ", due " + rules::moment_for_log(calendar, *timer.due);
    if (!timer.is_scheduled) text += ", no working time ahead";
    return text;
}

std::string cycle_in_words(const Desk& desk,
                           const rules::Ticket& ticket,
                           const rules::Cycle& cycle,
                           std::chrono::sys_seconds now) {
    const rules::BusinessCalendar& calendar = calendar_of(desk, ticket.school);
    const rules::Targets targets =
        rules::targets_for(desk.policy, cycle, plan_of(desk, ticket.school), calendar);
    std::string text = number_of(ticket.id) + " cycle " + std::to_string(cycle.number) + ", " +
                       cycle.priority + ", " + cycle.status;
    for (const auto kind : {rules::TimerKind::response, rules::TimerKind::resolution}) {
        const std::string words = timer_in_words(cycle, kind, targets, calendar, now);
        if (!words.empty()) text += "; " + words;
    }
    return text + "\n";
}

}  // namespace

std::string timeline_line(const ReplayedStep& step, const Desk& desk) {
    const rules::BusinessCalendar& calendar = desk.calendars.calendars.front();
    std::string line = rules::moment_for_log(calendar, step.at) + "  ";
    if (step.ticket) line += number_of(*step.ticket) + "  ";
    return line + step.what + "\n";
}

std::string timeline_end(const Replay& replay) {
    std::string text;
    const storage::TicketList& lists = replay.store().lists;
    storage::ListFilter every;
    every.all = true;
    for (auto page = lists.page(every, {}); !page.empty();
         page = lists.page(every, page.back().id)) {
        std::vector<rules::TicketId> ids;
        for (const rules::Ticket& ticket : page) ids.push_back(ticket.id);
        auto events = lists.events_of(ids);
        for (const rules::Ticket& ticket : page) {
            const auto cycles = rules::cycles_of(rules::clock_events_of(events[ticket.id]),
                                                 replay.desk().policy.statuses, replay.now());
            for (const rules::Cycle& cycle : cycles) {
                text += cycle_in_words(replay.desk(), ticket, cycle, replay.now());
            }
        }
    }
    return text;
}

}  // namespace bellhop::daemon
