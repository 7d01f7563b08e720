#include "rules/sla/ladder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/calendar/local_words.hpp"
#include "tests/rules/calendar_fixtures.hpp"
#include "tests/rules/ticket_lives.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const std::vector<TimerKind> both = {TimerKind::response, TimerKind::resolution};

SlaPolicy policy() {
    SlaPolicy policy;
    policy.priorities = {{"P1", "Major"}, {"P2", "High"}};
    policy.ladder = {
        {"50%", WarningPoint{50}, both, {"P1"}, {"team"}},
        {"75%", WarningPoint{75}, both, {}, {"assignee"}},
        {"breach", BreachPoint{}, both, {}, {"assignee", "manager"}},
        {"breach + 1 hour", BreachPoint{3600s}, both, {}, {"manager"}},
        {"breach + 1 business day", BreachPoint{BusinessDays{1}}, both, {}, {"manager"}}};
    return policy;
}

Targets targets_of(const std::string& priority) {
    if (priority == "P1") return {{}, Target{BusinessTime{4h}}};
    if (priority == "P2") return {Target{BusinessTime{1h}}, Target{BusinessTime{8h}}};
    return {{}, Target{CalendarTime{48h, Roll::none}}};
}

std::string told(std::string_view now,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> events,
                 const std::set<std::string>& done = {}) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    const Cycle cycle = cycles_of(life(events), shipped_statuses(), london(now)).back();
    const LadderOutlook outlook =
        ladder_outlook(policy(), cycle, targets_of(cycle.priority), desk, done, london(now));
    std::string text;
    for (const Notice& notice : outlook.due) {
        text += notice.key + " of " + moment_for_log(desk, notice.reached) + "; ";
    }
    for (const std::string& key : outlook.passed) text += "passed " + key + "; ";
    return text + (outlook.next_at ? "next " + moment_for_log(desk, *outlook.next_at) : "no more");
}

/// Nobody who was to hear of a breach is left out because the gateway stood still over it.
TEST(Ladder, TellsThoseOfTheBreachWithTheStepAfterIt) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    const Cycle cycle = cycles_of(life({{"2026-09-15 09:00", "created P1"}}), shipped_statuses(),
                                  london("2026-09-15 14:30"))
                            .back();
    const auto outlook = [&](const std::set<std::string>& done) {
        return ladder_outlook(policy(), cycle, targets_of("P1"), desk, done,
                              london("2026-09-15 14:30"));
    };
    ASSERT_EQ(outlook({}).due.size(), 1U);
    EXPECT_EQ(outlook({}).due[0].step, "breach + 1 hour");
    EXPECT_THAT(outlook({}).due[0].tell, ElementsAre("manager", "assignee"));
    EXPECT_THAT(outlook({"1/resolution/breach"}).due[0].tell, ElementsAre("manager"));
}

TEST(Ladder, TellsAllWhoAreToHearAtOnePoint) {
    SlaPolicy twice = policy();
    twice.ladder = {{"75%", WarningPoint{75}, both, {}, {"assignee"}},
                    {"75%", WarningPoint{75}, both, {"P1"}, {"boss@desk.example", "assignee"}}};
    const BusinessCalendar desk = calendar_of(provider_plan());
    const auto told = [&](const std::string& priority, std::string_view now) {
        const auto lived = life({{"2026-09-15 09:00", "created " + priority}});
        const Cycle cycle = cycles_of(lived, shipped_statuses(), london(now)).back();
        return ladder_outlook(twice, cycle, targets_of(priority), desk, {}, london(now)).due.at(0);
    };
    EXPECT_THAT(told("P1", "2026-09-15 12:00").tell, ElementsAre("assignee", "boss@desk.example"));
    EXPECT_THAT(told("P2", "2026-09-15 09:50").tell, ElementsAre("assignee"));
}

