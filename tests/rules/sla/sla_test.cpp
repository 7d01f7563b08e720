#include "rules/sla/sla.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "rules/calendar/local_words.hpp"
#include "tests/rules/calendar_fixtures.hpp"
#include "tests/rules/ticket_lives.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

/// The provider's four service levels, a commercial desk's third tier, a school's enquiry.
Targets targets_of(const std::string& priority) {
    if (priority == "P1") return {{}, Target{BusinessTime{4h}}};
    if (priority == "P2") return {{}, Target{BusinessTime{8h}}};
    if (priority == "P3") return {{}, Target{BusinessDays{3}}};
    if (priority == "tier2") return {Target{BusinessTime{1h}}, Target{BusinessTime{2h}}};
    if (priority == "tier3") return {Target{BusinessDays{1}}, Target{BusinessDays{3}}};
    if (priority == "outage") return {Target{Immediate{5min}}, Target{BusinessTime{30min}}};
    if (priority == "enquiry") return {Target{CalendarTime{48h}}, {}};
    return {};
}

/// "STATE due DUE, breached after BREACH, used ELAPSED, left REMAINING" at `now`, on the desk's
/// clock.
std::string told(const Timer& timer, const BusinessCalendar& calendar) {
    std::string text{to_text(timer.state)};
    if (!timer.is_scheduled) text += " unscheduled";
    if (timer.due) text += " due " + moment_for_log(calendar, *timer.due);
    if (timer.breach_after != timer.due) {
        text += ", breached after " + moment_for_log(calendar, *timer.breach_after);
    }
    if (timer.elapsed) text += ", used " + span_for_log(*timer.elapsed);
    if (timer.remaining) text += ", left " + span_for_log(*timer.remaining);
    return text;
}

std::string timer(const CalendarPlan& plan,
                  TimerKind kind,
                  std::string_view now,
                  const std::vector<ClockEvent>& events) {
    const BusinessCalendar calendar = calendar_of(plan);
    const Cycle cycle = cycles_of(events, shipped_statuses(), london(now)).back();
    return told(timer_at(cycle, kind, targets_of(cycle.priority), calendar, london(now)), calendar);
}

std::string resolution(
    std::string_view now,
    std::initializer_list<std::pair<std::string_view, std::string_view>> events) {
    return timer(provider_plan(), TimerKind::resolution, now, life(events));
}

std::string response(std::string_view now,
                     std::initializer_list<std::pair<std::string_view, std::string_view>> events) {
    return timer(provider_plan(), TimerKind::response, now, life(events));
}

TEST(Sla, RunsInWorkingTime) {
    EXPECT_EQ(resolution("2026-09-15 17:00", {{"2026-09-15 15:00", "created P1"}}),
              "running due Wed 2026-09-16 11:00 BST, used 1 h 30 min, left 2 h 30 min");
    EXPECT_EQ(response("2026-09-15 17:00", {{"2026-09-15 15:00", "created P1"}}), "none");
}

TEST(Sla, BreachesOneSecondAfterTheTargetIsUsedUp) {
    EXPECT_EQ(resolution("2026-09-15 16:00", {{"2026-09-15 12:00", "created P1"}}),
              "running due Tue 2026-09-15 16:00 BST, used 4 h, left 0 min");
    EXPECT_EQ(resolution("2026-09-15 16:00:01", {{"2026-09-15 12:00", "created P1"}}),
              "breached due Tue 2026-09-15 16:00 BST, used 4 h 1 s, left -1 s");
}

TEST(Sla, KeepsATargetUsedUpAtClosingTimeUntilTheDeskOpens) {
    EXPECT_EQ(
        resolution("2026-09-15 23:00", {{"2026-09-15 12:30", "created P1"}}),
        "running due Tue 2026-09-15 16:30 BST, breached after Wed 2026-09-16 08:30 BST, used 4 h, "
        "left 0 min");
    EXPECT_EQ(
        resolution("2026-09-16 10:00",
                   {{"2026-09-15 12:30", "created P1"}, {"2026-09-15 16:45", "resolved"}}),
        "met due Tue 2026-09-15 16:30 BST, breached after Wed 2026-09-16 08:30 BST, used 4 h, "
        "left 0 min");
}

TEST(Sla, PausesWhileWaitingAndMovesOnByTheOpenTimeOfThePause) {
    const auto waiting = {
        std::pair<std::string_view, std::string_view>{"2026-09-15 09:00", "created P1"},
        {"2026-09-15 10:00", "waiting_customer"}};
    EXPECT_EQ(resolution("2026-09-16 09:00", waiting), "paused, used 1 h, left 3 h");
    EXPECT_EQ(resolution("2026-09-16 10:00", {{"2026-09-15 09:00", "created P1"},
                                              {"2026-09-15 10:00", "waiting_customer"},
                                              {"2026-09-16 09:30", "customer replies"}}),
              "running due Wed 2026-09-16 12:30 BST, used 1 h 30 min, left 2 h 30 min");
    EXPECT_EQ(resolution("2026-09-16 10:00", {{"2026-09-15 09:00", "created P1"},
                                              {"2026-09-15 16:30", "waiting_customer"},
                                              {"2026-09-16 08:30", "customer replies"}}),
              "breached due Tue 2026-09-15 13:00 BST, used 9 h, left -5 h")
        << "a pause outside hours adds nothing";
}

