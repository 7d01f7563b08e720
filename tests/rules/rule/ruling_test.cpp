#include "rules/rule/ruling.hpp"

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

Ruling full() {
    Ruling ruling;
    ruling.outcome.priority = "P1";
    ruling.outcome.team = "network";
    ruling.outcome.assignee = "Tess";
    ruling.outcome.category = "outage";
    ruling.matched = {"no internet", "a \"quoted\" one"};
    ruling.surge_rules = {"many at once"};
    ruling.proposed = "P2";
    ruling.digest = "abc";
    ruling.evidence = "P1 1.2; no table";
    return ruling;
}

TEST(Ruling, IsReadAsItWasWritten) {
    for (const Handling handling :
         {Handling::accept, Handling::hold, Handling::ignore, Handling::quarantine}) {
        Ruling ruling = full();
        ruling.outcome.handling = handling;
        EXPECT_EQ(read_ruling(ruling_event(ruling, {})), ruling) << name_of(handling);
    }
    EXPECT_EQ(read_ruling(ruling_event(Ruling{}, {})), Ruling{});
}

TEST(Ruling, SaysByWhatItWasMade) {
    Ruling ruling;
    EXPECT_EQ(by_rules(ruling), "by the default rule");
    ruling.evidence = "P1 1.2; no table";
    EXPECT_EQ(by_rules(ruling), "by its evidence");
    ruling.matched = {"a"};
    EXPECT_EQ(by_rules(ruling), "by the rule \"a\"");
    ruling.matched = {"a", "b"};
    EXPECT_EQ(by_rules(ruling), "by the rules \"a\", \"b\"");
}

TEST(Ruling, NamesRulesThatMatchedAndNoOthers) {
    const RuleSet rules = rules_of(
        "[[rule]]\nname = \"one\"\nwhen.text = \"internet\"\nthen.priority = \"P1\"\n"
        "[[rule]]\nname = \"two\"\nwhen.text = \"printer\"\nthen.priority = \"P2\"\n");
    MailFacts facts;
    facts.body = "the internet is down";
    const Ruling ruling = ruling_of(rules, rules.evaluate(facts));
    EXPECT_EQ(ruling.matched, std::vector<std::string>{"one"});
    EXPECT_EQ(ruling.outcome.priority, "P1");
    EXPECT_EQ(ruling.digest, rules.book().digest);
    EXPECT_EQ(ruling.evidence, "");  // nothing is weighed
}

}  // namespace
}  // namespace bellhop::rules
