// Softmax regression with L2, the plain kind: weights that make the labels of examples likely.
//
// Minimised by limited-memory BFGS over all examples at once: no random order, no step size to
// tune, the same examples give the same weights.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace bellhop::rules {

/// What an example has, and how much of it: (number, amount).
using Features = std::vector<std::pair<std::uint32_t, float>>;

struct Example {
    Features features = {};
    std::vector<float> shares = {};  ///< of each class: they add up to 1
    std::vector<float> given = {};   ///< points of each class before any weight; empty: none
    float weight = 1;
};

struct Regression {
    std::size_t classes = 0;
    std::vector<double> weights = {};  ///< feature * classes + class
    std::vector<double> start = {};    ///< of each class, of an example without features

    double of(std::uint32_t feature, std::size_t each_class) const {
        return weights[feature * classes + each_class];
    }
};

/// `strength` is that of L2 on weights; the start is free. Preconditions: strength > 0; numbers of
/// features are below `features`; all examples have `classes` shares, and as many given points or
/// none.
Regression fit(const std::vector<Example>& examples,
               std::size_t features,
               std::size_t classes,
               double strength);

/// The likelihood of each class.
std::vector<double> predicted(const Regression& regression, const Example& example);

/// What is minimised: for tests, which compare it with what stands beside a minimum.
double loss(const Regression& regression, const std::vector<Example>& examples, double strength);

}  // namespace bellhop::rules
