// What a test mail that fails tells.
#include "rules/rule/rule_test.hpp"

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

using Lines = std::vector<std::string>;

/// The differences that the one test mail of these rules shows.
Lines differences(const std::string& expectations) {
    const LoadedRules rules =
        loaded(basics +
               "[[rule]]\nname = \"a\"\nwhen.text = \"printer\"\nthen.tags = \"hardware\"\n"
               "then.restricted = true\n"
               "[[rule]]\nname = \"b\"\nwhen.text = \"printer\"\nthen.hold = true\n"
               "[[rule]]\nname = \"c\"\nwhen.text = \"scanner\"\nthen.acknowledge = false\n"
               "[[test]]\nsubject = \"Printer\"\n" +
               expectations);
    const std::vector<TestFailure> failures = run_tests(rules.rules, rules.tests, nullptr);
    if (failures.empty()) return {};
    EXPECT_EQ(failures[0].name, "Printer");
    EXPECT_EQ(failures[0].where.line, 18U);
    return failures[0].lines;
}

TEST(RuleTest, IsContentWithWhatIsExpected) {
    EXPECT_EQ(
        differences("expect.priority = \"P3\"\nexpect.team = \"desk\"\nexpect.assignee = \"\"\n"
                    "expect.tags = \"hardware\"\nexpect.rules = [\"a\", \"b\"]\n"
                    "expect.not_rules = \"c\"\nexpect.restricted = true\n"
                    "expect.acknowledge = true\nexpect.handling = \"hold\"\n"),
        Lines{});
}

/// The mails beside the rules are read as those that arrive.
TEST(RuleTest, ReadsAForwardedMail) {
    const LoadedRules rules =
        loaded(basics +
               "[[rule]]\nname = \"printer\"\nwhen.text = \"printer\"\nthen.priority = \"P1\"\n"
               "[[test]]\nsubject = \"Fwd: Room 4\"\nbody = \"\"\"\nPlease see below.\n\n"
               "---------- Forwarded message ---------\nFrom: Ann <ann@hill.test>\n"
               "Date: Mon, 4 Jan 2027 at 09:00\nSubject: Room 4\nTo: IT <it@hill.test>\n\n"
               "The printer is dead.\n\"\"\"\nexpect.priority = \"P1\"\n"
               "[[test]]\nsubject = \"Re: Room 4\"\nbody = \"\"\"\nThanks.\n\n"
               "> The printer is dead.\n\"\"\"\nexpect.priority = \"P3\"\n");
    EXPECT_EQ(run_tests(rules.rules, rules.tests, nullptr), std::vector<TestFailure>{});
}

TEST(RuleTest, TellsEachDifference) {
    EXPECT_EQ(
        differences("expect.priority = \"P1\"\nexpect.team = \"\"\nexpect.assignee = \"Ann\"\n"
                    "expect.category = \"printing\"\n"),
        (Lines{"priority is P3, expected P1", "team is desk, expected none",
               "assignee is not set, expected Ann", "category is not set, expected printing"}));
    EXPECT_EQ(differences("expect.tags = [\"hardware\", \"print\"]\n"),
              (Lines{"tags are hardware, expected print"}));
    EXPECT_EQ(differences("expect.rules = []\n"), (Lines{"matching rules: a, b; expected: none"}));
    EXPECT_EQ(differences("expect.not_rules = [\"b\", \"c\"]\n"),
              (Lines{"rule b matches, expected not"}));
    EXPECT_EQ(differences("expect.restricted = false\nexpect.acknowledge = false\n"
                          "expect.handling = \"accept\"\n"),
              (Lines{"is restricted, expected not", "is acknowledged, expected not",
                     "handling is hold, expected accept"}));
}

}  // namespace
}  // namespace bellhop::rules
