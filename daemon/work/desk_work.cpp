#include "daemon/work/desk_work.hpp"

#include "daemon/work/due_round.hpp"
#include "daemon/work/outage_parts.hpp"
#include "rules/desk/outage.hpp"

namespace bellhop::daemon {
namespace {

std::vector<std::string> unsent_mails(const storage::Store& store, rules::TicketId id) {
    std::vector<std::string> ids;
    for (const storage::OutboxMail& mail : store.outbox.of_ticket(id)) {
        const bool is_unsent = mail.state == storage::OutboxState::queued && !mail.shown;
        if (is_unsent) ids.push_back(mail.message_id);
    }
    return ids;
}

boost::system::result<rules::Ticket, std::string> carry_out_alone(const Filing& filing,
                                                                  rules::TicketId id,
                                                                  const rules::DeskOrder& order,
                                                                  const std::string& actor) {
    const Desk& desk = filing.desk;
    storage::Store& store = filing.store;
    const std::optional<rules::Ticket> found = store.tickets.find(id);
    if (!found) return "ticket " + std::to_string(static_cast<std::int64_t>(id)) + " is gone";
    const rules::Ticket ticket = *found;
    const std::vector<rules::TicketEvent> log = store.tickets.events(id);
    const rules::Staff staff = staff_of(desk);
    rules::DeskRules judged_by = desk_rules(desk, staff);
    judged_by.unsent = unsent_mails(store, id);
    if (const auto other = rules::other_ticket_of(order)) {
        judged_by.other = store.tickets.find(store.tickets.current(*other));
    }
    const auto actions =
        rules::actions_for(order,
                           {ticket, log, calendar_of(desk, ticket.school),
                            plan_of(desk, ticket.school), word_style_of(desk, ticket.school)},
                           judged_by, actor, filing.now);
    if (actions.has_error()) return actions.error();
    rules::Ticket changed = file_work(filing, ticket, *actions);
    refresh_timers(filing, id);
    if (judged_by.other) refresh_timers(filing, judged_by.other->id);
    return changed;
}

}  // namespace

rules::DeskRules desk_rules(const Desk& desk, const rules::Staff& staff) {
    rules::DeskRules rules{desk.policy, staff, {}, {}, {}};
    for (const rules::Priority& priority : desk.policy.priorities) {
        rules.priorities.push_back(priority.id);
    }
    return rules;
}

boost::system::result<rules::Ticket, std::string> carry_out_within(const Filing& filing,
                                                                   rules::TicketId id,
                                                                   const rules::DeskOrder& order,
                                                                   const std::string& actor) {
    // Read before the order: what it does to the first ticket must not change who is meant.
    const std::vector<rules::TicketId> parts = parts_reached(filing, id, order, actor);
    auto ticket = carry_out_alone(filing, id, order, actor);
    if (ticket.has_error()) return ticket;
    for (const rules::TicketId part : parts) {
        const auto done = carry_out_alone(filing, part, *rules::order_for_part(order), actor);
        if (done.has_value()) continue;
        filing.store.tickets.record(part,
                                    {filing.now, rules::Event::not_done, actor, done.error(), {}});
    }
    return ticket;
}

boost::system::result<rules::Ticket, std::string> carry_out(const Filing& filing,
                                                            rules::TicketId id,
                                                            const rules::DeskOrder& order,
                                                            const std::string& actor) {
    // Read under the lock: the daemon may be at work on the same ticket.
    storage::Transaction transaction{filing.store.database};
    auto ticket = carry_out_within(filing, id, order, actor);
    if (ticket.has_error()) return ticket;
    transaction.commit();
    return ticket;
}

}  // namespace bellhop::daemon
