#include "rules/learn/lesson.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

RuleBook book() {
    RuleBook made;
    made.priorities = {"P1", "P2", "P3", "P4"};
    made.weighing.priorities = made.priorities;
    return made;
}

std::vector<Lesson> lessons(const std::string& text, const std::vector<std::string>& labels) {
    auto read = read_lessons("w1.toml", text, book(), labels);
    EXPECT_TRUE(read.has_value()) << text;
    return read.has_value() ? *read : std::vector<Lesson>{};
}

TEST(Lesson, TakesWhatIsRightOfAMail) {
    const auto read = lessons(
        "[[test]]\nsubject = \"Internet\"\nexpect = {priority = [\"P2\", \"P1\"], restricted = "
        "true}",
        {"expect"});
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0].name, "w1.toml:1");
    EXPECT_EQ(read[0].author, "w1.toml");
    EXPECT_EQ(read[0].facts.subject, "Internet");
    EXPECT_EQ(read[0].grade, 1U);  // the first is right, the others could be defended
    EXPECT_EQ(read[0].acceptable, (std::array{true, true, false, false}));
    EXPECT_EQ(read[0].safeguarding, true);
    EXPECT_TRUE(read[0].is_natural);
}

TEST(Lesson, GoesByTheFirstTableThatSaysSomething) {
    const std::string text =
        "[[test]]\nsubject = \"x\"\na = {restricted = false}\nb = {priority = \"P3\", restricted = "
        "true}\n";
    const auto read = lessons(text, {"a", "b"});
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0].grade, 2U);
    EXPECT_EQ(read[0].safeguarding, false);
}

TEST(Lesson, LeavesOutMailsOfWhichNothingIsSaid) {
    EXPECT_TRUE(
        lessons("[[test]]\nsubject = \"x\"\nexpect = {team = \"desk\"}", {"expect"}).empty());
    EXPECT_TRUE(lessons("[[test]]\nsubject = \"x\"\nb = {priority = \"P1\"}", {"a"}).empty());
    EXPECT_TRUE(
        lessons("[[test]]\nsubject = \"x\"\nexpect = {priority = \"urgent\"}", {"expect"}).empty());
}

TEST(Lesson, KnowsMailsThatWereWrittenToBeExamples) {
    const auto read = lessons(
        "written = true\n[[test]]\nsubject = \"x\"\nexpect = {priority = \"P4\"}", {"expect"});
    ASSERT_EQ(read.size(), 1U);
    EXPECT_FALSE(read[0].is_natural);
}

TEST(Lesson, TellsWhatIsWrongWithAFile) {
    EXPECT_TRUE(read_lessons("w1.toml", "[[test]\n", book(), {"expect"}).has_error());
    EXPECT_TRUE(read_lessons("w1.toml", "written = 3\n", book(), {"expect"}).has_error());
}

TEST(Lesson, KnowsTheGradeOfAPriority) {
    EXPECT_EQ(grade_of(book().weighing, "P1"), 0U);
    EXPECT_EQ(grade_of(book().weighing, "P4"), 3U);
    EXPECT_EQ(grade_of(book().weighing, "P5"), std::nullopt);
}

}  // namespace
}  // namespace bellhop::rules
