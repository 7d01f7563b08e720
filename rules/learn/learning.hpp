// Points from lessons: of evidence, and of words and neighbouring pairs.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "rules/learn/lesson.hpp"

namespace bellhop::rules {

struct LearningSettings {
    double word_strength = 0.11;  ///< of L2 on words and pairs
    double word_strength_safeguarding = 0.11;
    double evidence_strength = 0.5;  ///< of L2 on evidence
    /// How much of what evidence would have to say alone it says beside a table, which has most of
    /// it from words.
    double evidence_share = 0.45;
    std::size_t least_lessons = 2;  ///< a word that fewer have is not learnt
    float natural_weight = 4;       ///< of a mail as it came in, beside one that was written
    float safeguarding_weight = 3;  ///< of a mail about a child at risk, beside one that is not
    /// How much of a label goes to the grades that could be defended beside it: one person's label
    /// does not tell how sure it is.
    double softness = 0.35;
};

/// What was learnt. It counts nowhere until somebody includes it.
struct Learnt {
    std::vector<NamedTable> beside = {};  ///< tables that those of words are added to
    std::vector<std::pair<std::string, Points>> evidence = {};  ///< by name
    Points start_alone = {};                                    ///< of evidence without a table
    Points start = {};
    std::vector<std::pair<std::string, Points>> words = {};  ///< and pairs
};

/// keep: the points of evidence are taken as they are.
enum class EvidencePoints { refit, keep };

/// beside: what the program's own table has wrong about these lessons is learnt, and added to it,
/// so that nothing that it knows is forgotten. anew: as if there were none.
enum class WordPoints { beside, anew };

struct LearningScope {
    EvidencePoints evidence = EvidencePoints::keep;
    WordPoints words = WordPoints::beside;
};

/// Tables that are no part of the program are learnt anew. Precondition: the rules weigh something.
Learnt learn(const RuleSet& rules,
             const std::vector<Lesson>& lessons,
             LearningScope scope,
             const LearningSettings& settings = {});

/// The rules with what was learnt in place of their own points.
RuleSet with_learnt(const RuleSet& rules, const Learnt& learnt, const std::string& version);

/// How a set of rules does on lessons.
struct Marks {
    std::size_t mails = 0;
    std::size_t acceptable = 0;
    std::size_t exact = 0;
    std::size_t gravest_right = 0;
    std::size_t gravest_false = 0;
    std::size_t gravest_missed = 0;
    std::size_t restricted_right = 0;
    std::size_t restricted_false = 0;
    std::size_t restricted_missed = 0;

    friend bool operator==(const Marks&, const Marks&) = default;
};

Marks& operator+=(Marks& sum, const Marks& more);

/// The marks of the whole rules, hard ones and all.
Marks marks_of(const RuleSet& rules, const std::vector<Lesson>& lessons);

}  // namespace bellhop::rules
