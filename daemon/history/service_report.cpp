#include "daemon/history/service_report.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "parsers/text/lists.hpp"
#include "rules/sla/ticket_history.hpp"
#include "rules/ticket/action.hpp"

namespace bellhop::daemon {

namespace {

/// One of many about an outage, which the first of them counts for: unless it came back alone.
bool is_counted_by_parent(const storage::Store& store, const rules::Ticket& ticket) {
    const std::vector<storage::TicketLink> links = store.tickets.links(ticket.id);
    return ticket.reopened == 0 &&
           std::any_of(links.begin(), links.end(), [](const storage::TicketLink& link) {
               return link.kind == rules::child_link;
           });
}

}  // namespace

ServiceReport service_report(
    const storage::Store& store,
    const Desk& desk,
    const ReportPeriod& period,
    const std::function<void(std::int64_t done, std::int64_t whole)>& progress) {
    ServiceReport report;
    report.period = period;
    std::vector<rules::TicketHistory> histories;
    const std::vector<rules::TicketId> ids = store.past.tickets_alive(period.from, period.to);
    for (const rules::TicketId id : ids) {
        progress(static_cast<std::int64_t>(histories.size()),
                 static_cast<std::int64_t>(ids.size()));
        const auto ticket = store.tickets.find(id);
        if (!ticket) continue;  // erased meanwhile
        // Nobody asked, or it was asked in another ticket, which counts.
        const bool is_part = store.tickets.current(id) != id;
        if (is_part || parsers::contains(ticket->tags, "spam")) continue;
        if (is_counted_by_parent(store, *ticket)) continue;
        const std::vector<rules::TicketEvent> log = store.tickets.events(id);
        report.survey.add(log, period.from, period.to);
        histories.push_back({id, ticket->school, plan_of(desk, ticket->school),
                             rules::clock_events_of(log), &calendar_of(desk, ticket->school)});
    }
    report.sla = rules::report_of(histories, desk.policy, period.from, period.to, period.now);
    return report;
}

std::string verdict_on(const rules::Share& share, int target_percent) {
    if (share.judged == 0 || share.percent >= target_percent) return {};
    const std::string below = "below " + std::to_string(target_percent) + " %";
    return share.high < target_percent ? below : below + ", by chance perhaps";
}

std::string name_of_priority(const Desk& desk, std::string_view priority) {
    for (const rules::Priority& each : desk.policy.priorities) {
        if (each.id != priority) continue;
        return each.name.empty() || each.name == each.id ? each.id
                                                         : each.id + " (" + each.name + ")";
    }
    return std::string{priority};
}

std::vector<rules::ReportRow> with_priority_names(std::vector<rules::ReportRow> rows,
                                                  const Desk& desk) {
    for (rules::ReportRow& row : rows) row.group = name_of_priority(desk, row.group);
    return rows;
}

}  // namespace bellhop::daemon
