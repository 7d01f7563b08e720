#include "rules/learn/learning_trial.hpp"

#include <algorithm>

#include "parsers/text/ensure.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t folds = 5;

/// Which part of the lessons is held back together: by author, in the order of their names.
std::vector<std::size_t> folds_by_author(const std::vector<Lesson>& lessons) {
    std::vector<std::string> authors;
    for (const Lesson& lesson : lessons) authors.push_back(lesson.author);
    std::sort(authors.begin(), authors.end());
    authors.erase(std::unique(authors.begin(), authors.end()), authors.end());
    std::vector<std::size_t> made;
    for (const Lesson& lesson : lessons) {
        const auto found = std::lower_bound(authors.begin(), authors.end(), lesson.author);
        made.push_back(static_cast<std::size_t>(found - authors.begin()) % folds);
    }
    return made;
}

void compare(const RuleSet& before,
             const RuleSet& after,
             const std::vector<Lesson>& held_back,
             LearningTrial& trial) {
    trial.before += marks_of(before, held_back);
    trial.after += marks_of(after, held_back);
    for (const Lesson& lesson : held_back) {
        if (!lesson.grade) continue;
        const std::string was = before.evaluate(lesson.facts).outcome.priority;
        const std::string is = after.evaluate(lesson.facts).outcome.priority;
        if (was == is) continue;
        const auto grade = grade_of(before.book().weighing, is);
        trial.changed.push_back({lesson.name, was, is, grade && lesson.acceptable[*grade]});
    }
}

}  // namespace

LearningTrial try_learning(const RuleSet& rules,
                           const std::vector<Lesson>& lessons,
                           LearningScope scope,
                           const LearningSettings& settings) {
    ensure(rules.book().weighing.has_scale());
    LearningTrial trial;
    const auto first_ticket = std::find_if(lessons.begin(), lessons.end(),
                                           [](const Lesson& each) { return each.is_ticket; });
    ensure(std::all_of(first_ticket, lessons.end(),
                       [](const Lesson& each) { return each.is_ticket; }));
    const auto tickets = static_cast<std::size_t>(lessons.end() - first_ticket);
    if (tickets >= folds) {
        const auto later = lessons.end() - static_cast<std::ptrdiff_t>(tickets / folds);
        const std::vector<Lesson> older(lessons.begin(), later);
        const RuleSet after = with_learnt(rules, learn(rules, older, scope, settings), "trial");
        compare(rules, after, {later, lessons.end()}, trial);
        trial.held_back = "the latest fifth of the tickets";
        return trial;
    }
    const std::vector<std::size_t> fold_of = folds_by_author(lessons);
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<Lesson> some;
        std::vector<Lesson> held_back;
        for (std::size_t i = 0; i < lessons.size(); ++i)
            (fold_of[i] == fold ? held_back : some).push_back(lessons[i]);
        if (held_back.empty() || some.empty()) continue;
        const RuleSet after = with_learnt(rules, learn(rules, some, scope, settings), "trial");
        compare(rules, after, held_back, trial);
    }
    trial.held_back = "a fifth of the authors, in turn";
    return trial;
}

}  // namespace bellhop::rules
