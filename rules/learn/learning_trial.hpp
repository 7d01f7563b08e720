// What learning would change, tried on lessons that it has not learnt from.
#pragma once

#include <string>
#include <vector>

#include "rules/learn/learning.hpp"

namespace bellhop::rules {

/// A mail that is read otherwise after learning.
struct Relearnt {
    std::string name = {};
    std::string before = {};  ///< priority
    std::string after = {};
    bool is_better = false;
};

struct LearningTrial {
    std::string held_back = {};  ///< which lessons were not learnt, in words
    Marks before = {};
    Marks after = {};
    std::vector<Relearnt> changed = {};
};

/// Lessons of tickets: learns the older four fifths, tries the rest. Else learns all authors but a
/// fifth of them, tries those, in turn. Precondition: the rules weigh something; tickets are in the
/// order of time, after all other lessons.
LearningTrial try_learning(const RuleSet& rules,
                           const std::vector<Lesson>& lessons,
                           LearningScope scope,
                           const LearningSettings& settings = {});

}  // namespace bellhop::rules
