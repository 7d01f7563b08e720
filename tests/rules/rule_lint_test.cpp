#include "rules/rule_lint.hpp"

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

/// The findings as the administrator sees them, but for those about missing tests.
std::string findings(const std::string& lines,
                     const Vocabulary& vocabulary = {},
                     bool untested = false) {
    const std::string text = basics + "\n" + lines;
    const LoadedRules rules = loaded(text);
    std::string all;
    for (const parsers::Diagnostic& each :
         lint(rules.rules, rules.tests, nullptr, vocabulary, 2027y / 1 / 1)) {
        if (!untested && each.message.rfind("no test mail", 0) == 0) continue;
        all += parsers::render(each, text);
    }
    return all.empty() ? "none" : all;
}

std::string rule(const std::string& name, const std::string& lines) {
    return "[[rule]]\nname = \"" + name + "\"\n" + lines + "\n";
}

TEST(RuleLint, IsContentWithGoodRules) {
    EXPECT_EQ(
        findings(
            rule("a", "when.text = \"internet\"\nthen.priority = \"P1\"") +
            rule("b", "when.text = \"printer\"\nthen.priority = \"P2\"") +
            rule("c", "when.text = \"internet\"\nwhen.group = \"pupil\"\nthen.priority = \"P4\"")),
        "none");
}

TEST(RuleLint, FindsRulesThatAreNeverReached) {
    EXPECT_EQ(
        findings(rule("invoices", "when.text = \"@net\"\nthen.stop = true") +
                 rule("refunds",
                      "when.text = [\"internet down\", \"wifi*\"]\nwhen.group = \"staff\"\n"
                      "then.priority = \"P2\"") +
                 "[words]\nnet = [\"internet\", \"wi*\"]\n"),
        "rules.toml:10:1: error: rule \"refunds\" can never act\n"
        "   10 | [[rule]]\n"
        "      | ^~~~~~~~\n"
        "      = rule \"invoices\" (line 6) matches every mail that this one does, and stops\n");
}

TEST(RuleLint, ToleratesWhatMayBeReached) {
    EXPECT_EQ(
        findings(rule("a", "when.text = \"internet\"\nunless.text = \"room\"\nthen.stop = true") +
                 rule("b", "when.text = \"internet down\"\nthen.priority = \"P2\"")),
        "none")
        << "with an exception";
    EXPECT_EQ(findings(rule("a", "when.text = \"internet down\"\nthen.stop = true") +
                       rule("b", "when.text = \"internet\"\nthen.priority = \"P2\"")),
              "none")
        << "wider than the first";
    EXPECT_EQ(findings(rule("a", "when.subject = \"internet\"\nthen.stop = true") +
                       rule("b", "when.text = \"internet\"\nthen.priority = \"P2\"")),
              "none")
        << "another text";
    EXPECT_EQ(findings(rule("a",
                            "when.text = { words = \"internet\", except = \"no internet\" "
                            "}\nthen.stop = true") +
                       rule("b", "when.text = \"internet\"\nthen.priority = \"P2\"")),
              "none")
        << "excepted phrases";
}

TEST(RuleLint, FindsRulesThatAreOverwritten) {
    EXPECT_EQ(
        findings(rule("a", "when.text = \"internet down\"\nthen.priority = \"P1\"") +
                 rule("b", "when.text = \"internet\"\nthen.priority = \"P2\"")),
        "rules.toml:6:1: warning: rule \"a\" has no effect\n"
        "    6 | [[rule]]\n"
        "      | ^~~~~~~~\n"
        "      = rule \"b\" (line 10) matches every mail that this one does, and sets the same\n");
}

TEST(RuleLint, FindsContradictions) {
    EXPECT_EQ(
        findings(
            rule("a", "when.text = \"internet\"\nthen.priority = \"P1\"\nthen.tags = [\"x\"]") +
            rule("b", "when.text = \"internet\"\nthen.priority = \"P2\"")),
        "rules.toml:11:1: warning: rule \"b\" contradicts another\n"
        "   11 | [[rule]]\n"
        "      | ^~~~~~~~\n"
        "      = rule \"a\" (line 6) matches the same mails and sets priority to \"P1\", this one "
        "to \"P2\"\n"
        "      = the later rule wins\n");
}

