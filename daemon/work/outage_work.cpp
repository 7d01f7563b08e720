#include "daemon/work/outage_work.hpp"

#include <algorithm>
#include <optional>

#include "daemon/work/due_round.hpp"
#include "rules/desk/outage.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t most_parts = 1000;

bool is_worked_on(const storage::TicketStore& tickets,
                  const rules::StatusRules& statuses,
                  rules::TicketId id) {
    const auto ticket = tickets.find(id);
    return ticket && clock_of(statuses, ticket->status) != rules::ClockMode::stop;
}

/// When somebody last did something with a ticket.
std::optional<std::chrono::sys_seconds> last_entry_of(const std::vector<rules::TicketEvent>& log,
                                                      const std::string& actor) {
    const auto last = std::find_if(
        log.rbegin(), log.rend(), [&actor](const auto& entry) { return entry.actor == actor; });
    return last == log.rend() ? std::nullopt : std::optional{last->at};
}

bool is_part(const storage::TicketStore& tickets, rules::TicketId id) {
    const std::vector<storage::TicketLink> links = tickets.links(id);
    return std::any_of(links.begin(), links.end(), [](const storage::TicketLink& link) {
        return link.kind == rules::part_of_outage;
    });
}

}  // namespace

std::vector<rules::TicketId> open_parts(const storage::TicketStore& tickets,
                                        const rules::StatusRules& statuses,
                                        rules::TicketId first) {
    std::vector<rules::TicketId> parts;
    for (const storage::TicketLink& link : tickets.linked_from(first)) {
        if (parts.size() == most_parts) break;
        if (link.kind != rules::part_of_outage) continue;
        if (is_worked_on(tickets, statuses, link.other)) parts.push_back(link.other);
    }
    std::sort(parts.begin(), parts.end());
    return parts;
}

std::vector<rules::TicketId> parts_reached(const Filing& filing,
                                           rules::TicketId first,
                                           const rules::DeskOrder& order,
                                           const std::string& actor) {
    const storage::TicketStore& tickets = filing.store.tickets;
    if (!rules::order_for_part(order)) return {};
    if (!std::holds_alternative<rules::UndoOrder>(order)) {
        return open_parts(tickets, filing.desk.policy.statuses, first);
    }
    const auto ordered = last_entry_of(tickets.events(first), actor);
    std::vector<rules::TicketId> parts;
    for (const storage::TicketLink& link : tickets.linked_from(first)) {
        const bool is_part = link.kind == rules::part_of_outage && parts.size() < most_parts;
        if (is_part && ordered && last_entry_of(tickets.events(link.other), actor) == ordered) {
            parts.push_back(link.other);
        }
    }
    return parts;
}

bool is_part_of_open(const storage::TicketStore& tickets,
                     const rules::StatusRules& statuses,
                     rules::TicketId id) {
    const std::vector<storage::TicketLink> links = tickets.links(id);
    return std::any_of(links.begin(), links.end(), [&](const storage::TicketLink& link) {
        return link.kind == rules::part_of_outage && is_worked_on(tickets, statuses, link.other);
    });
}

void join_outage(const Filing& filing, const rules::Ruling& ruling) {
    storage::TicketStore& tickets = filing.store.tickets;
    const auto first = ruling.outcome.parent ? tickets.find(tickets.current(*ruling.outcome.parent))
                                             : std::nullopt;
    if (!first) return;
    for (const rules::TicketId id : ruling.outcome.parts) {
        const auto part = tickets.find(id);
        if (!part || part->id == first->id || is_part(tickets, part->id)) continue;
        file_work(filing, *part, {rules::LinkTo{first->id, rules::part_of_outage}});
        refresh_timers(filing, part->id);
    }
    const rules::Actions raised = rules::raise_first(
        *first, ruling.outcome.priority, filing.desk.rules.rule_set.book().priorities,
        rules::by_rules(ruling));
    if (raised.empty()) return;
    file_work(filing, *first, raised);
    refresh_timers(filing, first->id);
}

}  // namespace bellhop::daemon
