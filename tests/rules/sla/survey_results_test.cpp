#include "rules/sla/survey_results.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

std::chrono::sys_seconds at(int second) {
    return std::chrono::sys_seconds{std::chrono::seconds{second}};
}

TicketEvent answer(int second, const std::string& rating) {
    return {at(second), Event::survey, "ann@hill.example", {}, {{"rating", rating}}};
}

TEST(SurveyResults, CountAnswersOfThePeriod) {
    SurveyResults results;
    results.add({answer(9, "1"), answer(10, "5"), answer(15, "2"), answer(20, "1")}, at(10),
                at(20));
    EXPECT_EQ(results.answers, (std::array<int, 5>{0, 1, 0, 0, 1}));
    EXPECT_EQ(results.count(), 2);
    EXPECT_DOUBLE_EQ(results.mean(), 3.5);
}

TEST(SurveyResults, LeaveOutWhatIsNoRating) {
    SurveyResults results;
    results.add({answer(1, "0"),
                 answer(1, "6"),
                 answer(1, "10"),
                 answer(1, ""),
                 answer(1, "x"),
                 {at(1), Event::status, "", {}, {{"rating", "5"}}}},
                at(0), at(10));
    EXPECT_EQ(results.count(), 0);
    EXPECT_DOUBLE_EQ(results.mean(), 0);
}

}  // namespace
}  // namespace bellhop::rules
