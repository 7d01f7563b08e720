#include "daemon/work/outage_parts.hpp"

#include <algorithm>

#include "rules/desk/outage.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t most_parts = 1000;

bool is_worked_on(const rules::Ticket& ticket, const rules::StatusRules& statuses) {
    return clock_of(statuses, ticket.status) != rules::ClockMode::stop;
}

/// When somebody last did something with a ticket.
std::optional<std::chrono::sys_seconds> last_entry_of(const std::vector<rules::TicketEvent>& log,
                                                      const std::string& actor) {
    const auto last = std::find_if(log.rbegin(), log.rend(),
                                   [&actor](const auto& entry) { return entry.actor == actor; });
    return last == log.rend() ? std::nullopt : std::optional{last->at};
}

}  // namespace

std::vector<rules::TicketId> open_parts(const storage::TicketStore& tickets,
                                        const rules::StatusRules& statuses,
                                        rules::TicketId first) {
    std::vector<rules::TicketId> parts;
    for (const storage::TicketLink& link : tickets.linked_from(first)) {
        if (parts.size() == most_parts) break;
        if (link.kind != rules::part_of_outage) continue;
        const auto part = tickets.find(link.other);
        if (part && is_worked_on(*part, statuses)) parts.push_back(part->id);
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
        const bool counts = link.kind == rules::part_of_outage && parts.size() < most_parts;
        if (counts && ordered && last_entry_of(tickets.events(link.other), actor) == ordered) {
            parts.push_back(link.other);
        }
    }
    return parts;
}

std::optional<rules::Ticket> open_first_of(const storage::TicketStore& tickets,
                                           const rules::StatusRules& statuses,
                                           rules::TicketId id) {
    for (const storage::TicketLink& link : tickets.links(id)) {
        if (link.kind != rules::part_of_outage) continue;
        auto first = tickets.find(link.other);
        if (first && is_worked_on(*first, statuses)) return first;
    }
    return std::nullopt;
}

bool is_part(const storage::TicketStore& tickets, rules::TicketId id) {
    const std::vector<storage::TicketLink> links = tickets.links(id);
    return std::any_of(links.begin(), links.end(), [](const storage::TicketLink& link) {
        return link.kind == rules::part_of_outage;
    });
}

}  // namespace bellhop::daemon
