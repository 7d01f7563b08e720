// What the reader of conditions complains of, word by word.
#include <gtest/gtest.h>

#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

/// A whole rule with one line more in it: line 9 of the file.
std::string said_of_rule(const std::string& line) {
    return complaints_of(basics + "\n[[rule]]\nname = \"r\"\nwhen.group = \"staff\"\n" + line +
                         "\nthen.stop = true\n");
}

TEST(ConditionReader, WantsWordsOnBothSidesOfAGap) {
    EXPECT_EQ(said_of_rule("when.text = \"printer ...\""),
              "rules.toml:9:13: error: nothing stands after \"...\" in \"printer ...\"\n"
              "    9 | when.text = \"printer ...\"\n"
              "      |             ^~~~~~~~~~~~~\n"
              "      = a gap stands between two words\n");
    EXPECT_EQ(said_of_rule("when.text = \"... printer\""),
              "rules.toml:9:13: error: nothing stands before \"...\" in \"... printer\"\n"
              "    9 | when.text = \"... printer\"\n"
              "      |             ^~~~~~~~~~~~~\n"
              "      = a gap stands between two words\n");
    EXPECT_EQ(said_of_rule("when.text = \"a ...21 b\""),
              "rules.toml:9:13: error: \"...21\" is not a gap\n"
              "    9 | when.text = \"a ...21 b\"\n"
              "      |             ^~~~~~~~~~~\n"
              "      = write \"...\" with a blank on each side, or \"...3\" for up to three words "
              "between; at most 20\n");
    EXPECT_EQ(said_of_rule("when.text = \"a ...x b\""),
              "rules.toml:9:13: error: \"...x\" is not a gap\n"
              "    9 | when.text = \"a ...x b\"\n"
              "      |             ^~~~~~~~~~\n"
              "      = write \"...\" with a blank on each side, or \"...3\" for up to three words "
              "between; at most 20\n");
}

TEST(ConditionReader, WantsALetterInEveryKeyword) {
    EXPECT_EQ(said_of_rule("when.text = \"|\""),
              "rules.toml:9:13: error: a word is missing beside \"|\" in \"|\"\n"
              "    9 | when.text = \"|\"\n"
              "      |             ^~~\n"
              "      = \"wifi|internet\" has no blanks; a phrase is a keyword of its own: "
              "[\"no wifi\", \"no internet\"]\n");
    EXPECT_EQ(said_of_rule("when.text = \"no wifi | no net\""),
              "rules.toml:9:13: error: a word is missing beside \"|\" in \"|\"\n"
              "    9 | when.text = \"no wifi | no net\"\n"
              "      |             ^~~~~~~~~~~~~~~~~~\n"
              "      = \"wifi|internet\" has no blanks; a phrase is a keyword of its own: "
              "[\"no wifi\", \"no internet\"]\n");
    EXPECT_EQ(said_of_rule("when.text = \"\""),
              "rules.toml:9:13: error: the keyword is empty\n"
              "    9 | when.text = \"\"\n"
              "      |             ^~\n");
    EXPECT_EQ(said_of_rule("when.text = \"a *\""),
              "rules.toml:9:13: error: \"*\" holds no letter and no digit\n"
              "    9 | when.text = \"a *\"\n"
              "      |             ^~~~~\n"
              "      = use contains for punctuation\n");
    EXPECT_EQ(said_of_rule("when.text = \"!\""),
              "rules.toml:9:13: error: \"!\" holds no letter and no digit\n"
              "    9 | when.text = \"!\"\n"
              "      |             ^~~\n"
              "      = use contains for punctuation\n");
}

TEST(ConditionReader, BoundsWhatAKeywordStandsFor) {
    EXPECT_EQ(said_of_rule("when.text = \"a b c d e f g h i j k l m n o p q\""),
              "rules.toml:9:13: error: \"a b c d e f g h i j k l m n o p q\" is too long\n"
              "    9 | when.text = \"a b c d e f g h i j k l m n o p q\"\n"
              "      |             ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
              "      = a phrase has at most 16 words; use contains for a longer text\n");
    EXPECT_EQ(said_of_rule("when.text = \"a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h a|b\""),
              "rules.toml:9:13: error: \"a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h a|b\" "
              "stands for too many phrases\n"
              "    9 | when.text = \"a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h a|b\"\n"
              "      |             ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
              "      = at most 512 ways to read it; write a list of words and name it\n");
}

