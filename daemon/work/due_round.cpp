#include "daemon/work/due_round.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "daemon/process/log.hpp"
#include "daemon/work/desk_news.hpp"
#include "daemon/work/outage_parts.hpp"
#include "rules/desk/due_work.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_due = 20'000;  // timers of one round; the rest comes with the next
constexpr std::size_t most_at_once = 25;  // tickets in one turn of the loop
// Tickets with news that one step handles: at least one more than `digest_threshold`, else no
// digest would ever come about.
constexpr std::size_t most_of_a_digest = 100;
constexpr int most_turns = 16;                  // of one ticket: what is due, and what follows
constexpr const char* overdue = "overdue";      // the timer of what is due already
constexpr const char* held_news = "held news";  // for somebody who has got too much

rules::DueWork work_on(const Filing& filing, const rules::Ticket& ticket) {
    const Desk& desk = filing.desk;
    const std::vector<rules::TicketEvent> log = filing.store.tickets.events(ticket.id);
    const bool is_led =
        open_first_of(filing.store.tickets, desk.policy.statuses, ticket.id).has_value();
    return rules::due_work(
        {ticket, log, calendar_of(desk, ticket.school), plan_of(desk, ticket.school),
         word_style_of(desk, ticket.school), is_led},
        desk.policy, staff_of(desk), filing.now);
}

enum class HeldNews {
    due,   ///< it is to be told at once
    wait,  ///< a person has got too much: the next digest has it
};

void write_timers(const Filing& filing,
                  rules::TicketId ticket,
                  const rules::DueWork& work,
                  HeldNews held = HeldNews::due) {
    std::vector<storage::Timer> timers;
    const bool is_held = held == HeldNews::wait && work.actions.empty() && work.notices.empty();
    if (work.is_nothing() || is_held) {
        for (const rules::DueTimer& one : work.timers) timers.push_back({ticket, one.kind, one.at});
        if (is_held && !work.news.empty()) {
            timers.push_back({ticket, held_news, next_quarter(filing.now)});
        }
    } else {
        timers.push_back({ticket, overdue, filing.now});
    }
    filing.store.timers.replace(ticket, timers);
}

/// A step of the ladder becomes news of the ticket.
void write_down(const Filing& filing, const rules::Ticket& ticket, const rules::Notice& notice) {
    const std::vector<std::string> to =
        rules::staff_addresses(staff_of(filing.desk), ticket, notice.tell);
    filing.store.tickets.record(
        ticket.id, rules::notice_event(notice, to, calendar_of(filing.desk, ticket.school),
                                       word_style_of(filing.desk, ticket.school), filing.now));
}

/// Does what is due for one ticket, and what follows from that. Returns what is to be told of it.
std::vector<rules::PendingNews> settle(const Filing& filing, rules::Ticket ticket) {
    for (int turn = 0; turn < most_turns; ++turn) {
        const rules::DueWork work = work_on(filing, ticket);
        if (work.actions.empty() && work.notices.empty()) {
            write_timers(filing, ticket.id, work);
            return work.news;
        }
        for (const rules::Notice& notice : work.notices) write_down(filing, ticket, notice);
        ticket = file_work(filing, ticket, work.actions);
    }
    // A fault of ours must neither spin nor silence the ticket for good.
    log_event(LogLevel::error, "ticket_without_rest",
              {{"ticket", std::to_string(static_cast<std::int64_t>(ticket.id))}});
    filing.store.timers.replace(ticket.id, {{ticket.id, overdue, filing.now + 1h}});
    return {};
}

/// Tells what is to be told of these tickets; what has to wait is looked at again later.
void tell_of(const Filing& filing, const std::vector<rules::TicketId>& ids) {
    std::vector<TicketNews> news;
    for (const rules::TicketId id : ids) {
        const auto ticket = filing.store.tickets.find(id);
        if (!ticket) continue;
        std::vector<rules::PendingNews> theirs = settle(filing, *ticket);
        // What was due besides may have changed it.
        if (!theirs.empty()) news.push_back({*filing.store.tickets.find(id), std::move(theirs)});
    }
    tell_news(filing, news);
    for (const TicketNews& one : news) {
        write_timers(filing, one.ticket.id, work_on(filing, one.ticket), HeldNews::wait);
    }
}

/// Takes up to `count` tickets off the front of `ids`.
std::vector<rules::TicketId> some_of(std::deque<rules::TicketId>& ids, std::size_t count) {
    const auto end = ids.begin() + static_cast<std::ptrdiff_t>(std::min(count, ids.size()));
    std::vector<rules::TicketId> taken{ids.begin(), end};
    ids.erase(ids.begin(), end);
    return taken;
}

}  // namespace

void refresh_timers(const Filing& filing, rules::TicketId id) {
    if (const auto ticket = filing.store.tickets.find(id)) {
        write_timers(filing, id, work_on(filing, *ticket));
    }
    // Whether their time counts hangs on it.
    const auto& statuses = filing.desk.policy.statuses;
    for (const rules::TicketId part : open_parts(filing.store.tickets, statuses, id)) {
        const auto ticket = filing.store.tickets.find(part);
        if (ticket) write_timers(filing, part, work_on(filing, *ticket));
    }
}

bool DueRound::step(const Filing& filing) {
    if (tickets_.empty() && with_news_.empty()) begin(filing);
    if (tickets_.empty() && with_news_.empty()) return false;
    storage::Transaction transaction{filing.store.database};
    if (tickets_.empty()) {
        const std::size_t most =
            std::max(most_of_a_digest, filing.desk.policy.digest_threshold + 1);
        tell_of(filing, some_of(with_news_, most));
    } else {
        for (const rules::TicketId id : some_of(tickets_, most_at_once)) {
            const auto ticket = filing.store.tickets.find(id);
            if (ticket && !settle(filing, *ticket).empty()) with_news_.push_back(id);
        }
    }
    transaction.commit();
    return !tickets_.empty() || !with_news_.empty();
}

void DueRound::begin(const Filing& filing) {
    for (const storage::Timer& timer : filing.store.timers.due(filing.now, most_due)) {
        tickets_.push_back(timer.ticket);
    }
    std::sort(tickets_.begin(), tickets_.end());
    tickets_.erase(std::unique(tickets_.begin(), tickets_.end()), tickets_.end());
}

void run_due(const Filing& filing) {
    DueRound round;
    while (round.step(filing)) {
    }
}

}  // namespace bellhop::daemon
