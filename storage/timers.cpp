#include "storage/timers.hpp"

#include <algorithm>
#include <cstdint>

#include "parsers/text/ensure.hpp"
#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

std::vector<Timer> all_of(Statement query) {
    std::vector<Timer> timers;
    while (query.step()) {
        timers.push_back({query.id<rules::TicketId>(0), query.text(1), query.instant(2)});
    }
    return timers;
}

}  // namespace

Timers::Timers(Database& database) : database_(database) {}

void Timers::replace(rules::TicketId ticket, const std::vector<Timer>& timers) {
    std::vector<Timer> wanted = timers;
    for (Timer& timer : wanted) timer.ticket = ticket;
    std::sort(wanted.begin(), wanted.end(),
              [](const Timer& left, const Timer& right) { return left.kind < right.kind; });
    const auto twice = std::adjacent_find(
        wanted.begin(), wanted.end(),
        [](const Timer& left, const Timer& right) { return left.kind == right.kind; });
    ensure(twice == wanted.end());
    AtomicWrite write{database_};
    const std::vector<Timer> present = of_ticket(ticket);
    if (present == wanted) return;
    database_.prepare("DELETE FROM timers WHERE ticket = ?1", ticket).run();
    for (const Timer& timer : wanted) {
        database_
            .prepare("INSERT INTO timers (ticket, kind, due_at) VALUES (?1, ?2, ?3)", ticket,
                     timer.kind, timer.due_at)
            .run();
    }
    write.commit();
}

void Timers::add(const Timer& timer) {
    database_
        .prepare("INSERT OR REPLACE INTO timers (ticket, kind, due_at) VALUES (?1, ?2, ?3)",
                 timer.ticket, timer.kind, timer.due_at)
        .run();
}

std::vector<Timer> Timers::of_ticket(rules::TicketId ticket) const {
    return all_of(database_.prepare(
        "SELECT ticket, kind, due_at FROM timers WHERE ticket = ?1 ORDER BY kind", ticket));
}

std::vector<Timer> Timers::due(std::chrono::sys_seconds now, std::size_t limit) const {
    return all_of(
        database_.prepare("SELECT ticket, kind, due_at FROM timers WHERE due_at <= ?1 "
                          "ORDER BY due_at, ticket, kind LIMIT ?2",
                          now, static_cast<std::int64_t>(limit)));
}

std::optional<std::chrono::sys_seconds> Timers::next_due() const {
    Statement query = database_.prepare("SELECT min(due_at) FROM timers");
    return query.step() ? query.optional_instant(0) : std::nullopt;
}

}  // namespace bellhop::storage
