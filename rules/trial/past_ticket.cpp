#include "rules/trial/past_ticket.hpp"

#include <algorithm>
#include <span>

#include "rules/rule/ruling.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

/// The first change of a field tells what it was before; without a change it is what it is now.
void rewind(std::string& field, Event type, std::span<const TicketEvent> later) {
    const auto change = std::find_if(later.begin(), later.end(), [type](const TicketEvent& event) {
        return event.type == type &&
               std::any_of(event.values.begin(), event.values.end(),
                           [](const auto& value) { return value.first == "from"; });
    });
    if (change != later.end()) field = value_of(*change, "from");
}

}  // namespace

bool is_by_staff(const TicketEvent& event) {
    return !event.actor.empty() && event.actor != "gateway" && !event.actor.starts_with("rule ");
}

Ticket ticket_before(Ticket now, const std::vector<TicketEvent>& log, std::size_t entry) {
    const auto later = std::span{log}.subspan(std::min(entry, log.size()));
    rewind(now.status, Event::status, later);
    rewind(now.priority, Event::priority, later);
    rewind(now.team, Event::team, later);
    rewind(now.assignee, Event::assignee, later);
    rewind(now.category, Event::category, later);
    for (const TicketEvent& event : later) {
        if (event.type == Event::tag) std::erase(now.tags, event.detail);
        if (event.type == Event::restricted) now.restricted = false;
        if (event.type != Event::reopened) continue;
        now.cycle = std::max(1, now.cycle - 1);
        now.reopened = std::max(0, now.reopened - 1);
    }
    return now;
}

std::optional<std::string> corrected_after(const std::vector<TicketEvent>& log,
                                           std::size_t entry,
                                           TicketField field) {
    const EventType change = event_of(field);
    std::optional<std::string> corrected;
    bool is_own = true;  // entries that belong to the decision itself come first
    for (std::size_t i = entry + 1; i < log.size(); ++i) {
        if (log[i].type == Event::rules) is_own = false;
        if (log[i].type != change) continue;
        if (is_by_staff(log[i])) {
            corrected = value_of(log[i], "to");
        } else if (!is_own) {
            break;
        }
    }
    return corrected;
}

}  // namespace bellhop::rules
