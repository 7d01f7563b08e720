#include "parsers/header/lexemes.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using enum LexemeKind;

TEST(Lexemes, PartsWordsQuotesCommentsAndMarks) {
    const std::vector<Lexeme> expected{
        {word, "spf"},           {mark, "="},  {word, "pass"}, {comment, "by (our) host", true},
        {quoted, "a;\"b", true}, {word, "@x"}, {mark, ";"}};
    EXPECT_EQ(lexemes("spf=pass (by (our) host) \"a;\\\"b\"@x;", ";="), expected);
    EXPECT_EQ(lexemes("", ";"), std::vector<Lexeme>{});
    EXPECT_EQ(lexemes(" \t ", ";"), std::vector<Lexeme>{});
}

TEST(Lexemes, RefusesWhatDoesNotClose) {
    for (const char* text : {"a (b", "a \"b", "a) b", "(a (b)", "\"", "(", "\"a\\\"", "(a\\)",
                             "(domain of \"a) b (c\"@evil.example)"}) {
        EXPECT_FALSE(lexemes(text, ";")) << text;
    }
}

TEST(Lexemes, TakesEscapesInsideQuotesAndComments) {
    EXPECT_EQ(lexemes("(a\\)b)", "")->front(), (Lexeme{comment, "a)b"}));
    EXPECT_EQ(lexemes("(\"a\" and \"b\")", "")->front(), (Lexeme{comment, "\"a\" and \"b\""}));
    EXPECT_EQ(lexemes("\"a\\\\\"", "")->front(), (Lexeme{quoted, "a\\"}));
}

TEST(Lexemes, AreBounded) {
    std::string marks(max_lexemes, ';');
    EXPECT_TRUE(lexemes(marks, ";"));
    marks += ';';
    EXPECT_FALSE(lexemes(marks, ";"));
    EXPECT_FALSE(lexemes(std::string(60'000, '('), ";"));
}

TEST(WithoutComments, LeavesABlankForEach) {
    const std::vector<Lexeme> expected{{word, "a"}, {word, "b", true}, {mark, ";"}};
    EXPECT_EQ(without_comments(*lexemes("a(x)b;(y)", ";")), expected);
}

}  // namespace
}  // namespace bellhop::parsers
