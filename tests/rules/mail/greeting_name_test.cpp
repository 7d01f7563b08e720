#include "rules/mail/greeting_name.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

TEST(GreetingName, IsHowAPersonIsSpokenTo) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"Hall, Jane", "Jane"},
        {"HALL, Jane (Hill Primary)", "Jane"},
        {"Hall, Jane [Staff]", "Jane"},
        {"O'Brien-Smith, Mary Ann", "Mary Ann"},
        {"Müller, Jürgen", "Jürgen"},
        {"Hall, Mrs J", "Mrs J Hall"},
        {"Hall, Dr. Jane", "Dr. Jane Hall"},
        {"Jane Hall", "Jane Hall"},
        {"Jane Hall (School Office)", "Jane Hall"},
        {"Office", "Office"},
        {"(Office)", "(Office)"},
        {"Smith, Jones & Partners", "Smith, Jones & Partners"},
        {"Year 4, Room 2", "Year 4, Room 2"},
        {"Hall,", "Hall,"},
        {", Jane", ", Jane"},
        {"a, b, c", "a, b, c"},
        {"", ""}};
    for (const auto& [written, spoken] : cases) EXPECT_EQ(greeting_name(written), spoken);
}

TEST(SpokenName, IsHowPeopleSpeakOfHim) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"Hall, Jane", "Jane Hall"},
        {"HALL, Jane (Hill Primary)", "Jane HALL"},
        {"Hall, Mrs J", "Mrs J Hall"},
        {"Jane Hall (School Office)", "Jane Hall"},
        {"Smith, Jones & Partners", "Smith, Jones & Partners"},
        {"Year 4, Room 2", "Year 4, Room 2"},
        {"", ""}};
    for (const auto& [written, spoken] : cases) EXPECT_EQ(spoken_name(written), spoken);
}

}  // namespace
}  // namespace bellhop::rules
