#include "rules/rule/keyword_count.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

KeywordGroup words(std::size_t count, std::size_t except = 0) {
    return {std::vector<Keyword>(count), std::vector<Keyword>(except)};
}

Condition text(std::size_t count) {
    TextTest test;
    test.words = words(count);
    return {test, {}};
}

TEST(KeywordCount, ComplainsOnceOfWhatIsTooMuch) {
    parsers::Diagnostics complaints;
    KeywordCount count{5, complaints};
    count.add(words(2, 2), {"a", 1, 1, 1});
    count.add(words(1), {"a", 2, 1, 1});
    EXPECT_TRUE(complaints.empty());
    count.add(words(1), {"a", 3, 1, 1});
    count.add(words(9), {"a", 4, 1, 1});
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints[0].where.line, 3U);
    EXPECT_EQ(complaints[0].message, "too many words");
}

TEST(KeywordCount, LooksIntoConditionsOfConditions) {
    parsers::Diagnostics complaints;
    KeywordCount count{5, complaints};
    const Condition inner{CombinedTest{Quantifier::any, {text(2), text(2)}}, {}};
    const std::vector<Condition> all{
        text(1), {CombinedTest{Quantifier::all, {inner}}, {}}, {AttachmentTest{}, {}}};
    count.add(all, {"a", 1, 1, 1});
    EXPECT_TRUE(complaints.empty());
    count.add({text(1)}, {"a", 2, 1, 1});
    EXPECT_EQ(complaints.size(), 1U);
}

}  // namespace
}  // namespace bellhop::rules
