#include "daemon/work/outage_tickets.hpp"

#include <algorithm>

#include "rules/ticket/action.hpp"
#include "rules/ticket/cycle.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t most_children = 500;  // of one outage
constexpr std::size_t most_parts = 100;     // tickets that have become a part of the parent
constexpr const char* merged_link = "merged_into";

bool is_done(const Filing& filing, const rules::Ticket& ticket) {
    return clock_of(filing.desk.policy.statuses, ticket.status) == rules::ClockMode::stop;
}

}  // namespace

std::vector<rules::Ticket> children_of(const Filing& filing, rules::TicketId parent) {
    const storage::TicketStore& tickets = filing.store.tickets;
    std::vector<rules::Ticket> children;
    std::vector<rules::TicketId> parts{parent};
    for (std::size_t at = 0; at < parts.size(); ++at) {
        for (const storage::TicketLink& link : tickets.linked_from(parts[at])) {
            if (link.kind == merged_link && parts.size() < most_parts) parts.push_back(link.other);
            if (link.kind != rules::child_link || children.size() == most_children) continue;
            // One that has become a part of another ticket is answered there.
            if (link.other == parent || tickets.current(link.other) != link.other) continue;
            if (auto child = tickets.find(link.other)) children.push_back(std::move(*child));
        }
    }
    return children;
}

std::vector<rules::Ticket> open_children(const Filing& filing, rules::TicketId parent) {
    std::vector<rules::Ticket> children = children_of(filing, parent);
    std::erase_if(children, [&filing](const rules::Ticket& one) {
        return one.restricted || is_done(filing, one);
    });
    return children;
}

bool is_in_outage(const Filing& filing, rules::TicketId child) {
    const storage::TicketStore& tickets = filing.store.tickets;
    const std::vector<storage::TicketLink> links = tickets.links(child);
    return std::any_of(links.begin(), links.end(), [&](const storage::TicketLink& link) {
        if (link.kind != rules::child_link) return false;
        const auto parent = tickets.find(tickets.current(link.other));
        return parent && parent->id != child && !is_done(filing, *parent);
    });
}

}  // namespace bellhop::daemon
