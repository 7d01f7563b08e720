#include "rules/rule/rule_effect.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using Lines = std::vector<std::string>;

const Lines priorities{"P1", "P2", "P3", "P4"};

struct Applied {
    Outcome outcome = {};
    Lines marks = {};
    Lines did = {};
};

Applied applied(const RuleActions& actions, Outcome before, const Surge& surge = {}) {
    Applied result{std::move(before), {}, {}};
    Effects effects{result.outcome, result.marks};
    apply(actions, priorities, surge, effects, result.did);
    return result;
}

/// The priority that an outcome of `before` has then.
std::string moved(const std::string& before, const RuleActions& actions) {
    Outcome outcome;
    outcome.priority = before;
    return applied(actions, outcome).outcome.priority;
}

TEST(RuleEffect, MovesPrioritiesWithinTheirOrder) {
    EXPECT_EQ(moved("P3", {.priority = "P1"}), "P1");
    EXPECT_EQ(moved("P3", {.raise_to = "P2"}), "P2");
    EXPECT_EQ(moved("P1", {.raise_to = "P2"}), "P1");
    EXPECT_EQ(moved("P1", {.lower_to = "P3"}), "P3");
    EXPECT_EQ(moved("P4", {.lower_to = "P3"}), "P4");
    EXPECT_EQ(moved("P3", {.raise_by = 1}), "P2");
    EXPECT_EQ(moved("P2", {.raise_by = 5}), "P1");
    EXPECT_EQ(moved("P2", {.raise_by = -1}), "P3");
    EXPECT_EQ(moved("P3", {.raise_by = -9}), "P4");
    // In the order in which they are named here, whatever the order in the file.
    EXPECT_EQ(moved("P4", {.priority = "P3", .raise_to = "P2", .raise_by = 1}), "P1");
}

TEST(RuleEffect, SaysWhatItDid) {
    Outcome before;
    before.priority = "P3";
    before.team = "desk";
    RuleActions actions;
    actions.raise_by = 1;
    actions.team = "network";
    actions.tags = {"net", "net", "urgent"};
    actions.restricted = true;
    actions.acknowledge = "none";
    actions.stop = true;
    EXPECT_EQ(applied(actions, before).did,
              (Lines{"priority P3 → P2", "team desk → network", "tag net", "tag urgent",
                     "restricted", "no acknowledgement", "stop"}));
}

TEST(RuleEffect, SaysWhyAPriorityStays) {
    Outcome urgent;
    urgent.priority = "P1";
    EXPECT_EQ(applied({.raise_by = 1}, urgent).did,
              (Lines{"priority stays P1 (nothing is more urgent)"}));
    EXPECT_EQ(applied({.raise_to = "P2"}, urgent).did, (Lines{"priority stays P1 (at least P2)"}));
}

TEST(RuleEffect, TakesTheSurgesFirstTicketOrTheOneThatIsNamed) {
    RuleActions named;
    const Surge surge{TicketId{9}, {TicketId{7}, TicketId{9}, TicketId{10}}};
    named.parent = ParentLink{TicketId{7}};
    EXPECT_EQ(applied(named, {}, surge).outcome.parent, TicketId{7});
    RuleActions first;
    first.parent = ParentLink{};
    EXPECT_EQ(applied(first, {}, surge).outcome.parent, TicketId{9});
    EXPECT_EQ(applied(first, {}).outcome.parent, std::nullopt);
    EXPECT_EQ(applied(first, {}, surge).outcome.joined,
              (std::vector<TicketId>{TicketId{7}, TicketId{10}}));
    EXPECT_EQ(applied(named, {}, surge).outcome.joined,
              (std::vector<TicketId>{TicketId{9}, TicketId{10}}))
        << "also the first, where another ticket is the parent";
    EXPECT_TRUE(applied({}, {}, surge).outcome.joined.empty());
    EXPECT_EQ(applied({}, {}, surge).outcome.parent, std::nullopt);
}

TEST(RuleEffect, KnowsAnApproverOnlyOfWhatIsHeld) {
    RuleActions hold;
    hold.handling = Handling::hold;
    hold.approver = "head@school.example";
    EXPECT_EQ(applied(hold, {}).outcome.approver, "head@school.example");
    Outcome held = applied(hold, {}).outcome;
    RuleActions ignore;
    ignore.handling = Handling::ignore;
    EXPECT_EQ(applied(ignore, held).outcome.approver, "");
}

TEST(RuleEffectDeathTest, DiesOfAPriorityThatNobodyHas) {
    EXPECT_DEATH(moved("P3", {.raise_to = "P9"}), "least < priorities.size");
    EXPECT_DEATH(moved("P3", {.lower_to = "P9"}), "most < priorities.size");
}

TEST(NameAppender, AddsEachNameOnceHoweverManyThereAre) {
    NameAppender to_names;
    Lines names{"0"};
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 10000; ++i)
            EXPECT_EQ(to_names.append(std::to_string(i), names), round == 0 && i > 0);
    }
    EXPECT_EQ(names.size(), 10000U);
}

}  // namespace
}  // namespace bellhop::rules
