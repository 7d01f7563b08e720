#include "daemon/work/outage_work.hpp"

#include "daemon/work/due_round.hpp"
#include "daemon/work/outage_parts.hpp"
#include "rules/desk/outage.hpp"

namespace bellhop::daemon {

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
    const rules::Actions raised =
        rules::raise_first(*first, ruling.outcome.priority,
                           filing.desk.rules.rule_set().book().priorities, rules::by_rules(ruling));
    if (raised.empty()) return;
    file_work(filing, *first, raised);
    refresh_timers(filing, first->id);
}

}  // namespace bellhop::daemon