TEST(RuleLint, FindsRulesThatNeverMatch) {
    EXPECT_EQ(
        findings(rule(
            "a",
            "when.text = \"internet down\"\nunless.text = \"internet\"\nthen.priority = \"P1\"")),
        "rules.toml:9:8: error: rule \"a\" can never match\n"
        "    9 | unless.text = \"internet\"\n"
        "      |        ^~~~\n"
        "      = every mail that meets its conditions meets this exception\n");
}

TEST(RuleLint, FindsRulesWithoutATest) {
    const std::string rules = rule("a", "when.text = \"internet\"\nthen.priority = \"P1\"");
    EXPECT_EQ(findings(rules, {}, true),
              "rules.toml:6:1: warning: no test mail matches rule \"a\"\n"
              "    6 | [[rule]]\n"
              "      | ^~~~~~~~\n"
              "      = write a [[test]] that expects it; \"bellhop rules test\" runs them\n");
    EXPECT_EQ(
        findings(rules + "[[test]]\nsubject = \"internet\"\nexpect.priority = \"P1\"\n", {}, true),
        "none");
}

TEST(RuleLint, FindsNeedlessWords) {
    EXPECT_EQ(findings("[words]\nnet = [\"internet\", \"no internet\", \"wifi*\"]\nall = "
                       "[\"Wifi*\", \"server\"]\n"),
              "rules.toml:7:20: warning: \"no internet\" is never needed\n"
              "    7 | net = [\"internet\", \"no internet\", \"wifi*\"]\n"
              "      |                    ^~~~~~~~~~~~~\n"
              "      = \"internet\" stands in the same list and is found wherever this is\n"
              "rules.toml:8:8: warning: \"Wifi*\" stands in list \"net\" too\n"
              "    8 | all = [\"Wifi*\", \"server\"]\n"
              "      |        ^~~~~~~\n"
              "      = if both are meant, let one list use the other: \"@net\"\n");
}

TEST(RuleLint, FindsPatternsThatMatchEverything) {
    EXPECT_EQ(findings(rule("a", "when.text = { regex = '(error)?' }\nthen.priority = \"P1\"")),
              "rules.toml:8:23: error: the pattern \"(error)?\" matches every text\n"
              "    8 | when.text = { regex = '(error)?' }\n"
              "      |                       ^~~~~~~~~~\n"
              "      = a pattern looks anywhere in the text: leave out what may be missing\n");
}

TEST(RuleLint, FindsUnknownNames) {
    Vocabulary vocabulary;
    vocabulary.teams = {"desk", "network"};
    vocabulary.people = {"Ann"};
    vocabulary.schools = {"Hill Primary"};
    vocabulary.layers = {"term", "exam day"};
    EXPECT_EQ(
        findings(
            rule("a",
                 "when.calendar = \"exam days\"\nwhen.school = \"Hill *\"\nthen.team = \"netwrk\"\n"
                 "then.notify = [\"Ann\", \"head@hill.example.org\"]"),
            vocabulary),
        "rules.toml:8:17: error: unknown calendar layer \"exam days\"\n"
        "    8 | when.calendar = \"exam days\"\n"
        "      |                 ^~~~~~~~~~~\n"
        "      = did you mean \"exam day\"?\n"
        "rules.toml:10:13: error: unknown team \"netwrk\"\n"
        "   10 | then.team = \"netwrk\"\n"
        "      |             ^~~~~~~~\n"
        "      = did you mean \"network\"?\n");
}

TEST(RuleLint, FindsBoostsThatAreOver) {
    EXPECT_EQ(
        findings("[[boost]]\nname = \"visit\"\nfrom = 2026-03-03\nto = 2026-03-04\nraise_by = 1\n"),
        "rules.toml:6:1: warning: boost \"visit\" is over\n"
        "    6 | [[boost]]\n"
        "      | ^~~~~~~~~\n"
        "      = it may be taken out\n");
}

}  // namespace
}  // namespace bellhop::rules
