#include "rules/evidence/points.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

TEST(Points, NameEveryScaleOnce) {
    for (std::size_t i = 0; i < scale_count; ++i) {
        const auto scale = static_cast<Scale>(i);
        EXPECT_EQ(scale_named(name_of(scale)), scale);
    }
    EXPECT_EQ(scale_named("P1"), std::nullopt);
}

TEST(Points, MakeLikelihoodsThatAddUpToOneHoweverLargeTheyAre) {
    for (const double size : {0.0, 1.0, 700.0, -700.0, 1e6}) {
        const auto shares = likelihoods({size, size / 2, 0, -size, 3});
        EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12) << size;
    }
    const auto shares = likelihoods({1, 0, 0, 0, 9});
    EXPECT_NEAR(shares[0] / shares[1], std::exp(1), 1e-12);
}

TEST(Points, TellSafeguardingApartFromTheGrades) {
    EXPECT_NEAR(likelihood_of_safeguarding({9, 9, 9, 9, 0}), 0.5, 1e-12);
    EXPECT_LT(likelihood_of_safeguarding({9, 9, 9, 9, -3}), 0.05);
}

TEST(Points, TellHowFarAnotherGradeCouldBeDefended) {
    for (std::size_t right = 0; right < grade_count; ++right) {
        const auto shares = defended_beside(right);
        EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12);
        EXPECT_EQ(std::max_element(shares.begin(), shares.end()) - shares.begin(),
                  static_cast<std::ptrdiff_t>(right));
    }
    EXPECT_EQ(defended_beside(0)[3], 0);  // the gravest is nothing that could be put off
}

TEST(Points, ChooseWhatIsLeastWrong) {
    EXPECT_EQ(best_grade({0.97, 0.01, 0.01, 0.01}, 1), 0U);
    EXPECT_EQ(best_grade({0.01, 0.01, 0.01, 0.97}, 1), 3U);
    // Between the extremes lies what either could defend.
    EXPECT_EQ(best_grade({0.02, 0.34, 0.30, 0.34}, 1), 2U);
}

TEST(Points, SayTheGravestAsReadilyAsTheDeskWants) {
    const std::array<double, grade_count> even{0.5, 0.5, 0, 0};
    EXPECT_EQ(best_grade(even, 0.5), 1U);
    EXPECT_EQ(best_grade(even, 2), 0U);
    for (const double readiness : {0.1, 0.5, 1.0, 5.0})
        EXPECT_EQ(best_grade({0, 0, 0, 1}, readiness), 3U) << readiness;
}

}  // namespace
}  // namespace bellhop::rules
