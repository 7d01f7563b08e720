#include "rules/sla/target_words.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

std::optional<TargetKind> kind(std::string_view text) {
    const auto words = parse_target(text, TargetReading{});
    return words && words->target ? std::optional{words->target->kind} : std::nullopt;
}

TEST(TargetWords, ReadsWorkingTime) {
    EXPECT_EQ(kind("30 minutes"), TargetKind{BusinessTime{30min}});
    EXPECT_EQ(kind("within 1 hour"), TargetKind{BusinessTime{1h}});
    EXPECT_EQ(kind("Within 30 Minutes"), TargetKind{BusinessTime{30min}});
    EXPECT_EQ(kind("1 hour and 30 minutes"), TargetKind{BusinessTime{90min}});
    EXPECT_EQ(kind("1h 30min"), TargetKind{BusinessTime{90min}});
    EXPECT_EQ(kind("48 business hours"), TargetKind{BusinessTime{48h}});
    EXPECT_EQ(kind("an hour"), TargetKind{BusinessTime{1h}});
}

TEST(TargetWords, ReadsDaysAndWeeks) {
    EXPECT_EQ(kind("1 business day"), TargetKind{BusinessDays{1}});
    EXPECT_EQ(kind("within one business day"), TargetKind{BusinessDays{1}});
    EXPECT_EQ(kind("3 days"), TargetKind{BusinessDays{3}});
    EXPECT_EQ(kind("1 week"), TargetKind{BusinessDays{5}});
    EXPECT_EQ(kind("2 weeks"), TargetKind{BusinessDays{10}});
    EXPECT_EQ(parse_target("1 week", {6, 5min})->target->kind, TargetKind{BusinessDays{6}});
}

TEST(TargetWords, ReadsCalendarTimeAndWhatIsDueAtOnce) {
    EXPECT_EQ(kind("48 calendar hours"), (TargetKind{CalendarTime{48h, Roll::forward}}));
    EXPECT_EQ(kind("2 calendar days"), (TargetKind{CalendarTime{48h, Roll::forward}}));
    EXPECT_EQ(kind("immediate"), TargetKind{Immediate{5min}});
    EXPECT_EQ(kind("at once"), TargetKind{Immediate{5min}});
}

TEST(TargetWords, ReadsAgreements) {
    EXPECT_EQ(kind("5 days or timeframe agreed."), std::nullopt) << "a full stop is no word";
    EXPECT_EQ(kind("5 days or timeframe agreed"), TargetKind{BusinessDays{5}});
    EXPECT_EQ(kind("4 hours or as agreed"), TargetKind{BusinessTime{4h}});
    EXPECT_EQ(parse_target("as agreed", {}), TargetWords{});
    EXPECT_EQ(parse_target("agreed", {}), TargetWords{});
}

TEST(TargetWords, KeepsTheWordsForPeople) {
    EXPECT_EQ(parse_target("Within 3 Hours", {})->target->text, "Within 3 Hours");
}

TEST(TargetWords, RefusesEverythingElse) {
    for (const std::string text :
         {"", "soon", "hours", "4", "4 fortnights", "1 day 4 hours",
          "4 hours 1 business day 2 calendar days", "0 minutes", "-4 hours", "4.5 hours",
          "99999999 hours", "or as agreed", "4 hours or else agreed x", "one two hours",
          "4 hours and", "1 1 1 1 1 1 1 1 1 1 1 1 1 hour"}) {
        EXPECT_FALSE(parse_target(text, {}) && parse_target(text, {})->target) << text;
    }
}

}  // namespace
}  // namespace bellhop::rules