TEST(Ladder, CountsNoWaitTowardsAStepAfterTheBreach) {
    const auto events = {
        std::pair<std::string_view, std::string_view>{"2026-09-15 09:00", "created P1"},
        std::pair<std::string_view, std::string_view>{"2026-09-15 13:10", "waiting_customer"},
        std::pair<std::string_view, std::string_view>{"2026-09-16 10:00", "open"}};
    const std::set<std::string> done = {"1/resolution/50%", "1/resolution/75%",
                                        "1/resolution/breach"};
    EXPECT_EQ(told("2026-09-15 15:00", events, done), "no more");
    EXPECT_EQ(told("2026-09-16 10:00", events, done), "next Wed 2026-09-16 10:50:01 BST");
}

TEST(Ladder, ClimbsStepByStep) {
    const auto events = {
        std::pair<std::string_view, std::string_view>{"2026-09-15 09:00", "created P1"}};
    EXPECT_EQ(told("2026-09-15 10:00", events), "next Tue 2026-09-15 11:00 BST");
    EXPECT_EQ(told("2026-09-15 11:00", events),
              "1/resolution/50% of Tue 2026-09-15 11:00 BST; next Tue 2026-09-15 12:00 BST");
    EXPECT_EQ(told("2026-09-15 11:30", events, {"1/resolution/50%"}),
              "next Tue 2026-09-15 12:00 BST");
    EXPECT_EQ(told("2026-09-15 13:00", events, {"1/resolution/50%", "1/resolution/75%"}),
              "next Tue 2026-09-15 13:00:01 BST");
    EXPECT_EQ(
        told("2026-09-15 13:00:01", events, {"1/resolution/50%", "1/resolution/75%"}),
        "1/resolution/breach of Tue 2026-09-15 13:00:01 BST; next Tue 2026-09-15 14:00:01 BST");
}

/// What the old priority allowed is not held against anybody: the new one counts from its change.
TEST(Ladder, NamesTheChangeOfThePriorityThatMakesItLate) {
    const auto events = {
        std::pair<std::string_view, std::string_view>{"2026-09-15 09:00", "created P2"},
        std::pair<std::string_view, std::string_view>{"2026-09-15 09:10", "agent replies"},
        std::pair<std::string_view, std::string_view>{"2026-09-15 14:30", "priority P1"}};
    EXPECT_EQ(told("2026-09-15 14:30", events),
              "1/resolution/breach of Tue 2026-09-15 14:30 BST; passed 1/resolution/50%; passed "
              "1/resolution/75%; next Tue 2026-09-15 15:30 BST");
    EXPECT_EQ(told("2026-09-15 15:30", events,
                   {"1/resolution/50%", "1/resolution/75%", "1/resolution/breach"}),
              "1/resolution/breach + 1 hour of Tue 2026-09-15 15:30 BST; next Wed 2026-09-16 14:30 "
              "BST");
    const BusinessCalendar desk = calendar_of(provider_plan());
    const auto by_new_priority = [&](std::string_view now) {
        const Cycle cycle = cycles_of(life(events), shipped_statuses(), london(now)).back();
        return ladder_outlook(policy(), cycle, targets_of("P1"), desk, {}, london(now))
            .due.front()
            .by_new_priority;
    };
    EXPECT_TRUE(by_new_priority("2026-09-15 14:30"));
    EXPECT_FALSE(by_new_priority("2026-09-15 15:30")) << "the hour after it is time that passed";
}

TEST(Ladder, TellsOfANewPriorityInAPauseAtOnce) {
    EXPECT_EQ(told("2026-09-15 15:00", {{"2026-09-15 09:00", "created P2"},
                                        {"2026-09-15 09:10", "agent replies"},
                                        {"2026-09-15 14:00", "waiting_customer"},
                                        {"2026-09-15 14:30", "priority P1"}}),
              "1/resolution/breach of Tue 2026-09-15 14:30 BST; passed 1/resolution/50%; passed "
              "1/resolution/75%; no more");
}

TEST(Ladder, SendsTheBreachWhenTheDeskHasOpened) {
    const auto events = {
        std::pair<std::string_view, std::string_view>{"2026-09-15 12:30", "created P1"}};
    const std::set<std::string> warned = {"1/resolution/50%", "1/resolution/75%"};
    EXPECT_EQ(told("2026-09-15 20:00", events, warned), "next Wed 2026-09-16 08:30:01 BST");
}