TEST(Sla, CountsTheSecondsOfAPause) {
    EXPECT_EQ(
        resolution("2026-09-15 12:00", {{"2026-09-15 09:00", "created P1"},
                                        {"2026-09-15 10:00:20", "waiting_third_party"},
                                        {"2026-09-15 10:30:05", "open"}}),
        "running due Tue 2026-09-15 13:29:45 BST, used 2 h 30 min 15 s, left 1 h 29 min 45 s");
}

TEST(Sla, DoesNotHealABreachByALaterPause) {
    EXPECT_EQ(resolution("2026-09-17 12:00", {{"2026-09-15 09:00", "created P1"},
                                              {"2026-09-15 14:00", "waiting_customer"}}),
              "breached due Tue 2026-09-15 13:00 BST, used 5 h, left -1 h");
}

TEST(Sla, RestartsWithFullTargetsWhenReopened) {
    EXPECT_EQ(resolution("2026-09-16 10:30", {{"2026-09-15 09:00", "created tier2"},
                                              {"2026-09-15 10:30", "resolved"},
                                              {"2026-09-16 10:00", "customer replies"}}),
              "running due Wed 2026-09-16 12:00 BST, used 30 min, left 1 h 30 min");
    EXPECT_EQ(response("2026-09-16 10:30", {{"2026-09-15 09:00", "created tier2"},
                                            {"2026-09-15 09:10", "agent replies"},
                                            {"2026-09-15 10:30", "resolved"},
                                            {"2026-09-16 10:00", "customer replies"}}),
              "running due Wed 2026-09-16 11:00 BST, used 30 min, left 30 min");
}

TEST(Sla, ReckonsANewPriorityFromTheStartAndKeepsThePauses) {
    EXPECT_EQ(resolution("2026-09-15 15:00", {{"2026-09-15 09:00", "created P2"},
                                              {"2026-09-15 10:00", "waiting_customer"},
                                              {"2026-09-15 11:00", "open"},
                                              {"2026-09-15 14:30", "priority P1"}}),
              "breached due Tue 2026-09-15 14:00 BST, used 5 h, left -1 h");
}

TEST(Sla, LetsOnlyAPersonsReplyStopTheResponse) {
    EXPECT_EQ(response("2026-09-15 10:30", {{"2026-09-15 09:00", "created tier2"},
                                            {"2026-09-15 09:00", "automatic mail"}}),
              "breached due Tue 2026-09-15 10:00 BST, used 1 h 30 min, left -30 min");
    EXPECT_EQ(response("2026-09-15 10:30", {{"2026-09-15 09:00", "created tier2"},
                                            {"2026-09-15 09:45", "agent replies"}}),
              "met due Tue 2026-09-15 10:00 BST, used 45 min, left 15 min");
}

TEST(Sla, KeepsBusinessDaysOnTheirDay) {
    EXPECT_EQ(resolution("2026-10-22 16:00", {{"2026-10-22 15:00", "created P3"}}),
              "running due Tue 2026-10-27 15:00 GMT, used 1 h, left 22 h");
    EXPECT_EQ(resolution("2026-10-27 15:30", {{"2026-10-22 15:00", "created P3"},
                                              {"2026-10-23 09:00", "waiting_customer"},
                                              {"2026-10-26 09:30", "open"}}),
              "running due Wed 2026-10-28 15:30 GMT, used 15 h 30 min, left 7 h 30 min");
}

TEST(Sla, IsDueAtOnceForAnOutage) {
    EXPECT_EQ(response("2026-09-15 10:03", {{"2026-09-15 10:00", "created outage"}}),
              "running due Tue 2026-09-15 10:00 BST, breached after Tue 2026-09-15 10:05 BST, used "
              "3 min, "
              "left 2 min");
    EXPECT_EQ(response("2026-09-15 08:00", {{"2026-09-14 19:00", "created outage"}}),
              "running due Tue 2026-09-15 08:30 BST, breached after Tue 2026-09-15 08:35 BST, used "
              "0 min, "
              "left 5 min");
}