TEST(ConditionReader, KnowsHowListsAreNamed) {
    EXPECT_EQ(said_of_rule("when.text = \"@a!\""),
              "rules.toml:9:13: error: \"@a!\" is not the name of a list\n"
              "    9 | when.text = \"@a!\"\n"
              "      |             ^~~~~\n"
              "      = names have letters, digits, \"-\" and \"_\", as in \"@outage\"\n");
}

TEST(ConditionReader, WantsTextsForWords) {
    EXPECT_EQ(said_of_rule("when.text = [\"a\", 7]"),
              "rules.toml:9:19: error: \"text\" must be a text, not a whole number\n"
              "    9 | when.text = [\"a\", 7]\n"
              "      |                   ^\n"
              "      = for example: text = \"7\"\n");
}

TEST(ConditionReader, ChecksTheTableOfAText) {
    EXPECT_EQ(said_of_rule("when.text = { words = \"a\", at_least = 0 }"),
              "rules.toml:9:39: error: \"at_least\" is out of range: 0\n"
              "    9 | when.text = { words = \"a\", at_least = 0 }\n"
              "      |                                       ^\n"
              "      = expected 1 to 100\n");
    EXPECT_EQ(said_of_rule("when.text = { words = \"a\", at_least = 101 }"),
              "rules.toml:9:39: error: \"at_least\" is out of range: 101\n"
              "    9 | when.text = { words = \"a\", at_least = 101 }\n"
              "      |                                       ^~~\n"
              "      = expected 1 to 100\n");
    EXPECT_EQ(said_of_rule("when.text = { words = \"a\", atleast = 2 }"),
              "rules.toml:9:28: error: unknown key \"atleast\"\n"
              "    9 | when.text = { words = \"a\", atleast = 2 }\n"
              "      |                            ^~~~~~~\n"
              "      = did you mean \"at_least\"?\n");
}

TEST(ConditionReader, KnowsTheWordsOfEachProperty) {
    EXPECT_EQ(said_of_rule("when.content = \"picture\""),
              "rules.toml:9:16: error: unknown content \"picture\"\n"
              "    9 | when.content = \"picture\"\n"
              "      |                ^~~~~~~~~\n"
              "      = expected one of: text, empty, image only, attachment only\n");
    EXPECT_EQ(said_of_rule("when.arrival = \"old\""),
              "rules.toml:9:16: error: unknown arrival \"old\"\n"
              "    9 | when.arrival = \"old\"\n"
              "      |                ^~~~~\n"
              "      = expected one of: new, follow-up, any\n");
    EXPECT_EQ(said_of_rule("when.hours = \"shut\""),
              "rules.toml:9:14: error: unknown hours \"shut\"\n"
              "    9 | when.hours = \"shut\"\n"
              "      |              ^~~~~~\n"
              "      = expected one of: open, closed\n");
    EXPECT_EQ(said_of_rule("when.weekday = \"mon\""),
              "rules.toml:9:16: error: unknown weekday \"mon\"\n"
              "    9 | when.weekday = \"mon\"\n"
              "      |                ^~~~~\n"
              "      = expected one of: monday, tuesday, wednesday, thursday, friday, saturday, "
              "sunday\n");
    EXPECT_EQ(said_of_rule("when.proposed = \"P9\""),
              "rules.toml:9:17: error: unknown proposed \"P9\"\n"
              "    9 | when.proposed = \"P9\"\n"
              "      |                 ^~~~\n"
              "      = expected one of: P1, P2, P3, P4\n");
}

TEST(ConditionReader, WantsBothDates) {
    EXPECT_EQ(said_of_rule("when.dates = { from = 2027-03-04 }"),
              "rules.toml:9:14: error: missing key \"to\"\n"
              "    9 | when.dates = { from = 2027-03-04 }\n"
              "      |              ^~~~~~~~~~~~~~~~~~~~~\n"
              "      = for example: to = 2027-03-04\n");
    EXPECT_EQ(said_of_rule("when.dates = { from = \"x\", to = 2027-03-04 }"),
              "rules.toml:9:23: error: \"from\" must be a date, not \"x\"\n"
              "    9 | when.dates = { from = \"x\", to = 2027-03-04 }\n"
              "      |                       ^~~\n"
              "      = for example: from = 2026-12-25\n");
}

