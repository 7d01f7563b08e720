#include "daemon/work/desk_work.hpp"

#include "daemon/work/due_round.hpp"

namespace bellhop::daemon {

boost::system::result<rules::Ticket, std::string> carry_out(const Filing& filing,
                                                            rules::TicketId id,
                                                            const rules::DeskOrder& order,
                                                            const std::string& actor) {
    const Desk& desk = filing.desk;
    storage::Store& store = filing.store;
    // Read under the lock: the daemon may be at work on the same ticket.
    storage::Transaction transaction{store.database};
    const std::optional<rules::Ticket> found = store.tickets.find(id);
    if (!found) return "ticket " + std::to_string(static_cast<std::int64_t>(id)) + " is gone";
    rules::Ticket ticket = *found;
    const std::vector<rules::TicketEvent> log = store.tickets.events(id);
    const rules::Staff staff = staff_of(desk);
    rules::DeskRules judged_by{desk.policy, staff, {}};
    for (const rules::Priority& priority : desk.policy.priorities) {
        judged_by.priorities.push_back(priority.id);
    }
    const auto actions =
        rules::actions_for(order,
                           {ticket, log, calendar_of(desk, ticket.school),
                            plan_of(desk, ticket.school), word_style_of(desk, ticket.school)},
                           judged_by, actor, filing.now);
    if (actions.has_error()) return actions.error();
    ticket = file_work(filing, ticket, *actions);
    refresh_timers(filing, id);
    transaction.commit();
    return ticket;
}

}  // namespace bellhop::daemon
