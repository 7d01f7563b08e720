#include "rules/sla/sla_policy.hpp"

#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

Targets within(std::chrono::seconds time) {
    return {Target{BusinessTime{time}}, {}};
}

/// P1 in an hour, in half an hour from January; the plan "gold" promises its own, P1 alone.
SlaPolicy policy() {
    SlaPolicy made;
    made.versions.push_back({{}, {{"P1", within(1h)}, {"P2", within(4h)}}, {}});
    made.versions.push_back(
        {date("2027-01-01"), {{"P1", within(30min)}}, {{"gold", {{"P1", within(10min)}}}}});
    return made;
}

TEST(SlaPolicy, ChoosesByPriorityPlanAndDate) {
    EXPECT_EQ(targets_for(policy(), "P1", "", date("2026-12-31")), within(1h));
    EXPECT_EQ(targets_for(policy(), "P1", "", date("2027-01-01")), within(30min));
    EXPECT_EQ(targets_for(policy(), "P1", "gold", date("2027-01-01")), within(10min));
    // What a plan does not promise otherwise holds for it too.
    EXPECT_EQ(targets_for(policy(), "P1", "gold", date("2026-12-31")), within(1h));
    EXPECT_EQ(targets_for(policy(), "P1", "silver", date("2027-01-01")), within(30min));
}

TEST(SlaPolicy, PromisesNothingForWhatItDoesNotKnow) {
    EXPECT_EQ(targets_for(policy(), "P9", "", date("2026-12-31")), Targets{});
    EXPECT_EQ(targets_for(policy(), "P2", "", date("2027-01-01")), Targets{});
    EXPECT_EQ(targets_for(SlaPolicy{}, "P1", "", date("2026-12-31")), Targets{});
}

TEST(SlaPolicy, GoesByTheCalendarsDateOfTheStart) {
    Cycle cycle;
    cycle.priority = "P1";
    cycle.started_at = utc("2026-12-31T15:30:00Z");
    const auto in = [&](std::string_view zone) {
        return targets_for(policy(), cycle, "", calendar_of(office_plan(zone)));
    };
    EXPECT_EQ(in("Europe/London"), within(1h));
    EXPECT_EQ(in("Asia/Tokyo"), within(30min));  // there it is January already
}

TEST(SlaPolicy, NamesStatusesForPeople) {
    SlaPolicy named;
    named.status_names["open"] = "With us";
    EXPECT_EQ(name_of_status(named, "open"), "With us");
    EXPECT_EQ(name_of_status(named, "waiting_customer"), "Waiting on customer");
    EXPECT_EQ(name_of_status(named, "on_the_bench"), "On the bench");
    EXPECT_EQ(name_of_status(named, ""), "");
}

TEST(SlaPolicy, FindsTheReminderOfAStatus) {
    SlaPolicy reminding;
    reminding.reminders = {{.status = "waiting_customer"}, {.status = "waiting_approval"}};
    EXPECT_EQ(reminder_rule(reminding, "waiting_approval"), &reminding.reminders[1]);
    EXPECT_EQ(reminder_rule(reminding, "open"), nullptr);
}

}  // namespace
}  // namespace bellhop::rules
