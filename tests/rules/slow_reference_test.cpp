// Thousands of random calendars, tickets and questions: the engine against the slow reference, and
// the laws that hold whatever the numbers are.
#include "tests/rules/slow_reference.hpp"

#include <cstdlib>
#include <random>

#include <gtest/gtest.h>

#include "rules/calendar/instant.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr days window_length{32};

/// Questions to each random calendar. More by hand: BELLHOP_RANDOM_CASES=2000.
int cases_per_plan() {
    const char* wanted = std::getenv("BELLHOP_RANDOM_CASES");
    return wanted == nullptr ? 50 : std::atoi(wanted);
}

/// Reproducible, and the same on every machine: standard distributions are not.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}

    int below(int limit) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(limit)); }
    bool one_in(int chances) { return below(chances) == 0; }
    template <class T>
    const T& of(const std::vector<T>& choices) {
        return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
    }

private:
    std::mt19937 engine_;
};

DayHours random_day(Dice& dice) {
    if (dice.one_in(7)) return {};
    if (dice.one_in(8)) return hours("00:00-24:00");
    if (dice.one_in(8)) {
        const minutes opens = 18h + dice.below(72) * SlowReference::step;
        return {{opens, opens + (1 + dice.below(140)) * SlowReference::step}};
    }
    DayHours day;
    minutes at = dice.below(120) * SlowReference::step;
    for (int spans = 1 + dice.below(3); spans > 0 && at < 22h; --spans) {
        const minutes closes =
            std::min<minutes>(24h, at + (1 + dice.below(80)) * SlowReference::step);
        day.push_back({at, closes});
        at = closes + dice.below(18) * SlowReference::step;
    }
    return day;
}

WeeklyHours random_week(Dice& dice) {
    WeeklyHours week;
    const DayHours usual = random_day(dice);
    for (DayHours& day : week.days) {
        if (!dice.one_in(5)) day = dice.one_in(2) ? usual : random_day(dice);
    }
    return week;
}

struct Window {
    std::string zone;
    sys_seconds begin;
};

/// Windows around a change of the clock, and one without any.
std::vector<Window> windows() {
    return {{"Europe/London", utc("2026-03-15T00:00:00Z")},
            {"Europe/London", utc("2026-10-10T00:00:00Z")},
            {"Europe/London", utc("2026-12-01T00:00:00Z")},
            {"America/New_York", utc("2026-10-20T00:00:00Z")},
            {"Australia/Lord_Howe", utc("2026-03-20T00:00:00Z")},
            {"Africa/Casablanca", utc("2026-02-01T00:00:00Z")},
            {"Asia/Kolkata", utc("2026-06-01T00:00:00Z")}};
}

CalendarPlan random_plan(Dice& dice, const Window& window) {
    CalendarPlan plan;
    plan.zone = window.zone;
    plan.weekly = random_week(dice);
    const std::chrono::local_days first{std::chrono::floor<days>(window.begin).time_since_epoch()};
    for (std::chrono::local_days at = first; dice.one_in(2) && at < first + window_length;) {
        const std::chrono::local_days last = at + days{dice.below(15)};
        plan.periods.push_back({"period", at, last, random_week(dice), "", !dice.one_in(6)});
        at = last + days{1 + dice.below(10)};
    }
    if (dice.one_in(2)) {
        const std::chrono::local_days from = first + days{dice.below(40)};
        plan.closures.push_back({"closed", from, from + days{dice.below(4)}});
    }
    for (int i = dice.below(4); i > 0; --i) {
        plan.special_days.push_back(
            {"special", first + days{i * 10 + dice.below(10)}, random_day(dice)});
    }
    return plan;
}

sys_seconds random_instant(Dice& dice, const Window& window, int days_within) {
    seconds offset{dice.below(days_within * 86400)};
    if (dice.one_in(2)) offset -= offset % 1min;
    if (dice.one_in(4)) offset -= offset % 30min;
    return window.begin + 2 * days{1} + offset;
}

