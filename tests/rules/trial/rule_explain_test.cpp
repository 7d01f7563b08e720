#include "rules/trial/rule_explain.hpp"

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

MailFacts mail(const std::string& subject, const std::string& body) {
    MailFacts facts;
    facts.subject = subject;
    facts.body = body;
    facts.context.groups = {"staff"};
    return facts;
}

std::vector<ExplainedRule> explained(const RuleSet& rules, const MailFacts& facts) {
    return explain(rules, facts, rules.evaluate(facts));
}

TEST(RuleExplain, ShowsEveryRuleInOrder) {
    const RuleSet rules = rules_of(
        "[[rule]]\nname = \"a\"\nwhen.text = \"internet ... down\"\nthen.priority = "
        "\"P1\"\nthen.stop = true\n"
        "[[rule]]\nname = \"b\"\nwhen.text = \"x\"\nthen.priority = \"P4\"\n");
    EXPECT_EQ(explained(rules, mail("Help", "Hello,\nthe internet\nis down")),
              (std::vector<ExplainedRule>{
                  {"default", true, {}, {"priority P3", "team desk"}, ""},
                  {"a",
                   true,
                   {{"body", "internet ... down", 11, 2, "Hello, the »internet is down«"}},
                   {"priority P3 → P1", "stop"},
                   ""},
                  {"b", false, {}, {}, "an earlier rule has stopped"}}));
}

TEST(RuleExplain, SaysWhyARuleDidNotMatch) {
    const auto why = [](const std::string& condition) {
        const RuleSet rules =
            rules_of("[[rule]]\nname = \"r\"\n" + condition + "\nthen.stop = true\n");
        return explained(rules, mail("a", "b"))[1].why_not;
    };
    EXPECT_EQ(why("when.text = [\"c\", \"d\", \"e\", \"f\", \"g\"]"),
              "none of \"c\", \"d\", \"e\", \"f\" or 1 more in subject or body");
    EXPECT_EQ(why("when.subject = { words = [\"a\", \"b\"], at_least = 2 }"),
              "fewer than 2 of \"a\", \"b\" in subject");
    EXPECT_EQ(why("when.group = \"pupil\""), "group is not \"pupil\"");
    EXPECT_EQ(why("when.from = \"*@example.org\""), "from is not \"*@example.org\"");
    EXPECT_EQ(why("when.attachments = true"), "there are no attachments");
    EXPECT_EQ(why("when.dates = { from = 2027-03-03, to = 2027-03-04 }"),
              "today is not from 2027-03-03 to 2027-03-04");
    EXPECT_EQ(why("when.any = [{ text = \"c\" }, { text = \"d\" }]"),
              "none of \"c\" in subject or body; none of \"d\" in subject or body");
    EXPECT_EQ(why("when.text = \"a\"\nwhen.surge = { tickets = 2, within = \"5 min\" }"),
              "too few such tickets so far");
    EXPECT_EQ(why("when.arrival = \"follow-up\""), "arrival is not \"follow-up\"");
}

TEST(RuleExplain, ShowsWhatSpokeAgainst) {
    const RuleSet rules = rules_of(
        "[[rule]]\nname = \"r\"\nwhen.text = \"a\"\nunless.text = \"not urgent\"\nthen.stop = "
        "true\n");
    EXPECT_EQ(explained(rules, mail("a", "It is not urgent"))[1],
              (ExplainedRule{"r",
                             false,
                             {{"body", "not urgent", 6, 1, "It is »not urgent«"}},
                             {},
                             "something speaks against it"}));
}

}  // namespace
}  // namespace bellhop::rules
