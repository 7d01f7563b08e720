#include "daemon/work/desk_work.hpp"

#include <vector>

#include "daemon/work/outage_tickets.hpp"
#include "daemon/work/ticket_timers.hpp"
#include "rules/desk/outage.hpp"
#include "rules/desk/undo.hpp"

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

/// On one ticket, whatever is linked with it.
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

/// One that cannot be told of it says so in its log, and keeps nobody else from it.
void carry_out_on_children(const Filing& filing,
                           const rules::Ticket& parent,
                           const std::vector<rules::Ticket>& children,
                           const rules::DeskOrder& order,
                           const std::string& actor) {
    for (const rules::ChildOrder& one : rules::orders_for_children(order, parent, children)) {
        const auto done = carry_out_alone(filing, one.child, one.order, actor);
        if (!done.has_error()) continue;
        const std::string number = std::to_string(static_cast<std::int64_t>(parent.id));
        filing.store.tickets.record(
            one.child, {filing.now,
                        rules::Event::not_done,
                        actor,
                        "as on ticket " + number + ", which it is a child of: " + done.error(),
                        {}});
    }
}

/// What he has ordered at the same instant as on the parent. Returns why it cannot be taken back;
/// empty where it is.
std::string undo_on_children(const Filing& filing,
                             const std::vector<rules::Ticket>& children,
                             std::chrono::sys_seconds at,
                             const std::string& actor) {
    for (const rules::Ticket& child : children) {
        const auto last = rules::last_order_of(filing.store.tickets.events(child.id), actor);
        if (last != at) continue;
        const auto undone = carry_out_alone(filing, child.id, rules::UndoOrder{}, actor);
        if (undone.has_error()) return undone.error();
    }
    return {};
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
    const std::optional<rules::Ticket> before = filing.store.tickets.find(id);
    const bool undoes = std::holds_alternative<rules::UndoOrder>(order);
    const std::vector<rules::Ticket> children =
        undoes ? children_of(filing, id) : open_children(filing, id);
    const auto last = undoes ? rules::last_order_of(filing.store.tickets.events(id), actor)
                             : std::optional<std::chrono::sys_seconds>{};
    auto changed = carry_out_alone(filing, id, order, actor);
    if (changed.has_error() || children.empty()) return changed;
    if (!undoes) {
        carry_out_on_children(filing, before.value(), children, order, actor);
    } else if (last) {
        if (std::string why = undo_on_children(filing, children, *last, actor); !why.empty()) {
            return why;
        }
    }
    return changed;
}

void end_children(const Filing& filing, const rules::Ticket& before, const std::string& to) {
    carry_out_on_children(filing, before, open_children(filing, before.id),
                          rules::StatusOrder{to, {}, {}}, "gateway");
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
