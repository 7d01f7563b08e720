#include "rules/trial/rule_statistics.hpp"

#include <gtest/gtest.h>

#include "rules/rule/ruling.hpp"
#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

constexpr std::chrono::sys_seconds noon{std::chrono::seconds{1'800'000'000}};

TicketEvent decided(const std::vector<std::string>& matched, const std::string& priority) {
    Ruling ruling;
    ruling.matched = matched;
    ruling.outcome.priority = priority;
    return ruling_event(ruling, noon);
}

TicketEvent staff(Event field, const std::string& to) {
    return {noon, field, "agent Tom", {}, {{"from", "x"}, {"to", to}}};
}

RuleSet three_rules() {
    return rules_of(
        "[[rule]]\nname = \"net\"\nwhen.text = \"internet\"\nthen.priority = \"P1\"\n"
        "[[rule]]\nname = \"sims\"\nwhen.text = \"sims\"\nthen.priority = \"P2\"\n"
        "[[rule]]\nname = \"never\"\nwhen.text = \"xyzzy\"\nthen.priority = \"P2\"\n");
}

TEST(RuleStatistics, CountsHowOftenEachRuleFiredAndWasOverruled) {
    RuleCount count{noon};
    count.add(
        {decided({"net"}, "P1"), staff(Event::priority, "P3"), staff(Event::team, "Network")});
    count.add({decided({"net", "sims"}, "P1"), staff(Event::team, "Network")});
    count.add({decided({"net"}, "P1"), staff(Event::status, "resolved")});
    count.add({decided({}, "P3")});
    count.add({decided({"gone"}, "P3")});
    const RuleSet rules = three_rules();
    EXPECT_EQ(count.statistics(rules.book()), (RuleStatistics{5,
                                                              2,
                                                              1,
                                                              {{"net", 3, 2, 1, 2, true},
                                                               {"sims", 1, 1, 0, 1, true},
                                                               {"never", 0, 0, 0, 0, true},
                                                               {"gone", 1, 0, 0, 0, false}}}));
}

TEST(RuleStatistics, CountsAChangeBackAsNone) {
    RuleCount count{noon};
    count.add({decided({"net"}, "P1"), staff(Event::priority, "P3"), staff(Event::priority, "P1")});
    const RuleSet rules = three_rules();
    EXPECT_EQ(count.statistics(rules.book()).overruled, 0U);
}

TEST(RuleStatistics, LeavesOutWhatWasDecidedBefore) {
    RuleCount count{noon + std::chrono::seconds{1}};
    count.add({decided({"net"}, "P1")});
    const RuleSet rules = three_rules();
    EXPECT_EQ(count.statistics(rules.book()).mails, 0U);
}

}  // namespace
}  // namespace bellhop::rules
