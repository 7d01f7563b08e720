#include "rules/lint/word_lint.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

/// The messages, one a line.
std::string findings(const std::string& rules) {
    std::string all;
    const RuleSet set = rules_of(rules);
    for (const parsers::Diagnostic& each : lint_words(set.book())) all += each.message + '\n';
    return all;
}

std::string rule(const std::string& when) {
    return "[[rule]]\nname = \"a\"\nwhen.text = " + when + "\nthen.priority = \"P1\"\n";
}

TEST(WordLint, FindsWordsThatAreNeverNeeded) {
    EXPECT_EQ(findings(rule("[\"internet\", \"internet down\"]")),
              "\"internet down\" is never needed\n");
    EXPECT_EQ(findings(rule("[\"wifi\", \"WiFi\"]")), "\"WiFi\" is never needed\n");
    EXPECT_EQ(findings("[words]\nnet = [\"comput*\", \"computers\"]\n"),
              "\"computers\" is never needed\n");
}

TEST(WordLint, LeavesWordsThatCountEach) {
    for (const char* when : {"[\"internet\", \"wifi\"]",
                             "{ words = [\"internet\", \"internet down\"], at_least = 2 }"}) {
        EXPECT_EQ(findings(rule(when)), "") << when;
    }
}

TEST(WordLint, FindsWhatReadsOtherwiseThanItLooks) {
    EXPECT_EQ(findings(rule("\"internet, wifi\"")),
              "\"internet, wifi\" is one phrase: punctuation does not count\n");
    EXPECT_EQ(findings(rule("\"wifi OR internet\"")),
              "\"OR\" in \"wifi OR internet\" is a word like any other\n");
    EXPECT_NE(findings(rule("\"internet down|wifi down\"")), "");
    for (const char* meant : {"\"St. Mary's\"", "\"day|days after\"", "\"wifi or internet\""})
        EXPECT_EQ(findings(rule(meant)), "") << meant;
}

TEST(WordLint, FindsPatternsThatMatchEverything) {
    EXPECT_EQ(findings(rule("{ regex = \"x*\" }")), "the pattern \"x*\" matches every text\n");
    EXPECT_EQ(findings(rule("{ regex = \"[a-z]\" }")),
              "the pattern \"[a-z]\" matches nearly every text\n");
    EXPECT_EQ(findings(rule("{ regex = \"room [0-9]+\" }")), "");
}

TEST(WordLint, FindsWhatCanNeverBeReached) {
    EXPECT_EQ(findings(rule("{ words = [\"wifi\", \"internet\"], at_least = 3 }")),
              "at_least = 3 can never be reached\n");
}

}  // namespace
}  // namespace bellhop::rules
