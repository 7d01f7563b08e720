#include "daemon/work/ticket_timers.hpp"

#include <string>
#include <vector>

#include "daemon/work/desk_news.hpp"
#include "daemon/work/outage_tickets.hpp"

namespace bellhop::daemon {
namespace {

constexpr const char* held_news = "held news";  // for somebody who has got too much

}  // namespace

rules::DueWork work_on(const Filing& filing, const rules::Ticket& ticket) {
    const Desk& desk = filing.desk;
    const std::vector<rules::TicketEvent> log = filing.store.tickets.events(ticket.id);
    return rules::due_work(
        {ticket, log, calendar_of(desk, ticket.school), plan_of(desk, ticket.school),
         word_style_of(desk, ticket.school), is_in_outage(filing, ticket.id)},
        desk.policy, staff_of(desk), filing.now);
}

void write_timers(const Filing& filing,
                  rules::TicketId ticket,
                  const rules::DueWork& work,
                  HeldNews held) {
    std::vector<storage::Timer> timers;
    const bool is_held = held == HeldNews::wait && work.actions.empty() && work.notices.empty();
    if (work.is_nothing() || is_held) {
        for (const rules::DueTimer& one : work.timers) timers.push_back({ticket, one.kind, one.at});
        if (is_held && !work.news.empty()) {
            timers.push_back({ticket, held_news, next_quarter(filing.now)});
        }
    } else {
        timers.push_back({ticket, overdue, filing.now});
    }
    filing.store.timers.replace(ticket, timers);
}

void refresh_timers(const Filing& filing, rules::TicketId id) {
    const auto ticket = filing.store.tickets.find(id);
    if (!ticket) return;
    write_timers(filing, id, work_on(filing, *ticket));
    for (const rules::Ticket& child : open_children(filing, id)) {
        write_timers(filing, child.id, work_on(filing, child));
    }
}

}  // namespace bellhop::daemon
