#include "rules/lint/name_lint.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

/// "message" or "message = hint", one a line.
std::string findings(const std::string& rules,
                     const Vocabulary& vocabulary,
                     const People* people = nullptr) {
    std::string all;
    const RuleSet set = rules_of(rules);
    for (const parsers::Diagnostic& each : lint_names(set.book(), vocabulary, people)) {
        all += each.message;
        for (const std::string& hint : each.hints) all += " = " + hint;
        all += '\n';
    }
    return all;
}

std::string rule(const std::string& name, const std::string& lines) {
    return "[[rule]]\nname = \"" + name + "\"\nwhen.text = \"x\"\n" + lines + "\n";
}

Vocabulary known() {
    Vocabulary made;
    made.teams = {{"desk", "Network"}};
    made.people = {{"Tess"}};
    made.schools = {{"Oak Lane", "Elm Road"}};
    made.templates = {{"acknowledgement"}};
    return made;
}

People people() {
    People made;
    made.schools = {School{.name = "Oak Lane"}, School{.name = "Elm Road"}};
    made.teams = {Team{.name = "Network", .address = "net@desk.example"}, Team{.name = "Nobody"}};
    made.technicians = {Technician{.name = "Tess"}};
    return made;
}

TEST(NameLint, FindsNamesThatNobodyBears) {
    EXPECT_EQ(findings(rule("a", "then.team = \"Netwrok\""), known()),
              "unknown team \"Netwrok\" = did you mean \"Network\"?\n");
    EXPECT_EQ(findings(rule("a", "then.team = \"network\""), known()),
              "unknown team \"network\" = did you mean \"Network\"?\n");
    EXPECT_EQ(findings(rule("a", "then.assignee = \"Zoe\""), known()),
              "unknown technician \"Zoe\" = known: Tess\n");
    EXPECT_EQ(findings(rule("a", "then.acknowledge = \"thanks\""), known()),
              "unknown template \"thanks\" = known: acknowledgement\n");
    EXPECT_EQ(findings(rule("a", "when.school = \"Ash Lane\"\nthen.priority = \"P1\""), known()),
              "unknown school \"Ash Lane\" = known: Oak Lane, Elm Road\n");
}

TEST(NameLint, IsContentWithNamesThatAreKnownOrNotChecked) {
    for (const char* lines :
         {"then.team = \"Network\"", "then.assignee = \"Tess\"", "then.acknowledge = \"none\"",
          "when.school = \"OAK LANE\"\nthen.priority = \"P1\"",  // compared in any case
          "when.school = \"Ash*\"\nthen.priority = \"P1\"",
          "when.plan = \"gold\"\nthen.priority = \"P1\""}) {
        EXPECT_EQ(findings(rule("a", lines), known()), "") << lines;
    }
    EXPECT_EQ(findings(rule("a", "then.team = \"anything\""), {}), "");
}

TEST(NameLint, FindsNoticesThatReachNobody) {
    const People all = people();
    const auto notify = [&](const std::string& whom) {
        return findings(rule("a", "then.notify = \"" + whom + "\""), known(), &all);
    };
    for (const char* reached : {"assignee", "manager", "Network", "head@oak.example"})
        EXPECT_EQ(notify(reached), "") << reached;
    EXPECT_EQ(notify("Nobody"),
              "team \"Nobody\" reaches nobody = people.toml gives it neither an address nor a "
              "technician\n");
    EXPECT_EQ(
        notify("pupil"),
        "\"pupil\" reaches nobody: it is a group of senders = of the groups, only \"slt\" and "
        "\"nominated contact\" of the ticket's school can be told\n");
    EXPECT_EQ(
        notify("slt"),
        "\"slt\" reaches nobody of \"Oak Lane\" and 1 more = mark a [[contact]] of people.toml "
        "with slt = true\n");
    EXPECT_EQ(
        findings(rule("a", "when.school = \"Elm*\"\nthen.notify = \"slt\""), known(), &all),
        "\"slt\" reaches nobody of \"Elm Road\" = mark a [[contact]] of people.toml with slt = "
        "true\n");
}

TEST(NameLint, FindsTagsAndMarksThatNoEarlierRuleGives) {
    const std::string gives = rule("giver", "then.tags = \"net\"");
    const std::string asks = rule("asker", "when.tagged = \"net\"\nthen.priority = \"P1\"");
    EXPECT_EQ(findings(gives + asks, {}), "");
    EXPECT_EQ(
        findings(asks + gives, {}),
        "no rule before this one gives the tag \"net\" = rule \"giver\" gives it, but does not "
        "come before\n");
    EXPECT_EQ(findings(asks, {}),
              "no rule before this one gives the tag \"net\" = there is none so far\n");
    // A follow-up's may come from its ticket.
    EXPECT_EQ(findings(rule("asker",
                            "when.arrival = \"follow-up\"\nwhen.tagged = \"net\"\n"
                            "then.priority = \"P1\""),
                       {}),
              "");
    EXPECT_NE(findings(rule("asker",
                            "when.arrival = \"follow-up\"\nwhen.marked = \"seen\"\n"
                            "then.priority = \"P1\""),
                       {}),
              "");
}

}  // namespace
}  // namespace bellhop::rules
