// How long one turn of the due worker keeps the loop from everything else: a thousand tickets that
// are late all at once, as on the first morning after a standstill.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <stdlib.h>

#include "daemon/desk/config_folder.hpp"
#include "daemon/desk/desk.hpp"
#include "daemon/work/due_worker.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

constexpr int late_tickets = 1000;
constexpr std::size_t refreshed_at_once = 50;
constexpr std::chrono::sys_seconds opened =
    std::chrono::sys_days{std::chrono::year{2026} / 10 / 5} + 9h;

void open_tickets(storage::Store& store) {
    storage::Transaction transaction{store.database};
    for (int i = 0; i < late_tickets; ++i) {
        rules::Ticket ticket;
        ticket.subject = "Projector " + std::to_string(i);
        ticket.requester = {"Ann", "ann@hill.example.org"};
        ticket.status = "open";
        ticket.priority = "P1";
        ticket.team = "technical";
        ticket.mailbox = "cases";
        ticket.opened_at = opened;
        const rules::TicketId id = store.tickets.open(ticket);
        store.tickets.record(id, {opened,
                                  rules::Event::created,
                                  "gateway",
                                  {},
                                  {{"priority", "P1"}, {"status", "open"}}});
    }
    transaction.commit();
}

void print_turns(const std::string& what, const std::function<bool()>& step) {
    std::vector<double> turns;
    for (bool goes_on = true; goes_on;) {
        const auto begun = std::chrono::steady_clock::now();
        goes_on = step();
        turns.push_back(
            std::chrono::duration<double, std::milli>{std::chrono::steady_clock::now() - begun}
                .count());
    }
    std::sort(turns.begin(), turns.end());
    fmt::print("{}: {} tickets in {} turns, a turn {:.1f} ms (median), the longest {:.1f} ms\n",
               what, late_tickets, turns.size(), turns[turns.size() / 2], turns.back());
}

int measure() {
    std::string name = (std::filesystem::temp_directory_path() / "bellhop-bench-XXXXXX").string();
    const std::filesystem::path folder = mkdtemp(name.data());
    write_config_folder(folder, "provider", Overwriting::refused);
    const auto desk = load_desk(folder);
    if (!desk) return 1;
    storage::Store store{folder / "bench.db"};
    open_tickets(store);
    const std::string key = "bench";
    const Filing filing{store, *desk, key, opened + 27h};
    TimerRefresh refresh;
    print_turns("timers reckoned", [&] { return refresh.step(filing, refreshed_at_once); });
    DueRound round;
    print_turns("late at once", [&] { return round.step(filing); });
    std::filesystem::remove_all(folder);
    return 0;
}

}  // namespace
}  // namespace bellhop::daemon

int main() {
    return bellhop::daemon::measure();
}
