#include "rules/learn/softmax.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

#include "parsers/text/ensure.hpp"

namespace bellhop::rules {
namespace {

using Vector = std::vector<double>;

constexpr int most_steps = 200;
constexpr std::size_t steps_remembered = 7;
constexpr double flat_enough = 1e-3;  // length of the gradient, for an example of weight 1
constexpr double good_enough = 1e-7;  // gain of a step, as a share of the loss
constexpr int most_halvings = 30;
constexpr double least_gain = 1e-4;  // of what the slope promises (Armijo's rule)

double dot(const Vector& one, const Vector& other) {
    return std::inner_product(one.begin(), one.end(), other.begin(), 0.0);
}

void add(double factor, const Vector& what, Vector& to) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * what[i];
}

/// Replaces points by likelihoods, and gives the logarithm of what they were divided by.
double normalise(Vector& points) {
    const double most = *std::max_element(points.begin(), points.end());
    double sum = 0;
    for (double& each : points) {
        each = std::exp(each - most);
        sum += each;
    }
    for (double& each : points) each /= sum;
    return most + std::log(sum);
}

/// The loss as a function of all weights in a row: those of features, then the start.
class Loss {
public:
    Loss(const std::vector<Example>& examples,
         std::size_t features,
         std::size_t classes,
         double strength)
        : examples_{examples},
          start_{features * classes},
          classes_{classes},
          strength_{strength},
          points_(classes) {}

    std::size_t size() const { return start_ + classes_; }

    double at(const Vector& weights, Vector& gradient) {
        std::fill(gradient.begin(), gradient.end(), 0.0);
        double loss = 0;
        for (const Example& example : examples_) loss += add_example(example, weights, gradient);
        for (std::size_t i = 0; i < start_; ++i) {
            loss += strength_ / 2 * weights[i] * weights[i];
            gradient[i] += strength_ * weights[i];
        }
        return loss;
    }

private:
    double add_example(const Example& example, const Vector& weights, Vector& gradient) {
        for (std::size_t c = 0; c < classes_; ++c)
            points_[c] = weights[start_ + c] + (example.given.empty() ? 0 : example.given[c]);
        for (const auto& [feature, amount] : example.features) {
            const double* of_feature = &weights[feature * classes_];
            for (std::size_t c = 0; c < classes_; ++c) points_[c] += amount * of_feature[c];
        }
        double likely = 0;
        for (std::size_t c = 0; c < classes_; ++c) likely += example.shares[c] * points_[c];
        const double loss = normalise(points_) - likely;
        for (std::size_t c = 0; c < classes_; ++c) {
            points_[c] = example.weight * (points_[c] - example.shares[c]);
            gradient[start_ + c] += points_[c];
        }
        for (const auto& [feature, amount] : example.features) {
            double* of_feature = &gradient[feature * classes_];
            for (std::size_t c = 0; c < classes_; ++c) of_feature[c] += amount * points_[c];
        }
        return example.weight * loss;
    }

    const std::vector<Example>& examples_;
    const std::size_t start_;
    const std::size_t classes_;
    const double strength_;
    Vector points_;
};

/// What the last steps tell of the curvature (Nocedal and Wright, Numerical Optimization, algorithm
/// 7.4: the two loops).
class Curvature {
public:
    /// The direction down from where the gradient is.
    Vector direction(const Vector& gradient) const {
        Vector way = gradient;
        Vector shares(steps_.size());
        for (std::size_t i = steps_.size(); i-- > 0;) {
            shares[i] = dot(steps_[i].moved, way) / steps_[i].bent;
            add(-shares[i], steps_[i].turned, way);
        }
        const double scale =
            steps_.empty() ? 1 / std::max(1.0, std::sqrt(dot(gradient, gradient)))
                           : steps_.back().bent / dot(steps_.back().turned, steps_.back().turned);
        for (double& each : way) each *= scale;
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            const double share = dot(steps_[i].turned, way) / steps_[i].bent;
            add(shares[i] - share, steps_[i].moved, way);
        }
        for (double& each : way) each = -each;
        return way;
    }

    void remember(Vector moved, Vector turned) {
        const double bent = dot(moved, turned);
        if (bent <= 1e-12) return;
        steps_.push_back({std::move(moved), std::move(turned), bent});
        if (steps_.size() > steps_remembered) steps_.pop_front();
    }

private:
    struct Step {
        Vector moved;   // of the weights
        Vector turned;  // of the gradient
        double bent;    // their product; positive
    };
    std::deque<Step> steps_ = {};
};

Vector difference(const Vector& one, const Vector& other) {
    Vector made = one;
    add(-1, other, made);
    return made;
}

/// The weights at which the loss is least: it is convex, so there is one such place.
Vector minimum(Loss& loss) {
    Vector weights(loss.size());
    Vector gradient(loss.size());
    Vector next_gradient(loss.size());
    Curvature curvature;
    double now = loss.at(weights, gradient);
    for (int step = 0; step < most_steps; ++step) {
        const Vector way = curvature.direction(gradient);
        const double slope = dot(way, gradient);
        double length = 1;
        Vector next;
        double then = now;
        for (int halving = 0; halving < most_halvings; ++halving, length /= 2) {
            next = weights;
            add(length, way, next);
            then = loss.at(next, next_gradient);
            if (then <= now + least_gain * length * slope) break;
        }
        if (then >= now) break;
        curvature.remember(difference(next, weights), difference(next_gradient, gradient));
        const bool is_done = now - then < good_enough * now;
        weights = std::move(next);
        gradient = next_gradient;
        now = then;
        if (is_done || dot(gradient, gradient) < flat_enough * flat_enough) break;
    }
    return weights;
}

bool fits(const Example& example, std::size_t features, std::size_t classes) {
    return example.shares.size() == classes &&
           (example.given.empty() || example.given.size() == classes) &&
           std::all_of(example.features.begin(), example.features.end(),
                       [features](const auto& each) { return each.first < features; });
}

}  // namespace

Regression fit(const std::vector<Example>& examples,
               std::size_t features,
               std::size_t classes,
               double strength) {
    ensure(strength > 0);
    ensure(std::all_of(examples.begin(), examples.end(),
                       [&](const Example& each) { return fits(each, features, classes); }));
    Loss loss{examples, features, classes, strength};
    Vector weights = minimum(loss);
    Regression made;
    made.classes = classes;
    const auto start = weights.begin() + static_cast<std::ptrdiff_t>(features * classes);
    made.start.assign(start, weights.end());
    weights.resize(features * classes);
    made.weights = std::move(weights);
    return made;
}

std::vector<double> predicted(const Regression& regression, const Example& example) {
    Vector points = regression.start;
    for (std::size_t c = 0; c < points.size() && !example.given.empty(); ++c)
        points[c] += example.given[c];
    for (const auto& [feature, amount] : example.features) {
        for (std::size_t c = 0; c < points.size(); ++c)
            points[c] += amount * regression.of(feature, c);
    }
    normalise(points);
    return points;
}

double loss(const Regression& regression, const std::vector<Example>& examples, double strength) {
    Loss all{examples, regression.weights.size() / regression.classes, regression.classes,
             strength};
    Vector weights = regression.weights;
    weights.insert(weights.end(), regression.start.begin(), regression.start.end());
    Vector gradient(weights.size());
    return all.at(weights, gradient);
}

}  // namespace bellhop::rules
