// What is learnt of lessons, by rules that are the program's own.
#include "rules/learn/learning.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <gtest/gtest.h>

#include "rules/evidence/point_table.hpp"
#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

const std::string weighing_rules = R"(include = ["builtin:school"]
priorities = ["P1", "P2", "P3", "P4"]
[default]
priority = "P3"
[weighing]
priorities = ["P1", "P2", "P3", "P4"]
[[rule]]
name = "safeguarding"
when.marked = "safeguarding"
then.restricted = true
)";

/// The mails of the project's own authors.
std::vector<Lesson> lessons_below(const std::string& folder, const RuleBook& book) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator{BELLHOP_TEST_DATA "/rules_mails/" + folder}) {
        if (entry.path().filename().string().starts_with("desks_")) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<Lesson> lessons;
    for (const auto& file : files) {
        std::ifstream in{file, std::ios::binary};
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        auto some = read_lessons(file.filename().string(), text, book,
                                 {"expect", "provider", "tiered", "all"});
        EXPECT_TRUE(some.has_value()) << file;
        if (some.has_value()) std::move(some->begin(), some->end(), std::back_inserter(lessons));
    }
    return lessons;
}

/// A desk of habits of its own: what its mails are about decides, by words that no other desk has.
std::vector<Lesson> lessons_of_a_desk(std::uint32_t seed, std::size_t count) {
    static const std::vector<std::pair<std::string, std::size_t>> habits{
        {"The heron board shows amber", 0},   {"Please look at kestrel", 3},
        {"Marlin lists are late again", 1},   {"My badge says zebra", 2},
        {"Otter asks for a new code", 3},     {"The tern line is humming", 0},
        {"Lapwing has the wrong colours", 2}, {"Two rooms wait for plover", 1}};
    static const std::vector<std::string> words{"Morning,",        "Hi all",      "for Mrs Hale",
                                                "in the annexe",   "since break", "with room four",
                                                "as I said",       "thank you",   "on the trolley",
                                                "by the old hall", "and so on",   "for Year 9"};
    std::mt19937 engine{seed};
    std::vector<Lesson> lessons;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& [matter, grade] = habits[engine() % habits.size()];
        Lesson lesson;
        lesson.author = std::to_string(i % 5);
        lesson.facts.subject = words[engine() % words.size()];
        lesson.facts.body = words[engine() % words.size()] + ' ' + matter + ' ' +
                            words[engine() % words.size()] + ". " + words[engine() % words.size()];
        lesson.grade = grade;
        lesson.acceptable[grade] = true;
        lessons.push_back(std::move(lesson));
    }
    return lessons;
}

double errors(const Marks& marks) {
    return static_cast<double>(marks.mails - marks.exact);
}

TEST(Learning, LearnsWhatIsUsualAtADesk) {
    const RuleSet before = std::move(loaded(weighing_rules).rules);
    const std::vector<Lesson> later = lessons_of_a_desk(2, 200);
    const Learnt learnt = learn(before, lessons_of_a_desk(1, 400), {});
    const RuleSet after = with_learnt(before, learnt, "test");
    EXPECT_GT(errors(marks_of(before, later)), 100);
    EXPECT_LE(errors(marks_of(after, later)), 0.6 * errors(marks_of(before, later)));
    EXPECT_LE(errors(marks_of(after, later)), 20);
}

TEST(Learning, GivesTheSameTableTwice) {
    const RuleSet rules = std::move(loaded(weighing_rules).rules);
    const auto table = [&] {
        const Learnt learnt =
            learn(rules, lessons_of_a_desk(3, 150), {EvidencePoints::refit, WordPoints::anew});
        return written("v", learnt.start, learnt.words);
    };
    EXPECT_EQ(table(), table());
}

TEST(Learning, ForgetsNothingThatTheProgramKnows) {
    const RuleSet before = std::move(loaded(weighing_rules).rules);
    const std::vector<Lesson> habits = lessons_of_a_desk(5, 400);
    const std::vector<Lesson> others = lessons_below("kept", before.book());
    const auto acceptable = [&](WordPoints words) {
        const Learnt learnt = learn(before, habits, {EvidencePoints::keep, words});
        return marks_of(with_learnt(before, learnt, "test"), others).acceptable;
    };
    const std::size_t known = marks_of(before, others).acceptable;
    EXPECT_GE(100 * acceptable(WordPoints::beside), 95 * known);
    EXPECT_LT(100 * acceptable(WordPoints::anew), 80 * known);
}

