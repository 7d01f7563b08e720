#include "rules/sla/reminder.hpp"

#include <gtest/gtest.h>

#include "rules/calendar/local_words.hpp"
#include "tests/rules/calendar_fixtures.hpp"
#include "tests/rules/ticket_lives.hpp"

namespace bellhop::rules {
namespace {

const ReminderRule resolving = {"waiting_customer",     ReminderTo::customer, true, {2, 5}, 10,
                                AfterReminders::resolve};

SlaPolicy policy_with(const ReminderRule& rule) {
    SlaPolicy policy;
    policy.reminders = {rule};
    return policy;
}

/// "due: ...; next: ..." at `now`, on the desk's clock.
std::string told(const ReminderRule& rule,
                 std::string_view since,
                 const std::vector<SentReminder>& sent,
                 std::string_view now) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    const ReminderOutlook outlook =
        reminder_outlook(rule, {rule.status, london(since), 1}, sent, desk, london(now));
    std::string text;
    if (outlook.due) {
        const ReminderStep& step = *outlook.due;
        text = step.kind == ReminderKind::announcement ? "announcement"
               : step.kind == ReminderKind::end
                   ? "end"
                   : "reminder " + std::to_string(step.number) + " of " + std::to_string(step.of);
        text += " of " + moment_for_log(desk, step.planned);
        if (step.is_last && step.ends_at) text += ", ends " + moment_for_log(desk, *step.ends_at);
        text += "; ";
    }
    return text + (outlook.next_at ? "next " + moment_for_log(desk, *outlook.next_at) : "no more");
}

TEST(Reminder, TellsAtOnceThenRemindsAndEnds) {
    const std::string since = "2026-09-15 10:00";
    EXPECT_EQ(told(resolving, since, {}, "2026-09-15 10:00"),
              "announcement of Tue 2026-09-15 10:00 BST; next Thu 2026-09-17 10:00 BST");
    const SentReminder told_at_once{0, london("2026-09-15 10:00")};
    EXPECT_EQ(told(resolving, since, {told_at_once}, "2026-09-16 10:00"),
              "next Thu 2026-09-17 10:00 BST");
    EXPECT_EQ(told(resolving, since, {told_at_once}, "2026-09-17 10:00"),
              "reminder 1 of 2 of Thu 2026-09-17 10:00 BST; next Tue 2026-09-22 10:00 BST");
    const SentReminder first{1, london("2026-09-17 10:00")};
    EXPECT_EQ(
        told(resolving, since, {told_at_once, first}, "2026-09-22 10:00"),
        "reminder 2 of 2 of Tue 2026-09-22 10:00 BST, ends Tue 2026-09-29 10:00 BST; no more");
    const SentReminder second{2, london("2026-09-22 10:00")};
    EXPECT_EQ(told(resolving, since, {told_at_once, first, second}, "2026-09-23 10:00"),
              "next Tue 2026-09-29 10:00 BST");
    EXPECT_EQ(told(resolving, since, {told_at_once, first, second}, "2026-09-29 10:00"),
              "end of Tue 2026-09-29 10:00 BST, ends Tue 2026-09-29 10:00 BST; no more");
}

TEST(Reminder, NeverFallsIntoTheChristmasShutdown) {
    EXPECT_EQ(
        told(resolving, "2026-12-22 10:00", {{0, london("2026-12-22 10:00")}}, "2026-12-22 12:00"),
        "next Mon 2027-01-04 10:00 GMT");
}

TEST(Reminder, FallsIntoWorkingTimeWhereTheWaitBeganAtClosing) {
    EXPECT_EQ(
        told(resolving, "2026-09-15 16:30", {{0, london("2026-09-15 16:30")}}, "2026-09-16 12:00"),
        "next Fri 2026-09-18 08:30 BST");
    EXPECT_EQ(
        told(resolving, "2026-09-16 16:10", {{0, london("2026-09-16 16:10")}}, "2026-09-16 16:20"),
        "next Mon 2026-09-21 08:30 BST")
        << "Friday closes at 16:00, and a closing instant is closed";
}

TEST(Reminder, SendsOneAfterAStandstillAndKeepsTheEndAtItsDistance) {
    const SentReminder told_at_once{0, london("2026-09-15 10:00")};
    EXPECT_EQ(
        told(resolving, "2026-09-15 10:00", {told_at_once}, "2026-10-05 09:00"),
        "reminder 2 of 2 of Tue 2026-09-22 10:00 BST, ends Mon 2026-10-12 09:00 BST; no more");
    const SentReminder second{2, london("2026-10-05 09:00")};
    EXPECT_EQ(told(resolving, "2026-09-15 10:00", {told_at_once, second}, "2026-10-05 09:01"),
              "next Mon 2026-10-12 09:00 BST");
}

TEST(Reminder, NamesTheEndThatTheWaitWillHaveWhenTheLastOneGoesOutLate) {
    const SentReminder told_at_once{0, london("2026-09-15 10:00")};
    const char* const late = "2026-10-05 10:00";
    EXPECT_EQ(
        told(resolving, "2026-09-15 10:00", {told_at_once}, late),
        "reminder 2 of 2 of Tue 2026-09-22 10:00 BST, ends Mon 2026-10-12 10:00 BST; no more");
    const SentReminder last{2, london(late)};
    EXPECT_EQ(told(resolving, "2026-09-15 10:00", {told_at_once, last}, "2026-10-06 10:00"),
              "next Mon 2026-10-12 10:00 BST")
        << "as it was told";
    const BusinessCalendar desk = calendar_of(provider_plan());
    const ReminderOutlook end =
        reminder_outlook(resolving, {resolving.status, london("2026-09-15 10:00"), 1},
                         {told_at_once, last}, desk, london("2026-10-12 10:00"));
    ASSERT_TRUE(end.due);
    EXPECT_EQ(end.due->number, 1) << "one reminder went out";
}

TEST(Reminder, EndsOnlyWhereItIsConfigured) {
    ReminderRule rule = resolving;
    rule.then = AfterReminders::nothing;
    EXPECT_EQ(told(rule, "2026-09-15 10:00", {{2, london("2026-09-22 10:00")}}, "2026-10-30 10:00"),
              "no more");
    rule.after_days.clear();
    rule.then = AfterReminders::hand_back;
    EXPECT_EQ(told(rule, "2026-09-15 10:00", {{0, london("2026-09-15 10:00")}}, "2026-09-15 10:00"),
              "next Tue 2026-09-29 10:00 BST");
}

TEST(Reminder, FindsTheWaitOfATicket) {
    const SlaPolicy policy = policy_with(resolving);
    const auto wait = [&](std::string_view now, const std::vector<ClockEvent>& events) {
        return current_wait(cycles_of(events, policy.statuses, london(now)), policy);
    };
    const auto events = life({{"2026-09-15 09:00", "created P2"},
                              {"2026-09-15 10:00", "waiting_customer"},
                              {"2026-09-15 11:00", "customer replies"},
                              {"2026-09-15 12:00", "waiting_customer"},
                              {"2026-09-15 12:30", "automatic mail"},
                              {"2026-09-15 13:00", "waiting_third_party"}});
    EXPECT_EQ(wait("2026-09-15 09:30", events), std::nullopt);
    EXPECT_EQ(wait("2026-09-15 10:30", events),
              (Wait{"waiting_customer", london("2026-09-15 10:00"), 1}));
    EXPECT_EQ(wait("2026-09-15 11:30", events), std::nullopt) << "a reply ends the wait";
    EXPECT_EQ(wait("2026-09-15 12:45", events),
              (Wait{"waiting_customer", london("2026-09-15 12:00"), 2}))
        << "an automatic reply does not";
    EXPECT_EQ(wait("2026-09-15 13:30", events), std::nullopt);
}

TEST(Reminder, BringsATicketBackOnTheDayOfTheVisit) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    EXPECT_EQ(visit_begins(desk, date("2026-09-17")), london("2026-09-17 08:30"));
    EXPECT_EQ(visit_begins(desk, date("2026-12-25")), london("2027-01-04 08:30"));
}

}  // namespace
}  // namespace bellhop::rules
