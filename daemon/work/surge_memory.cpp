#include "daemon/work/surge_memory.hpp"

#include <algorithm>

#include "parsers/text/lists.hpp"
#include "rules/ticket/action.hpp"

namespace bellhop::daemon {
namespace {

std::optional<rules::TicketId> parent_of(const std::vector<storage::TicketLink>& links) {
    for (const storage::TicketLink& link : links) {
        if (link.kind == rules::child_link) return link.other;
    }
    return std::nullopt;
}

}  // namespace

const std::vector<rules::RecentTicket>& SurgeMemory::recent(std::chrono::sys_seconds now,
                                                            std::chrono::seconds within) {
    if (within != within_) known_.reset();
    within_ = within;
    if (!known_) read(now - within);
    std::erase_if(*known_, [&](const rules::RecentTicket& one) { return one.at < now - within; });
    return *known_;
}

void SurgeMemory::add(const rules::Ticket& ticket, const rules::Ruling& ruling) {
    if (!known_ || ruling.surge_rules.empty()) return;
    for (rules::RecentTicket& earlier : *known_) {
        if (parsers::contains(ruling.outcome.joined, earlier.ticket)) {
            earlier.parent = ruling.outcome.parent;
        }
    }
    if (known_->size() == most_surge_tickets) known_->erase(known_->begin());
    known_->push_back({ticket.id, ticket.opened_at, ticket.requester.address, ticket.school,
                       ruling.outcome.parent, ruling.surge_rules});
}

void SurgeMemory::read(std::chrono::sys_seconds since) {
    known_.emplace();
    if (within_ == std::chrono::seconds{0}) return;
    known_ = with_surges(tickets_, tickets_.opened_since(since, most_surge_tickets));
}

std::vector<rules::RecentTicket> with_surges(const storage::TicketStore& tickets,
                                             const std::vector<rules::Ticket>& opened) {
    std::vector<rules::RecentTicket> found;
    for (const rules::Ticket& ticket : opened) {
        for (const rules::TicketEvent& event : tickets.events(ticket.id)) {
            if (event.type != rules::Event::rules) continue;
            const rules::Ruling ruling = rules::read_ruling(event);
            if (ruling.surge_rules.empty()) break;
            found.push_back({ticket.id, ticket.opened_at, ticket.requester.address, ticket.school,
                             parent_of(tickets.links(ticket.id)), ruling.surge_rules});
            break;
        }
    }
    return found;
}

std::chrono::seconds longest_surge(const rules::RuleBook& book) {
    std::chrono::seconds longest{0};
    for (const auto* list : {&book.rules, &book.boosts}) {
        for (const rules::Rule& rule : *list) {
            if (rule.surge) longest = std::max(longest, rule.surge->within);
        }
    }
    return longest;
}

}  // namespace bellhop::daemon