TEST(Ladder, SendsOnlyTheHighestStepAfterAStandstill) {
    EXPECT_EQ(told("2026-09-17 12:00", {{"2026-09-15 09:00", "created P1"}}),
              "1/resolution/breach + 1 business day of Wed 2026-09-16 13:00:01 BST; passed "
              "1/resolution/50%; "
              "passed 1/resolution/75%; passed 1/resolution/breach; passed 1/resolution/breach + 1 "
              "hour; no "
              "more");
}

TEST(Ladder, IsSilentOnceTheTimerHasStopped) {
    EXPECT_EQ(told("2026-09-15 16:00",
                   {{"2026-09-15 09:00", "created P1"}, {"2026-09-15 12:30", "resolved"}}),
              "no more");
    EXPECT_EQ(told("2026-09-15 09:50",
                   {{"2026-09-15 09:00", "created P2"}, {"2026-09-15 09:20", "agent replies"}}),
              "next Tue 2026-09-15 15:00 BST");
}

/// Half of the time of a P1 is over at 11:00. A ticket that began to wait in that very second has
/// not kept anybody waiting so long.
TEST(Ladder, IsSilentOfAStepThatIsReachedAsThePauseBegins) {
    const std::string reached = "1/resolution/50% of Tue 2026-09-15 11:00 BST; no more";
    const std::pair<const char*, std::string> pauses[] = {{"2026-09-15 10:59", "no more"},
                                                          {"2026-09-15 11:00", "no more"},
                                                          {"2026-09-15 11:01", reached}};
    for (const auto& [begin, expected] : pauses) {
        EXPECT_EQ(told("2026-09-15 16:00",
                       {{"2026-09-15 09:00", "created P1"}, {begin, "waiting_customer"}}),
                  expected)
            << begin;
    }
}

TEST(Ladder, IsSilentDuringAPause) {
    EXPECT_EQ(told("2026-09-15 16:00",
                   {{"2026-09-15 09:00", "created P1"}, {"2026-09-15 10:00", "waiting_customer"}}),
              "no more");
    EXPECT_EQ(told("2026-09-15 16:00",
                   {{"2026-09-15 09:00", "created P1"}, {"2026-09-15 11:30", "waiting_customer"}}),
              "1/resolution/50% of Tue 2026-09-15 11:00 BST; no more")
        << "what was reached before the pause is still told";
    EXPECT_EQ(told("2026-09-17 16:00",
                   {{"2026-09-15 09:00", "created P1"}, {"2026-09-15 13:30", "waiting_customer"}},
                   {"1/resolution/breach"}),
              "passed 1/resolution/50%; passed 1/resolution/75%; no more")
        << "nobody is chased about a ticket that waits for its customer";
}

TEST(Ladder, BeginsAnewInTheNextCycle) {
    EXPECT_EQ(told("2026-09-16 13:00",
                   {{"2026-09-15 09:00", "created P1"},
                    {"2026-09-15 15:00", "resolved"},
                    {"2026-09-16 09:00", "customer replies"}},
                   {"1/resolution/breach"}),
              "2/resolution/75% of Wed 2026-09-16 12:00 BST; passed 2/resolution/50%; next Wed "
              "2026-09-16 "
              "13:00:01 BST");
}

TEST(Ladder, TellsOfCalendarTimeInWorkingTimeOnly) {
    EXPECT_EQ(told("2026-09-19 12:00", {{"2026-09-18 10:00", "created enquiry"}}),
              "next Mon 2026-09-21 08:30 BST");
    EXPECT_EQ(
        told("2026-09-21 08:30", {{"2026-09-18 10:00", "created enquiry"}}),
        "1/resolution/breach of Sun 2026-09-20 10:00:01 BST; passed 1/resolution/75%; next Mon "
        "2026-09-21 "
        "09:30 BST");
}

}  // namespace
}  // namespace bellhop::rules
