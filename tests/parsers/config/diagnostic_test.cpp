#include "parsers/config/diagnostic.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(Diagnostic, PointsAtTheWrongWord) {
    const std::string source = "[[rule]]\nname = \"invoices\"\npriority = \"urgnet\"\n";
    const Diagnostic complaint{{"rules.toml", 3, 12, 8},
                               "unknown priority \"urgnet\"",
                               {"expected one of: low, urgent", "did you mean \"urgent\"?"}};
    EXPECT_EQ(render(complaint, source),
              "rules.toml:3:12: error: unknown priority \"urgnet\"\n"
              "    3 | priority = \"urgnet\"\n"
              "      |            ^~~~~~~~\n"
              "      = expected one of: low, urgent\n"
              "      = did you mean \"urgent\"?\n");
}

TEST(Diagnostic, SaysWarningWhereItIsOne) {
    const Diagnostic warning{{"a.toml", 1, 1, 1}, "no half-term yet", {}, Severity::warning};
    EXPECT_EQ(render(warning, "x = 1\n"),
              "a.toml:1:1: warning: no half-term yet\n"
              "    1 | x = 1\n"
              "      | ^\n");
}

TEST(Diagnostic, PrintsNoExcerptWhereThePlaceIsOutsideTheSource) {
    EXPECT_EQ(render({{"a.toml", 9, 1, 1}, "gone", {"a hint"}}, "x = 1\n"),
              "a.toml:9:1: error: gone\n      = a hint\n");
    EXPECT_EQ(render({{"a.toml", 1, 80, 1}, "gone"}, "x = 1\n"), "a.toml:1:80: error: gone\n");
    EXPECT_EQ(render({{"a.toml", 0, 0, 0}, "gone"}, "x = 1\n"), "a.toml:0:0: error: gone\n");
    EXPECT_EQ(render({{"a.toml", 1, 1, 1}, "empty"}, ""), "a.toml:1:1: error: empty\n");
}

TEST(Diagnostic, PointsBehindTheLastCharacter) {
    EXPECT_EQ(render({{"a.toml", 1, 4, 1}, "no value"}, "x =\r\n"),
              "a.toml:1:4: error: no value\n"
              "    1 | x =\n"
              "      |    ^\n");
}

TEST(Diagnostic, CountsCharactersNotBytesUnderTheLine) {
    EXPECT_EQ(render({{"a.toml", 1, 12, 6}, "wrong"}, "ü = [\"ä\", \"öö\"]\n"),
              "a.toml:1:12: error: wrong\n"
              "    1 | ü = [\"ä\", \"öö\"]\n"
              "      |          ^~~~\n");
}

TEST(Diagnostic, KeepsTabsSoThatTheCaretStandsRight) {
    EXPECT_EQ(render({{"a.toml", 1, 2, 1}, "wrong"}, "\tx = 1\n"),
              "a.toml:1:2: error: wrong\n"
              "    1 | \tx = 1\n"
              "      | \t^\n");
}

TEST(Diagnostic, ShowsNoControlCharacterOfTheSource) {
    EXPECT_EQ(render({{"a.toml", 1, 1, 1}, "wrong"}, "x\x1b[2J\n"),
              "a.toml:1:1: error: wrong\n"
              "    1 | x?[2J\n"
              "      | ^\n");
}

TEST(Diagnostic, ShowsAPartOfALongLine) {
    const std::string source = std::string(1000, 'a') + "BAD" + std::string(1000, 'b');
    const std::string text = render({{"a.toml", 1, 1001, 3}, "wrong"}, source);
    EXPECT_EQ(text,
              "a.toml:1:1001: error: wrong\n"
              "    1 | " +
                  std::string(80, 'a') + "BAD" + std::string(77, 'b') +
                  "\n"
                  "      | " +
                  std::string(80, ' ') + "^~~\n");
}

TEST(Nearest, FindsTheWordThatWasMeant) {
    const std::vector<std::string> words{"host", "port", "password_file", "user"};
    EXPECT_EQ(nearest("prot", words), "port");
    EXPECT_EQ(nearest("pasword_file", words), "password_file");
    EXPECT_EQ(nearest("HOST", words), "host");
    EXPECT_EQ(nearest("folder", words), "");
    EXPECT_EQ(nearest("", words), "");
    EXPECT_EQ(nearest("p", {"q"}), "");
    EXPECT_EQ(nearest(std::string(100'000, 'x'), words), "");
}

TEST(InQuotes, IsOneShortLine) {
    EXPECT_EQ(in_quotes("a\nb\tc\x7f"), "\"a?b c?\"");
    EXPECT_EQ(in_quotes(std::string(59, 'a') + "ü" + "bcd"), '"' + std::string(59, 'a') + "...\"");
}

TEST(SortByPlace, OrdersWithinEachFile) {
    Diagnostics list{{{"b", 2, 1, 1}, "1"},
                     {{"a", 9, 1, 1}, "2"},
                     {{"b", 1, 5, 1}, "3"},
                     {{"a", 1, 1, 1}, "4"},
                     {{"b", 1, 2, 1}, "5"}};
    sort_by_place(list);
    std::string order;
    for (const Diagnostic& each : list) order += each.message;
    EXPECT_EQ(order, "53142");
}

TEST(HasErrors, IgnoresWarnings) {
    EXPECT_FALSE(has_errors({}));
    EXPECT_FALSE(has_errors({{{}, "w", {}, Severity::warning}}));
    EXPECT_TRUE(has_errors({{{}, "w", {}, Severity::warning}, {{}, "e"}}));
}

}  // namespace
}  // namespace bellhop::parsers
