#include "rules/lint/rule_implication.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

bool word_implies(std::string_view narrow, std::string_view wide) {
    return implies(*parse_keyword(narrow), *parse_keyword(wide));
}

/// Whether a rule with the conditions `narrow` can only match what one with `wide` matches.
bool rule_implies(const std::string& narrow,
                  const std::string& wide,
                  const std::string& more = "") {
    const auto rule = [](const std::string& name, const std::string& lines) {
        return "[[rule]]\nname = \"" + name + "\"\n" + lines + "\nthen.priority = \"P1\"\n";
    };
    const RuleSet rules = rules_of(rule("narrow", narrow) + rule("wide", wide) + more);
    const auto& all = rules.book().rules;
    return all.size() == 2 && Implication{rules.book()}.implies(all[0], all[1]);
}

struct Case {
    std::string narrow;
    std::string wide;
    bool implied;
};

TEST(RuleImplication, ComparesWords) {
    for (const Case& each : {Case{"internet down", "internet", true},
                             {"internet", "internet down", false},
                             {"printers", "print*", true},
                             {"print*", "printers", false},
                             {"print*", "pri*", true},
                             {"internet", "net", false},
                             {"internet ... down", "down", true},
                             {"internet", "internet ... down", false},
                             {"a b c", "b c", true},
                             {"a b c", "a c", false}}) {
        EXPECT_EQ(word_implies(each.narrow, each.wide), each.implied)
            << each.narrow << " / " << each.wide;
    }
}

TEST(RuleImplication, ComparesConditions) {
    for (const Case& each :
         {Case{"when.text = \"internet down\"", "when.text = [\"internet\", \"wifi\"]", true},
          {"when.text = [\"internet\", \"fax\"]", "when.text = \"internet\"", false},
          {"when.subject = \"internet\"", "when.text = \"internet\"", true},
          {"when.text = \"internet\"", "when.subject = \"internet\"", false},
          {"when.text = \"a\"\nwhen.school = \"Oak\"", "when.text = \"a\"", true},
          {"when.text = \"a\"", "when.text = \"a\"\nwhen.school = \"Oak\"", false},
          {"when.school = \"Oak\"", "when.school = \"O*\"", true},
          {"when.school = \"O*\"", "when.school = \"Oak\"", false},
          {"when.from = \"ann@oak.example\"", "when.from = \"oak.example\"", true},
          {"when.from = \"oak.example\"", "when.from = \"ann@oak.example\"", false},
          {"when.attachments = true", "when.attachments = true", true},
          {"when.attachments = true", "when.attachments = false", false},
          // What rules decide may be another thing when the later one looks.
          {"when.priority = \"P1\"", "when.priority = \"P1\"", false}}) {
        EXPECT_EQ(rule_implies(each.narrow, each.wide), each.implied)
            << each.narrow << " / " << each.wide;
    }
}

TEST(RuleImplication, HeedsExceptions) {
    EXPECT_FALSE(rule_implies("when.text = \"a b\"", "when.text = \"a\"\nunless.text = \"room\""));
    EXPECT_TRUE(rule_implies("when.text = \"a b\"\nunless.text = \"room\"",
                             "when.text = \"a\"\nunless.text = \"room 4\""));
    EXPECT_FALSE(rule_implies("when.text = \"a b\"\nunless.text = \"room 4\"",
                              "when.text = \"a\"\nunless.text = \"room\""));
}

TEST(RuleImplication, WritesListsOut) {
    const std::string lists =
        "[words]\nnet = [\"internet\", \"@wireless\"]\nwireless = [\"wifi\"]\n";
    EXPECT_TRUE(rule_implies("when.text = \"wifi down\"", "when.text = \"@net\"", lists));
    EXPECT_FALSE(rule_implies("when.text = \"@net\"", "when.text = \"wifi\"", lists));
    // A list with exceptions is too hard to compare: never "certain".
    EXPECT_FALSE(rule_implies("when.text = \"wifi down\"", "when.text = \"@net\"",
                              "[words]\nnet = {words = [\"wifi\"], except = [\"wifi lamp\"]}\n"));
}

TEST(RuleImplication, NeverTrustsASurge) {
    EXPECT_FALSE(rule_implies(
        "when.text = \"a b\"",
        "when.text = \"a\"\nwhen.surge = {tickets = 5, people = 3, within = \"15 min\"}"));
}

}  // namespace
}  // namespace bellhop::rules
