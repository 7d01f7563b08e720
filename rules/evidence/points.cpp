#include "rules/evidence/points.hpp"

#include <algorithm>
#include <cmath>

namespace bellhop::rules {
namespace {

constexpr std::array<std::string_view, scale_count> names{"major", "high", "medium", "low",
                                                          "safeguarding"};

/// How often people who sort the same mails could defend one grade where another is right: rows are
/// what is right, columns what is said. Two labellers of school mails, rounded.
constexpr std::array<std::array<double, grade_count>, grade_count> defensible{
    {{1, 0.25, 0, 0}, {0.15, 1, 0.25, 0.05}, {0, 0.15, 1, 0.2}, {0, 0.02, 0.15, 1}}};

}  // namespace

std::string_view name_of(Scale scale) {
    return names[static_cast<std::size_t>(scale)];
}

std::optional<Scale> scale_named(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Scale>(found - names.begin());
}

void add(const Points& points, double factor, Points& sums) {
    for (std::size_t scale = 0; scale < scale_count; ++scale) sums[scale] += factor * points[scale];
}

std::array<double, grade_count> likelihoods(const Points& points) {
    const double most = *std::max_element(points.begin(), points.begin() + grade_count);
    std::array<double, grade_count> shares{};
    double sum = 0;
    for (std::size_t grade = 0; grade < grade_count; ++grade) {
        shares[grade] = std::exp(points[grade] - most);
        sum += shares[grade];
    }
    for (double& share : shares) share /= sum;
    return shares;
}

std::array<double, grade_count> defended_beside(std::size_t grade) {
    std::array<double, grade_count> shares = defensible[grade];
    double sum = 0;
    for (const double share : shares) sum += share;
    for (double& share : shares) share /= sum;
    return shares;
}

double likelihood_of_safeguarding(const Points& points) {
    return 1 / (1 + std::exp(-points[static_cast<std::size_t>(Scale::safeguarding)]));
}

std::size_t best_grade(std::array<double, grade_count> likelihoods, double readiness) {
    likelihoods[0] *= readiness;
    std::size_t best = 0;
    double most = -1;
    for (std::size_t said = 0; said < grade_count; ++said) {
        double acceptable = 0;
        for (std::size_t right = 0; right < grade_count; ++right)
            acceptable += likelihoods[right] * defensible[right][said];
        if (acceptable <= most + 1e-12) continue;
        most = acceptable;
        best = said;
    }
    return best;
}

}  // namespace bellhop::rules
