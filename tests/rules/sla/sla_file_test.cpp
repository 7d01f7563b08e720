#include "rules/sla/sla_file.hpp"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

std::string complaints(const std::string& text) {
    const auto policy = load_sla_file("sla.toml", text);
    std::string all;
    if (policy.has_value()) return all;
    for (const parsers::Diagnostic& one : policy.error()) all += render(one, text);
    return all;
}

SlaPolicy loaded(const std::string& text) {
    auto policy = load_sla_file("sla.toml", text);
    if (policy.has_value()) return *std::move(policy);
    ADD_FAILURE() << complaints(text);
    return {};
}

std::string read_example(const std::string& folder) {
    std::ifstream file{std::string{BELLHOP_SOURCE_DIR} + "/docs/examples/" + folder + "/sla.toml"};
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

TEST(SlaFile, LoadsTheExamplesWithoutComplaint) {
    for (const std::string folder : {"school", "provider", "district", "tiered"}) {
        ASSERT_NE(read_example(folder), "") << folder;
        EXPECT_EQ(complaints(read_example(folder)), "") << folder;
    }
}

TEST(SlaFile, ReadsOfWhatTheRequesterHearsThatItWasMissed) {
    const std::string two =
        "[priority.P1]\nrespond = \"1 hour\"\n[priority.P2]\nrespond = \"2 hours\"\n";
    EXPECT_THAT(loaded(two).tell_missed, testing::IsEmpty());
    EXPECT_THAT(loaded("tell_missed = false\n" + two).tell_missed, testing::IsEmpty());
    EXPECT_THAT(loaded("tell_missed = true\n" + two).tell_missed, ElementsAre("P1", "P2"));
    EXPECT_THAT(loaded("tell_missed = [\"P2\"]\n" + two).tell_missed, ElementsAre("P2"));
    EXPECT_THAT(complaints("tell_missed = [\"P3\"]\n" + two), HasSubstr("sla.toml:1:16: error: "));
}

TEST(SlaFile, ReadsTheTargetsOfTheSchool) {
    const SlaPolicy policy = loaded(read_example("school"));
    std::string ids;
    for (const Priority& priority : policy.priorities) ids += priority.id + " ";
    EXPECT_EQ(ids, "outage urgent high medium low informational ");
    EXPECT_EQ(policy.default_priority, "medium");
    const auto targets = [&](std::string_view priority) {
        return targets_for(policy, priority, "", date("2026-10-01"));
    };
    EXPECT_EQ(targets("outage").response->kind, TargetKind{Immediate{5min}});
    EXPECT_EQ(targets("medium").resolution->kind, TargetKind{BusinessDays{1}});
    EXPECT_EQ(targets("low").resolution->text,
              "1 week, depending on the time that development takes");
    EXPECT_EQ(targets("informational").response->kind,
              (TargetKind{CalendarTime{48h, Roll::forward}}));
    EXPECT_EQ(targets("informational").resolution, std::nullopt);
}

TEST(SlaFile, ReadsPlansAndVersions) {
    const SlaPolicy policy = loaded(read_example("provider"));
    const auto resolve = [&](std::string_view plan, std::string_view on) {
        return targets_for(policy, "P1", plan, date(on)).resolution->kind;
    };
    EXPECT_EQ(resolve("", "2026-10-01"), TargetKind{BusinessTime{4h}});
    EXPECT_EQ(resolve("BasePlus+", "2026-10-01"), TargetKind{BusinessTime{2h}});
    EXPECT_EQ(resolve("unheard-of", "2026-10-01"), TargetKind{BusinessTime{4h}});
    EXPECT_EQ(targets_for(policy, "P1", "", date("2027-01-03")).response, std::nullopt);
    EXPECT_EQ(targets_for(policy, "P1", "", date("2027-01-04")).response->kind,
              TargetKind{BusinessTime{30min}});
    EXPECT_EQ(targets_for(policy, "P3", "", date("2027-01-04")).resolution->kind,
              TargetKind{BusinessDays{3}})
        << "a version leaves the rest as it was";
    EXPECT_EQ(targets_for(policy, "project", "", date("2026-10-01")).resolution, std::nullopt);
}

TEST(SlaFile, ReadsStatusesRemindersAndSteps) {
    const SlaPolicy policy = loaded(read_example("tiered"));
    EXPECT_EQ(clock_of(policy.statuses, "waiting_parts"), ClockMode::pause);
    EXPECT_EQ(name_of_status(policy, "waiting_parts"), "Waiting for parts");
    EXPECT_EQ(name_of_status(policy, "in_progress"), "In progress");
    EXPECT_EQ(
        *reminder_rule(policy, "waiting_customer"),
        (ReminderRule{
            "waiting_customer", ReminderTo::customer, true, {2, 5}, 7, AfterReminders::hand_back}));
    EXPECT_EQ(reminder_rule(policy, "open"), nullptr);

    const SlaPolicy provider = loaded(read_example("provider"));
    LadderStep first = provider.ladder[0];
    EXPECT_GT(first.where.line, 1U);
    first.where = {};
    EXPECT_EQ(first, (LadderStep{"50%",
                                 WarningPoint{50},
                                 {TimerKind::response, TimerKind::resolution},
                                 {"P1"},
                                 {"team"}}));
    EXPECT_EQ(provider.ladder[2].point, (decltype(LadderStep::point){BreachPoint{}}));
    EXPECT_EQ(provider.ladder[3].point, (decltype(LadderStep::point){BreachPoint{3600s}}));
    EXPECT_EQ(provider.ladder[4].point,
              (decltype(LadderStep::point){BreachPoint{BusinessDays{1}}}));
}

TEST(SlaFile, TellsAllComplaintsAtOnce) {
    EXPECT_EQ(complaints(R"(default = "P9"
[priority.P1]
respond = "4 fortnights"
[priority.P2]
name = "High"
[plan.premium.P3]
resolve = "2 hours"
[[reminder]]
status = "waiting_customer"
after = ["5 business days", "2 business days", "4 hours"]
then = "resolve"
[[step]]
at = "half"
tell = ["team"]
)"),
              R"(sla.toml:1:11: error: unknown default "P9"
    1 | default = "P9"
      |           ^~~~
      = expected one of: P1, P2
sla.toml:3:11: error: unknown target "4 fortnights"
    3 | respond = "4 fortnights"
      |           ^~~~~~~~~~~~~~
      = expected "30 minutes", "4 hours", "3 business days", "1 week", "48 calendar hours", "immediate" or "as agreed"
sla.toml:4:1: error: a priority without a target
    4 | [priority.P2]
      | ^~~~~~~~~~~~~
      = write respond = "1 hour", resolve = "3 business days", or resolve = "as agreed"
sla.toml:6:15: error: unknown priority "P3"
    6 | [plan.premium.P3]
      |               ^~
      = expected one of: P1, P2
sla.toml:10:29: error: reminders must be in rising order
   10 | after = ["5 business days", "2 business days", "4 hours"]
      |                             ^~~~~~~~~~~~~~~~~
sla.toml:10:48: error: no business days: "4 hours"
   10 | after = ["5 business days", "2 business days", "4 hours"]
      |                                                ^~~~~~~~~
      = write "2 business days" or "1 week"
sla.toml:11:8: error: it is not said when
   11 | then = "resolve"
      |        ^~~~~~~~~
      = write then_after = "10 business days"
sla.toml:13:6: error: unknown step "half"
   13 | at = "half"
      |      ^~~~~~
      = expected "75%", "breach", "breach + 1 hour" or "breach + 1 business day"
)");
}

TEST(SlaFile, RefusesStatusesWithoutAClock) {
    const std::string start = "[priority.P1]\nresolve = \"1 hour\"\n";
    EXPECT_THAT(complaints(start + "[status.waiting_parts]\nname = \"Parts\"\n"),
                HasSubstr("clock = \"pause\""));
    EXPECT_THAT(complaints(start + "[status.open]\ncustomer_reply = \"opne\"\n"),
                HasSubstr("unknown status \"opne\""));
    EXPECT_THAT(
        complaints(start + "[[version]]\nfrom = 2026-09-01\n[[version]]\nfrom = 2026-08-01\n"),
        HasSubstr("is not after the one above it"));
    EXPECT_THAT(complaints(""), HasSubstr("no priorities"));
}

}  // namespace
}  // namespace bellhop::rules