Target random_business_target(Dice& dice) {
    switch (dice.below(4)) {
        case 0:
            return {BusinessDays{dice.below(8)}};
        case 1:
            return {Immediate{seconds{dice.one_in(3) ? 0 : dice.below(3600)}}};
        case 2:
            return {BusinessTime{minutes{30 * dice.below(20)}}};
        default:
            return {BusinessTime{seconds{dice.below(100'000)}}};
    }
}

std::vector<ClockEvent> random_life(Dice& dice, sys_seconds at) {
    static const std::vector<std::string> statuses = {
        "open",    "queued", "waiting_customer", "waiting_third_party", "waiting_site_visit",
        "resolved"};
    std::vector<ClockEvent> events{
        {at, Created{"P1", dice.one_in(8) ? "waiting_customer" : "open"}}};
    for (int i = dice.below(9); i > 0; --i) {
        at += seconds{dice.one_in(5) ? 0 : dice.below(dice.one_in(3) ? 4 * 86400 : 9000)};
        switch (dice.below(8)) {
            case 0:
                events.push_back({at, AgentReplied{}});
                break;
            case 1:
                events.push_back({at, CustomerReplied{}});
                break;
            case 2:
                events.push_back({at, AutomaticMailPassed{}});
                break;
            default:
                events.push_back({at, StatusSet{dice.of(statuses)}});
                break;
        }
    }
    return events;
}

std::string shown(const std::optional<sys_seconds>& instant) {
    return instant ? to_text(*instant) : "nothing";
}

/// Calls `check(dice, window, plan)` with random plans, each window in turn.
template <class Check>
void for_random_plans(int count, std::uint32_t seed, Check check) {
    Dice dice{seed};
    for (int i = 0; i < count; ++i) {
        const Window window = windows()[static_cast<std::size_t>(i) % windows().size()];
        const CalendarPlan plan = random_plan(dice, window);
        check(dice, window, plan);
        if (testing::Test::HasFatalFailure()) FAIL() << "plan " << i << " in " << window.zone;
    }
}

TEST(SlowReference, AgreesAboutCalendars) {
    int compared = 0;
    for_random_plans(14, 1, [&](Dice& dice, const Window& window, const CalendarPlan& plan) {
        const SlowReference slow{plan, window.begin, window_length};
        const BusinessCalendar fast = calendar_of(plan);
        for (int i = 0; i < cases_per_plan(); ++i) {
            const sys_seconds from = random_instant(dice, window, 20);
            const sys_seconds to = from + seconds{dice.below(6 * 86400)};
            const seconds work{dice.one_in(6) ? 0 : dice.below(120'000)};
            const int count = dice.below(9);
            ASSERT_EQ(fast.is_open(from), slow.is_open(from)) << to_text(from);
            ASSERT_EQ(fast.working_time_between(from, to), slow.between(from, to)) << to_text(from);
            if (const auto due = slow.add(from, work)) {
                ASSERT_EQ(shown(fast.add_working_time(from, work)), shown(due)) << to_text(from);
                ++compared;
            }
            if (const auto due = slow.add_days(from, count)) {
                ASSERT_EQ(shown(fast.add_business_days(from, count)), shown(due))
                    << to_text(from) << " + " << count;
                ++compared;
            }
        }
    });
    EXPECT_GT(compared, 14 * cases_per_plan());
}

TEST(SlowReference, AgreesAboutTimers) {
    int compared = 0;
    for_random_plans(14, 2, [&](Dice& dice, const Window& window, const CalendarPlan& plan) {
        const SlowReference slow{plan, window.begin, window_length};
        const BusinessCalendar fast = calendar_of(plan);
        for (int i = 0; i < cases_per_plan(); ++i) {
            const std::vector<ClockEvent> life =
                random_life(dice, random_instant(dice, window, 12));
            const sys_seconds now = life.back().at + seconds{dice.below(2 * 86400)};
            const std::vector<Cycle> cycles = cycles_of(life, shipped_statuses(), now);
            const Target target = random_business_target(dice);
            const TimerKind kind = dice.one_in(2) ? TimerKind::response : TimerKind::resolution;
            const std::optional<Timer> want = slow.business_timer(cycles.back(), kind, target, now);
            if (!want) continue;
            const Timer got = timer_at(cycles.back(), kind, {target, target}, fast, now);
            ASSERT_EQ(to_text(got.state), to_text(want->state)) << describe(target);
            ASSERT_EQ(got.elapsed, want->elapsed) << describe(target);
            ASSERT_EQ(got.remaining, want->remaining) << describe(target);
            ASSERT_EQ(shown(got.due), shown(want->due)) << describe(target);
            ASSERT_EQ(shown(got.breach_after), shown(want->breach_after)) << describe(target);
            ++compared;
        }
    });
    EXPECT_GT(compared, 7 * cases_per_plan());
}

TEST(SlaLaws, WorkingTimeAddsUp) {
    for_random_plans(40, 3, [](Dice& dice, const Window& window, const CalendarPlan& plan) {
        const BusinessCalendar calendar = calendar_of(plan);
        for (int i = 0; i < 50; ++i) {
            const sys_seconds a = random_instant(dice, window, 30);
            const sys_seconds b = a + seconds{dice.below(9 * 86400)};
            const sys_seconds c = b + seconds{dice.below(9 * 86400)};
            const seconds x{dice.below(90'000)};
            const seconds y{dice.below(90'000)};
            ASSERT_EQ(calendar.working_time_between(a, b) + calendar.working_time_between(b, c),
                      calendar.working_time_between(a, c));
            const auto after_x = calendar.add_working_time(a, x);
            const auto after_both = calendar.add_working_time(a, x + y);
            if (!after_x || !after_both) continue;
            ASSERT_EQ(calendar.working_time_between(a, *after_x), x);
            ASSERT_LE(*after_x, *after_both) << "monotone in the work";
            ASSERT_LE(*after_x, calendar.add_working_time(b, x).value_or(sys_seconds::max()))
                << "monotone in the start";
            if (y > 0s) {
                ASSERT_EQ(calendar.add_working_time(*after_x, y), after_both);
            }
            const seconds work = calendar.working_time_between(a, b);
            if (work > 0s) {
                ASSERT_LE(*calendar.add_working_time(a, work), b);
            }
        }
    });
}

TEST(SlaLaws, SplittingAnIntervalChangesNothing) {
    for_random_plans(20, 4, [](Dice& dice, const Window& window, const CalendarPlan& plan) {
        CalendarPlan split = plan;
        for (DayHours& day : split.weekly.days) {
            DayHours pieces;
            for (const OpeningHours& span : day) {
                const minutes middle = span.opens + (span.closes - span.opens) / 2;
                if (middle == span.opens || middle >= 24h) {
                    pieces.push_back(span);
                } else {
                    pieces.insert(pieces.end(), {{span.opens, middle}, {middle, span.closes}});
                }
            }
            day = pieces;
        }
        const BusinessCalendar whole = calendar_of(plan);
        const BusinessCalendar refined = calendar_of(split);
        for (int i = 0; i < 40; ++i) {
            const sys_seconds from = random_instant(dice, window, 30);
            const seconds work{dice.below(100'000)};
            ASSERT_EQ(whole.add_working_time(from, work), refined.add_working_time(from, work));
            const int count = dice.below(5);
            ASSERT_EQ(whole.add_business_days(from, count), refined.add_business_days(from, count));
        }
    });
}

TEST(SlaLaws, ABreachIsNotHealedByTime) {
    for_random_plans(30, 5, [](Dice& dice, const Window& window, const CalendarPlan& plan) {
        const BusinessCalendar calendar = calendar_of(plan);
        const std::vector<ClockEvent> life = random_life(dice, random_instant(dice, window, 8));
        const Target target = random_business_target(dice);
        for (const TimerKind kind : {TimerKind::response, TimerKind::resolution}) {
            int cycle_breached = 0;
            for (sys_seconds now = life.front().at; now < life.front().at + days{20};
                 now += 307min) {
                const auto cycles = cycles_of(life, shipped_statuses(), now);
                const Timer timer = timer_at(cycles.back(), kind, {target, target}, calendar, now);
                if (cycle_breached == cycles.back().number) {
                    ASSERT_EQ(timer.state, TimerState::breached) << to_text(now);
                }
                if (timer.state == TimerState::breached) cycle_breached = cycles.back().number;
                if (timer.state != TimerState::running || !timer.breach_after) continue;
                // The breach comes one second after `breach_after` if nothing else happens, not
                // before.
                ASSERT_GE(*timer.breach_after, now) << to_text(now);
            }
        }
    });
}

}  // namespace
}  // namespace bellhop::rules