TEST(Sla, RunsCalendarTimeThroughTheNight) {
    EXPECT_EQ(response("2026-09-16 10:00", {{"2026-09-15 10:00", "created enquiry"}}),
              "running due Thu 2026-09-17 10:00 BST, used 24 h");
    EXPECT_EQ(response("2026-09-21 10:00", {{"2026-09-18 10:00", "created enquiry"}}),
              "breached due Mon 2026-09-21 08:30 BST, used 72 h");
    EXPECT_EQ(response("2026-09-16 10:00", {{"2026-09-15 10:00", "created enquiry"},
                                            {"2026-09-15 12:00", "waiting_customer"},
                                            {"2026-09-15 15:00", "open"}}),
              "running due Thu 2026-09-17 13:00 BST, used 21 h");
    EXPECT_EQ(response("2026-09-16 10:00", {{"2026-09-15 10:00", "created enquiry"},
                                            {"2026-09-16 10:00", "waiting_customer"}}),
              "paused, used 24 h");
}

TEST(Sla, TakesAnAgreedInstantInPlaceOfTheTarget) {
    EXPECT_EQ(
        resolution("2026-09-22 12:00", {{"2026-09-15 09:00", "created P3"},
                                        {"2026-09-15 10:00", "agreed resolution 2026-09-25 12:00"},
                                        {"2026-09-16 10:00", "waiting_customer"}}),
        "paused due Fri 2026-09-25 12:00 BST");
    EXPECT_EQ(resolution("2026-09-25 12:01",
                         {{"2026-09-15 09:00", "created P3"},
                          {"2026-09-15 10:00", "agreed resolution 2026-09-25 12:00"}}),
              "breached due Fri 2026-09-25 12:00 BST");
}

TEST(Sla, IsKeptUpToItsLastSecondWhateverTheTarget) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    const std::vector<Target> all = {{BusinessTime{4h}},
                                     {BusinessDays{1}},
                                     {Immediate{5min}},
                                     {CalendarTime{30h, Roll::none}},
                                     {CalendarTime{96h, Roll::forward}},
                                     {Agreed{london("2026-09-17 12:00")}}};
    for (const Target& target : all) {
        Cycle cycle;
        cycle.started_at = london("2026-09-15 10:00");
        const auto state_at = [&](std::chrono::sys_seconds now) {
            return timer_at(cycle, TimerKind::resolution, {{}, target}, desk, now).state;
        };
        const Timer begun =
            timer_at(cycle, TimerKind::resolution, {{}, target}, desk, cycle.started_at);
        const std::chrono::sys_seconds last = begun.breach_after.value();
        EXPECT_EQ(state_at(last), TimerState::running) << describe(target);
        EXPECT_EQ(state_at(last + 1s), TimerState::breached) << describe(target);
        cycle.stopped_at = last;
        EXPECT_EQ(state_at(last + 24h), TimerState::met) << describe(target);
        cycle.stopped_at = last + 1s;
        EXPECT_EQ(state_at(last + 24h), TimerState::breached) << describe(target);
    }
}

TEST(Sla, SaysWhereNothingCanBePromised) {
    EXPECT_EQ(timer(school_plan(), TimerKind::resolution, "2027-02-20 12:00",
                    life({{"2027-02-15 12:00", "created P1"}})),
              "running unscheduled");
    EXPECT_EQ(timer(school_plan(), TimerKind::response, "2027-02-20 12:00",
                    life({{"2027-02-15 12:00", "created outage"},
                          {"2027-02-15 13:00", "agent replies"}})),
              "met unscheduled");
}

TEST(Sla, KnowsWhenAFractionIsUsedUp) {
    const BusinessCalendar calendar = calendar_of(provider_plan());
    const auto at = [&](std::string_view priority, int percent) {
        const auto events = life({{"2026-09-15 09:00", "created " + std::string{priority}},
                                  {"2026-09-15 10:00", "waiting_customer"},
                                  {"2026-09-15 12:00", "open"}});
        const Cycle cycle =
            cycles_of(events, shipped_statuses(), london("2026-09-15 12:30")).back();
        const TimerKind kind = priority == "enquiry" ? TimerKind::response : TimerKind::resolution;
        const auto reached =
            instant_of_fraction(cycle, kind, targets_of(cycle.priority), calendar, percent);
        return reached ? moment_for_log(calendar, *reached) : "never";
    };
    EXPECT_EQ(at("P1", 25), "Tue 2026-09-15 10:00 BST") << "as the pause begins";
    EXPECT_EQ(at("P1", 75), "Tue 2026-09-15 14:00 BST");
    EXPECT_EQ(at("P1", 100), "Tue 2026-09-15 15:00 BST");
    EXPECT_EQ(at("P2", 100), "Wed 2026-09-16 11:00 BST");
    EXPECT_EQ(at("P3", 50), "Wed 2026-09-16 15:00 BST");
    EXPECT_EQ(at("enquiry", 50), "Wed 2026-09-16 11:00 BST");
    EXPECT_EQ(at("none", 50), "never");
}

}  // namespace
}  // namespace bellhop::rules
