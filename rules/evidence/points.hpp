// What evidence is weighed on: four grades of how grave a matter is, and safeguarding apart.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace bellhop::rules {

/// The scales, in the order in which files and tables name them. A desk gives the grades names of
/// its own: its priorities.
enum class Scale { major, high, medium, low, safeguarding };

constexpr std::size_t grade_count = 4;
constexpr std::size_t scale_count = 5;

/// Natural logarithms of odds: one point makes a grade e times as likely beside the others.
using Points = std::array<double, scale_count>;

std::string_view name_of(Scale scale);
std::optional<Scale> scale_named(std::string_view name);

/// Adds `factor` times the points.
void add(const Points& points, double factor, Points& sums);

/// How likely each grade is by its points: they add up to 1.
std::array<double, grade_count> likelihoods(const Points& points);

/// How far each grade could be defended where `grade` is right: they add up to 1.
std::array<double, grade_count> defended_beside(std::size_t grade);

/// How likely the matter is one of safeguarding.
double likelihood_of_safeguarding(const Points& points);

/// The grade that does least harm: the likeliest counts most, but a neighbour is half right.
/// `readiness` is how readily the gravest is said: 1 as often as it is likely, more or less often.
std::size_t best_grade(std::array<double, grade_count> likelihoods, double readiness);

}  // namespace bellhop::rules
