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

TEST(TargetWords, SayWhichTimeIsMeant) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"4 hours", "within 4 working hours"},
        {"Within 1 Hour", "within 1 working hour"},
        {"within 1 hour", "within 1 working hour"},
        {"30 minutes", "within 30 minutes"},
        {"3 business days", "within 3 working days"},
        {"5 days or as agreed", "within 5 working days or as agreed"},
        {"1 week", "within 1 week"},
        {"48 calendar hours", "within 48 hours"},
        {"immediate", "at once"}};
    for (const auto& [written, told] : cases) {
        const auto words = parse_target(written, {});
        ASSERT_TRUE(words && words->target) << written;
        EXPECT_EQ(target_in_words(*words->target), told);
    }
    EXPECT_EQ(target_in_words({BusinessDays{5}, "1 week, depending on Ofsted"}),
              "within 1 week, depending on Ofsted");
    EXPECT_EQ(target_in_words({BusinessTime{std::chrono::hours{2}}, {}}), "within 2 working hours");
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
