#include "rules/trial/rule_backtest.hpp"

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

PastMail past(std::int64_t ticket, const std::string& subject, const std::string& priority) {
    PastMail mail{TicketId{ticket}};
    mail.facts.subject = subject;
    mail.facts.from = "p" + std::to_string(ticket) + "@hill.example.org";
    mail.facts.context.at = std::chrono::sys_days{2027y / 3 / 3} + std::chrono::minutes{ticket};
    mail.then.priority = priority;
    mail.then.team = "desk";
    return mail;
}

TEST(Backtest, CountsWhatWouldChange) {
    const RuleSet rules =
        rules_of("[[rule]]\nname = \"net\"\nwhen.text = \"internet\"\nthen.priority = \"P1\"\n");
    Backtest backtest{rules, 1};
    backtest.add(past(1, "internet", "P3"));
    backtest.add(past(2, "internet", "P3"));
    backtest.add(past(3, "printer", "P3"));
    const BacktestReport& report = backtest.report();
    EXPECT_EQ(report.mails, 3U);
    EXPECT_EQ(report.changed, 2U);
    EXPECT_EQ(report.matrix, (std::map<Change, std::size_t>{{{"P3", "P1"}, 2}, {{"P3", "P3"}, 1}}));
    EXPECT_EQ(report.matched, (std::map<std::string, std::size_t>{{"net", 2}}));
    EXPECT_EQ(report.changed_by_rule, (std::map<std::string, std::size_t>{{"net", 2}}));
    ASSERT_EQ(report.samples.size(), 1U);
    EXPECT_EQ(report.samples[0].ticket, TicketId{1});
    EXPECT_EQ(report.samples[0].rules, (std::vector<std::string>{"net"}));
}

TEST(Backtest, ComparesWithWhatStaffCorrected) {
    const RuleSet rules =
        rules_of("[[rule]]\nname = \"net\"\nwhen.text = \"internet\"\nthen.priority = \"P1\"\n");
    Backtest backtest{rules, 0};
    PastMail corrected = past(1, "internet", "P3");
    corrected.corrected_priority = "P1";
    backtest.add(corrected);
    backtest.add(past(2, "printer", "P3"));
    const BacktestReport& report = backtest.report();
    EXPECT_EQ(report.corrected, 1U);
    EXPECT_EQ(report.corrected_right, 1U);
    EXPECT_EQ(report.better, 1U);
    EXPECT_EQ(report.worse, 0U);
    EXPECT_DOUBLE_EQ(agreement_before(report), 0.5);
    EXPECT_DOUBLE_EQ(agreement_now(report), 1.0);
    EXPECT_DOUBLE_EQ(agreement_now(BacktestReport{}), 1.0);
}

TEST(Backtest, CountsSurgesOfTheNewRules) {
    const RuleSet rules = rules_of(
        "[[rule]]\nname = \"surge\"\nwhen.text = \"internet\"\nwhen.surge = { tickets = 3, people "
        "= 3, within = \"15 min\" }\n"
        "then.priority = \"P1\"\n");
    Backtest backtest{rules, 5};
    for (std::int64_t ticket = 1; ticket <= 4; ++ticket)
        backtest.add(past(ticket, "internet", "P3"));
    EXPECT_EQ(backtest.report().matrix,
              (std::map<Change, std::size_t>{{{"P3", "P1"}, 2}, {{"P3", "P3"}, 2}}));
}

TEST(Backtest, CountsMailsThatWouldBeHandledOtherwise) {
    const RuleSet rules =
        rules_of("[[rule]]\nname = \"news\"\nwhen.text = \"newsletter\"\nthen.ignore = true\n");
    Backtest backtest{rules, 5};
    backtest.add(past(1, "newsletter", "P3"));
    backtest.add(past(2, "printer", "P3"));
    EXPECT_EQ(backtest.report().changed, 1U);
    EXPECT_EQ(backtest.report().handled, (std::map<Handling, std::size_t>{{Handling::ignore, 1}}));
    EXPECT_EQ(backtest.report().samples[0].handling_now, Handling::ignore);
}

TEST(Backtest, ShowsNothingOfRestrictedTickets) {
    const RuleSet rules = rules_of(
        "[[rule]]\nname = \"s\"\nwhen.text = \"harm\"\nthen.priority = \"P1\"\nthen.restricted = "
        "true\n");
    Backtest backtest{rules, 5};
    backtest.add(past(1, "harm", "P3"));
    EXPECT_EQ(backtest.report().samples[0].subject, "");
}

}  // namespace
}  // namespace bellhop::rules
