// How long it takes to reckon service levels: a year of hours, and every open ticket of a large
// desk.
#include <chrono>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "rules/calendar/business_calendar.hpp"
#include "rules/sla/ladder.hpp"
#include "rules/sla/sla.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr sys_seconds new_year = sys_days{std::chrono::year{2027} / 1 / 1};

WeeklyHours every_weekday(std::chrono::minutes opens, std::chrono::minutes closes) {
    WeeklyHours week;
    for (std::size_t day = 0; day < 5; ++day) week.days[day] = {{opens, closes}};
    return week;
}

/// Two terms, twelve closures, ten special days: as a school's year looks.
BusinessCalendar school_year() {
    CalendarPlan plan;
    plan.zone = "Europe/London";
    plan.weekly = every_weekday(8h + 30min, 16h);
    const std::chrono::local_days first{std::chrono::year{2026} / 9 / 1};
    for (int term = 0; term < 6; ++term) {
        const auto begin = first + days{term * 56};
        plan.periods.push_back(
            {"term", begin, begin + days{45}, every_weekday(8h + 30min, 16h + 30min)});
    }
    for (int i = 0; i < 12; ++i) {
        const auto date = first + days{20 + i * 29};
        plan.closures.push_back({"closed", date, date});
    }
    for (int i = 0; i < 10; ++i) {
        plan.special_days.push_back({"exams", first + days{33 + i * 31}, {{7h, 16h}}});
    }
    return *BusinessCalendar::create(plan);
}

struct OpenTicket {
    std::vector<ClockEvent> events = {};
};

/// A tenth waits for its customer, most have paused once; created over the last six weeks.
std::vector<OpenTicket> open_tickets(std::size_t count) {
    std::mt19937 random{7};
    const auto below = [&random](int limit) {
        return static_cast<int>(random() % static_cast<unsigned>(limit));
    };
    std::vector<OpenTicket> tickets;
    for (std::size_t i = 0; i < count; ++i) {
        sys_seconds at = new_year + days{90} + seconds{below(42 * 86400)};
        OpenTicket ticket;
        ticket.events.push_back({at, Created{"P" + std::to_string(1 + below(4)), "open"}});
        for (int pauses = below(4); pauses > 0; --pauses) {
            at += seconds{below(86400)};
            ticket.events.push_back({at, StatusSet{"waiting_customer"}});
            at += seconds{below(2 * 86400)};
            ticket.events.push_back({at, CustomerReplied{}});
        }
        if (below(10) == 0) ticket.events.push_back({at + 1h, StatusSet{"waiting_customer"}});
        if (below(2) == 0) ticket.events.push_back({at + 2h, AgentReplied{}});
        tickets.push_back(std::move(ticket));
    }
    return tickets;
}

SlaPolicy policy() {
    const std::vector<TimerKind> both = {TimerKind::response, TimerKind::resolution};
    SlaPolicy policy;
    PolicyVersion version;
    version.targets["P1"] = {Target{BusinessTime{30min}}, Target{BusinessTime{4h}}};
    version.targets["P2"] = {Target{BusinessTime{1h}}, Target{BusinessTime{8h}}};
    version.targets["P3"] = {Target{BusinessDays{1}}, Target{BusinessDays{3}}};
    version.targets["P4"] = {Target{CalendarTime{48h, Roll::forward}}, Target{BusinessDays{5}}};
    policy.versions = {version};
    policy.ladder = {{"75%", WarningPoint{75}, both, {}, {"assignee"}},
                     {"breach", BreachPoint{}, both, {}, {"team"}},
                     {"breach + 1 hour", BreachPoint{3600s}, both, {}, {"manager"}}};
    return policy;
}

void year_of_hours(benchmark::State& state) {
    const BusinessCalendar school = school_year();
    for (auto _ : state) {
        const BusinessCalendar fresh = school;  // its memo is empty
        benchmark::DoNotOptimize(fresh.open_spans(new_year, new_year + days{365}));
    }
}
BENCHMARK(year_of_hours)->Unit(benchmark::kMicrosecond);

void add_four_hours(benchmark::State& state) {
    const BusinessCalendar school = school_year();
    sys_seconds at = new_year;
    for (auto _ : state) {
        benchmark::DoNotOptimize(school.add_working_time(at, 4h));
        at += 7919s;
        if (at > new_year + days{200}) at = new_year;
    }
}
BENCHMARK(add_four_hours);

/// What a changed calendar costs: both timers and the ladder of every open ticket, on a calendar
/// without memo.
void recompute_open_tickets(benchmark::State& state) {
    const BusinessCalendar school = school_year();
    const SlaPolicy desk = policy();
    const std::vector<OpenTicket> tickets = open_tickets(static_cast<std::size_t>(state.range(0)));
    const sys_seconds now = new_year + days{134};
    for (auto _ : state) {
        const BusinessCalendar fresh = school;
        for (const OpenTicket& ticket : tickets) {
            const auto cycles = cycles_of(ticket.events, desk.statuses, now);
            const Targets targets = targets_for(desk, cycles.back(), "", fresh);
            benchmark::DoNotOptimize(ladder_outlook(desk, cycles.back(), targets, fresh, {}, now));
            for (const TimerKind kind : {TimerKind::response, TimerKind::resolution}) {
                benchmark::DoNotOptimize(timer_at(cycles.back(), kind, targets, fresh, now));
            }
        }
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(recompute_open_tickets)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bellhop::rules