TEST(ConditionReader, ChecksSurges) {
    EXPECT_EQ(said_of_rule("when.surge = { people = 2 }"),
              "rules.toml:9:14: error: missing key \"tickets\"\n"
              "    9 | when.surge = { people = 2 }\n"
              "      |              ^~~~~~~~~~~~~~\n"
              "      = for example: tickets = 5\n"
              "rules.toml:9:14: error: missing key \"within\"\n"
              "    9 | when.surge = { people = 2 }\n"
              "      |              ^~~~~~~~~~~~~~\n"
              "      = for example: within = \"15 min\"\n");
    EXPECT_EQ(said_of_rule("when.surge = { tickets = 1, within = \"15 min\" }"),
              "rules.toml:9:26: error: \"tickets\" is out of range: 1\n"
              "    9 | when.surge = { tickets = 1, within = \"15 min\" }\n"
              "      |                          ^\n"
              "      = expected 2 to 1000\n");
    EXPECT_EQ(said_of_rule("when.surge = { tickets = 3, within = \"2 days\" }"),
              "rules.toml:9:38: error: \"within\" is out of range: \"2 days\"\n"
              "    9 | when.surge = { tickets = 3, within = \"2 days\" }\n"
              "      |                                      ^~~~~~~~\n"
              "      = expected 1min to 1d\n");
    EXPECT_EQ(said_of_rule("when.surge = { tickets = 3, within = \"15 min\", same = \"town\" }"),
              "rules.toml:9:55: error: unknown same \"town\"\n"
              "    9 | when.surge = { tickets = 3, within = \"15 min\", same = \"town\" }\n"
              "      |                                                       ^~~~~~\n"
              "      = expected one of: school, desk\n");
}

TEST(ConditionReader, WantsEachConditionInItsForm) {
    EXPECT_EQ(said_of_rule("when.attachments = \"yes\""),
              "rules.toml:9:20: error: \"attachments\" must be true or false, not \"yes\"\n"
              "    9 | when.attachments = \"yes\"\n"
              "      |                    ^~~~~\n"
              "      = for example: attachments = true\n");
    EXPECT_EQ(said_of_rule("when.header = \"x\""),
              "rules.toml:9:15: error: \"header\" must be a section, not a text\n"
              "    9 | when.header = \"x\"\n"
              "      |               ^~~\n"
              "      = for example: [header]\n");
    EXPECT_EQ(said_of_rule("when.any = \"x\""),
              "rules.toml:9:12: error: \"any\" must be a section, not a text\n"
              "    9 | when.any = \"x\"\n"
              "      |            ^~~\n"
              "      = for example: [any]\n");
}

TEST(ConditionReader, BoundsItsNesting) {
    std::string line = "{ text = \"x\" }";
    for (int level = 0; level < 8; ++level) line = "{ any = [" + line + "] }";
    const std::string whole = "when.any = [" + line + "]";
    EXPECT_EQ(said_of_rule(whole),
              "rules.toml:9:75: error: conditions are nested too deeply\n"
              "    9 | " +
                  whole +
                  "\n"
                  "      | " +
                  std::string(74, ' ') + '^' + std::string(27, '~') +
                  "\n"
                  "      = at most 8 levels\n");
}

TEST(ConditionReader, BoundsKeywordsAndPatterns) {
    const std::string longer(1025, 'a');
    const std::string keyword = "when.text = \"" + longer + '"';
    EXPECT_EQ(said_of_rule(keyword),
              "rules.toml:9:13: error: a keyword of 1025 bytes is too long\n"
              "    9 | " +
                  keyword.substr(0, 160) +
                  "\n"
                  "      | " +
                  std::string(12, ' ') + '^' + std::string(147, '~') +
                  "\n"
                  "      = at most 1024\n");
    const std::string pattern = "when.text = { regex = '" + longer + "' }";
    EXPECT_EQ(said_of_rule(pattern),
              "rules.toml:9:23: error: a pattern of 1025 bytes is too long\n"
              "    9 | " +
                  pattern.substr(0, 160) +
                  "\n"
                  "      | " +
                  std::string(22, ' ') + '^' + std::string(137, '~') +
                  "\n"
                  "      = at most 1024\n");
}

}  // namespace
}  // namespace bellhop::rules
