#include "rules/learn/softmax.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

std::vector<Example> random_examples(std::uint32_t seed,
                                     std::size_t count,
                                     std::size_t features,
                                     std::size_t classes) {
    std::mt19937 engine{seed};
    std::vector<Example> examples;
    for (std::size_t i = 0; i < count; ++i) {
        Example example;
        for (std::uint32_t f = 0; f < features; ++f) {
            if (engine() % 3 == 0)
                example.features.emplace_back(f, static_cast<float>(engine() % 5 + 1) / 2);
        }
        example.shares.assign(classes, 0);
        example.shares[engine() % classes] = 1;
        if (engine() % 2 == 0) example.given.assign(classes, static_cast<float>(engine() % 3));
        example.weight = static_cast<float>(engine() % 4 + 1);
        examples.push_back(std::move(example));
    }
    return examples;
}

/// The loss is convex: where no small step makes it less, it is least.
TEST(Softmax, FindsWhereTheLossIsLeast) {
    for (const std::uint32_t seed : {1U, 2U, 3U, 4U}) {
        const std::size_t classes = 2 + seed % 3;
        const auto examples = random_examples(seed, 60, 8, classes);
        const Regression best = fit(examples, 8, classes, 0.3);
        const double least = loss(best, examples, 0.3);
        for (std::size_t i = 0; i < best.weights.size(); ++i) {
            for (const double step : {-0.03, 0.03}) {
                Regression beside = best;
                beside.weights[i] += step;
                EXPECT_GT(loss(beside, examples, 0.3), least - 1e-9) << seed << ' ' << i;
            }
        }
        for (std::size_t i = 0; i < classes; ++i) {
            Regression beside = best;
            beside.start[i] += 0.03;
            EXPECT_GT(loss(beside, examples, 0.3), least - 1e-9) << seed << ' ' << i;
        }
    }
}

TEST(Softmax, StartsFromHowOftenEachClassIsMet) {
    std::vector<Example> examples(4);
    for (std::size_t i = 0; i < 4; ++i)
        examples[i].shares = i == 0 ? std::vector<float>{1, 0} : std::vector<float>{0, 1};
    const Regression made = fit(examples, 0, 2, 1);
    EXPECT_NEAR(predicted(made, {})[0], 0.25, 1e-3);
    examples[0].weight = 3;
    EXPECT_NEAR(predicted(fit(examples, 0, 2, 1), {})[0], 0.5, 1e-3);
}

TEST(Softmax, AddsNothingToWhatIsGivenWhereThatIsRight) {
    std::vector<Example> examples;
    for (int i = 0; i < 40; ++i) {
        Example example;
        example.features = {{0, 1}};
        example.shares = i < 20 ? std::vector<float>{1, 0} : std::vector<float>{0, 1};
        example.given = {1, 1};
        examples.push_back(example);
    }
    const Regression made = fit(examples, 1, 2, 0.1);
    EXPECT_NEAR(made.of(0, 0), made.of(0, 1), 1e-3);
}

TEST(Softmax, IsSlowerToBelieveTheStrongerItIsHeldBack) {
    const auto examples = random_examples(9, 50, 6, 3);
    double before = 1e9;
    for (const double strength : {0.01, 0.1, 1.0, 10.0}) {
        double size = 0;
        for (const double each : fit(examples, 6, 3, strength).weights) size += each * each;
        EXPECT_LT(size, before) << strength;
        before = size;
    }
}

TEST(Softmax, GivesTheSameTwice) {
    const auto examples = random_examples(5, 80, 10, 4);
    EXPECT_EQ(fit(examples, 10, 4, 0.2).weights, fit(examples, 10, 4, 0.2).weights);
}

}  // namespace
}  // namespace bellhop::rules