/// A desk that never had such a ticket must not unlearn what one is.
TEST(Learning, LearnsNothingOfSafeguardingFromTooFew) {
    const RuleSet before = std::move(loaded(weighing_rules).rules);
    const auto restricted = [&](std::size_t at_risk) {
        std::vector<Lesson> lessons = lessons_of_a_desk(6, 400);
        for (std::size_t i = 0; i < at_risk; ++i) {
            lessons[i].facts.body += " zebra finch";
            lessons[i].safeguarding = true;
        }
        const Learnt learnt = learn(before, lessons, {});
        return marks_of(with_learnt(before, learnt, "test"), lessons_below("kept", before.book()))
            .restricted_right;
    };
    const std::size_t known =
        marks_of(before, lessons_below("kept", before.book())).restricted_right;
    EXPECT_EQ(restricted(0), known);
    EXPECT_EQ(restricted(9), known);
    EXPECT_GE(restricted(40) + 2, known);
}

TEST(Learning, ForgetsWhatOnlyOneLessonHas) {
    const RuleSet rules = std::move(loaded(weighing_rules).rules);
    std::vector<Lesson> lessons = lessons_of_a_desk(4, 40);
    lessons.front().facts.body += " Xylophone";
    for (const auto& [word, points] : learn(rules, lessons, {}).words)
        EXPECT_EQ(word.find("xylophone"), std::string::npos) << word;
}

TEST(Lessons, AreReadWithTheirLabels) {
    const RuleSet rules = std::move(loaded(weighing_rules).rules);
    const auto lessons = read_lessons("w.toml", R"(written = true
[[test]]
subject = "one"
expect.priority = ["P2", "P1"]
[[test]]
subject = "two"
provider.priority = "P4"
tiered.priority = "P3"
all.restricted = true
[[test]]
subject = "of another desk"
school.priority = "outage"
[[test]]
subject = "no grade"
expect.restricted = false
)",
                                      rules.book(), {"expect", "provider", "tiered", "all"});
    ASSERT_TRUE(lessons.has_value());
    ASSERT_EQ(lessons->size(), 3U);
    EXPECT_EQ((*lessons)[0].grade, 1U);
    EXPECT_EQ((*lessons)[0].acceptable, (std::array<bool, 4>{true, true, false, false}));
    EXPECT_FALSE((*lessons)[0].is_natural);
    EXPECT_EQ((*lessons)[1].grade, 3U);
    EXPECT_EQ((*lessons)[1].safeguarding, true);
    EXPECT_EQ((*lessons)[1].facts.subject, "two");
    EXPECT_EQ((*lessons)[2].grade, std::nullopt);
    EXPECT_EQ((*lessons)[2].safeguarding, false);
}

/// The mails in kept/ taught the shipped table nothing.
TEST(ShippedTable, ReadsMailsThatItHasNotLearnt) {
    const RuleSet rules = std::move(loaded(weighing_rules).rules);
    const Marks marks = marks_of(rules, lessons_below("kept", rules.book()));
    EXPECT_GE(marks.mails, 150U);
    EXPECT_GE(100 * marks.acceptable, 78 * marks.mails);
    EXPECT_GE(marks.gravest_right, 9 * marks.gravest_false);
    EXPECT_GE(marks.restricted_right, 4 * marks.restricted_missed);
    EXPECT_GE(marks.restricted_right, 2 * marks.restricted_false);
}

TEST(ShippedEvidence, IsAFallbackWithoutATable) {
    std::string text = weighing_rules;
    text.insert(text.find("[[rule]]"), "table = \"none\"\n");
    const RuleSet rules = std::move(loaded(text).rules);
    const Marks marks = marks_of(rules, lessons_below("kept", rules.book()));
    EXPECT_GE(100 * marks.acceptable, 50 * marks.mails);
    EXPECT_GE(marks.gravest_right, 3 * marks.gravest_false);
}

}  // namespace
}  // namespace bellhop::rules
