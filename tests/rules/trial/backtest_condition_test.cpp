#include "rules/trial/backtest_condition.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

/// 200 mails, 20 changed; agreement from 90 % to 95 %.
BacktestReport report() {
    BacktestReport report;
    report.mails = 200;
    report.changed = 20;
    report.agreed_before = 180;
    report.agreed_now = 190;
    report.better = 12;
    report.worse = 2;
    return report;
}

bool holds(const std::string& text) {
    const auto conditions = parse_backtest_conditions(text);
    EXPECT_TRUE(conditions.has_value()) << text;
    return conditions.has_value() && rules::holds(conditions->front(), report());
}

std::string complaint(const std::string& text) {
    const auto conditions = parse_backtest_conditions(text);
    return conditions.has_error() ? conditions.error() : "";
}

TEST(BacktestCondition, ComparesAFigure) {
    EXPECT_TRUE(holds("agreement<96"));
    EXPECT_TRUE(holds("agreement <= 95 %"));
    EXPECT_FALSE(holds("agreement < 95"));
    EXPECT_TRUE(holds("gain>=4.9"));
    EXPECT_FALSE(holds("gain < 0"));
    EXPECT_TRUE(holds("changed>19"));
    EXPECT_TRUE(holds("changed >= 10%"));
    EXPECT_FALSE(holds("changed > 10%"));
    EXPECT_TRUE(holds("worse>0"));
    EXPECT_TRUE(holds("better >= 12"));
    EXPECT_FALSE(holds("mails<200"));
}

TEST(BacktestCondition, HasNoShareOfNothing) {
    const auto conditions = parse_backtest_conditions("changed>0%");
    EXPECT_FALSE(rules::holds(conditions->front(), BacktestReport{}));
}

TEST(BacktestCondition, MayBeOneOfSeveral) {
    const auto conditions = parse_backtest_conditions("agreement<95, worse > 0");
    ASSERT_TRUE(conditions.has_value());
    ASSERT_EQ(conditions->size(), 2U);
    EXPECT_EQ((*conditions)[0].text, "agreement<95");
    EXPECT_EQ((*conditions)[1],
              (BacktestCondition{BacktestFigure::worse, Comparison::above, 0, false, "worse > 0"}));
}

TEST(BacktestCondition, IsRefusedWhereItIsNone) {
    const std::string expected =
        "; expected agreement, gain, changed, better, worse or mails, then <, <=, > or >=, then a "
        "number";
    EXPECT_EQ(complaint(""), "no condition: \"\"" + expected);
    EXPECT_EQ(complaint("agreement"), "no condition: \"agreement\"" + expected);
    EXPECT_EQ(complaint("agrement<95"), "no condition: \"agrement<95\"" + expected);
    EXPECT_EQ(complaint("agreement<95,"), "no condition: \"\"" + expected);
    EXPECT_EQ(complaint("agreement<lots"), "no number: \"lots\" in \"agreement<lots\"");
    EXPECT_EQ(complaint("changed>10%%"), "no number: \"10%\" in \"changed>10%%\"");
    EXPECT_EQ(complaint("changed==3").substr(0, 13), "no condition:");
}

}  // namespace
}  // namespace bellhop::rules
