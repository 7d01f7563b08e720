#include "rules/learn/learning_trial.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

RuleSet weighing_rules() {
    return std::move(
        loaded("include = [\"builtin:school\"]\n"
               "priorities = [\"P1\", \"P2\", \"P3\", \"P4\"]\n[default]\npriority = \"P3\"\n"
               "[weighing]\npriorities = [\"P1\", \"P2\", \"P3\", \"P4\"]\n")
            .rules);
}

Lesson lesson(const std::string& author, const std::string& words, std::size_t grade) {
    Lesson made;
    made.author = author;
    made.name = author + ' ' + words;
    made.facts.body = words;
    made.grade = grade;
    made.acceptable[grade] = true;
    return made;
}

std::vector<Lesson> by_authors(std::size_t authors) {
    std::vector<Lesson> all;
    for (std::size_t i = 0; i < authors; ++i) {
        all.push_back(lesson("school " + std::to_string(i), "the heron board is amber", 0));
        all.push_back(lesson("school " + std::to_string(i), "please look at kestrel", 3));
    }
    return all;
}

LearningTrial tried(const std::vector<Lesson>& lessons) {
    return try_learning(weighing_rules(), lessons, {});
}

TEST(LearningTrial, TriesEachAuthorsMailsOnceWithWhatTheOthersTeach) {
    const LearningTrial trial = tried(by_authors(5));
    EXPECT_EQ(trial.held_back, "a fifth of the authors, in turn");
    EXPECT_EQ(trial.before.mails, 10U);
    EXPECT_EQ(trial.after.mails, 10U);
    EXPECT_GE(trial.after.exact, trial.before.exact);
    for (const Relearnt& each : trial.changed) EXPECT_NE(each.before, each.after) << each.name;
}

TEST(LearningTrial, TriesTheLatestFifthOfTheTickets) {
    std::vector<Lesson> lessons = by_authors(3);
    for (int i = 0; i < 10; ++i) {
        lessons.push_back(lesson("ticket", "the heron board is amber", 0));
        lessons.back().is_ticket = true;
    }
    const LearningTrial trial = tried(lessons);
    EXPECT_EQ(trial.held_back, "the latest fifth of the tickets");
    EXPECT_EQ(trial.before.mails, 2U);
    EXPECT_EQ(trial.after.mails, 2U);
}

TEST(LearningTrial, CannotTryTheWordsOfOneAuthor) {
    const LearningTrial trial = tried(by_authors(1));
    EXPECT_EQ(trial.before.mails, 0U);
    EXPECT_TRUE(trial.changed.empty());
}

TEST(LearningTrialDeathTest, WantsTicketsLastAndRulesThatWeigh) {
    std::vector<Lesson> lessons = by_authors(2);
    lessons.front().is_ticket = true;
    EXPECT_DEATH(tried(lessons), "is_ticket");
    EXPECT_DEATH(try_learning(rules_of(""), by_authors(2), {}), "has_scale");
}

}  // namespace
}  // namespace bellhop::rules
