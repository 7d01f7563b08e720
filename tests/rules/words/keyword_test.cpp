#include "rules/words/keyword.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

Keyword read(std::string_view written) {
    const auto keyword = parse_keyword(written);
    EXPECT_TRUE(keyword.has_value()) << written;
    return keyword.has_value() ? *keyword : Keyword{};
}

KeywordFault fault(std::string_view written) {
    const auto keyword = parse_keyword(written);
    EXPECT_TRUE(keyword.has_error()) << written;
    return keyword.has_error() ? keyword.error() : KeywordFault{};
}

TEST(Keyword, ReadsWordsStemsAndPhrases) {
    EXPECT_EQ(read("Internet"), (Keyword{"Internet", {{0, {{{"internet", false}}}, {}}}}));
    EXPECT_EQ(read("comput*"), (Keyword{"comput*", {{0, {{{"comput", true}}}, {}}}}));
    EXPECT_EQ(
        read("Wi-Fi  down"),
        (Keyword{"Wi-Fi  down", {{0, {{{"wi", false}, {"fi", false}, {"down", false}}}, {}}}}));
}

TEST(Keyword, ReadsAnApostropheInBothWays) {
    EXPECT_EQ(
        read("can’t log"),
        (Keyword{
            "can’t log",
            {{0, {{{"can't", false}, {"log", false}}, {{"cant", false}, {"log", false}}}, {}}}}));
}

TEST(Keyword, ReadsAlternatives) {
    EXPECT_EQ(read("a|b c|d*"), (Keyword{"a|b c|d*",
                                         {{0,
                                           {{{"a", false}, {"c", false}},
                                            {{"a", false}, {"d", true}},
                                            {{"b", false}, {"c", false}},
                                            {{"b", false}, {"d", true}}},
                                           {}}}}));
}

TEST(Keyword, ReadsGapsAndLists) {
    EXPECT_EQ(read("@services|web ...2 is @faults"),
              (Keyword{"@services|web ...2 is @faults",
                       {{0, {{{"web", false}}}, {"services"}},
                        {2, {{{"is", false}}}, {}},
                        {0, {}, {"faults"}}}}));
    EXPECT_EQ(read("a … b").parts[1].gap, default_gap);
    EXPECT_EQ(read("@outage").only_list(), "outage");
    EXPECT_EQ(read("@outage|x").only_list(), "");
}

TEST(Keyword, SaysWhatIsWrong) {
    EXPECT_EQ(fault(" "), (KeywordFault{"the keyword is empty", ""}));
    EXPECT_EQ(fault("+++"), (KeywordFault{"\"+++\" holds no letter and no digit",
                                          "use contains for punctuation"}));
    EXPECT_EQ(
        fault("*port"),
        (KeywordFault{"\"*\" stands inside \"*port\"",
                      "it may only end a word (\"comput*\"); use contains for a piece of a word"}));
    EXPECT_EQ(fault("p1-*"), (KeywordFault{"\"*\" follows no letter in \"p1-*\"",
                                           "it stands for the rest of a word, as in \"comput*\""}));
    EXPECT_EQ(fault("... down"), (KeywordFault{"nothing stands before \"...\" in \"... down\"",
                                               "a gap stands between two words"}));
    EXPECT_EQ(fault("down ..."), (KeywordFault{"nothing stands after \"...\" in \"down ...\"",
                                               "a gap stands between two words"}));
    EXPECT_EQ(
        fault("a ...99 b"),
        (KeywordFault{"\"...99\" is not a gap",
                      "write \"...\" with a blank on each side, or \"...3\" for up to three words "
                      "between; at most 20"}));
    EXPECT_EQ(fault("@"),
              (KeywordFault{"\"@\" is not the name of a list",
                            "names have letters, digits, \"-\" and \"_\", as in \"@outage\""}));
    for (const std::string item : {"|", "wifi|", "|wifi", "wifi||internet"}) {
        EXPECT_EQ(fault("no " + item),
                  (KeywordFault{"a word is missing beside \"|\" in \"" + item + "\"",
                                "\"wifi|internet\" has no blanks; a phrase is a keyword of its "
                                "own: [\"no wifi\", \"no internet\"]"}));
    }
    EXPECT_EQ(fault("a b c d e f g h i j k l m n o p q"),
              (KeywordFault{"\"a b c d e f g h i j k l m n o p q\" is too long",
                            "a phrase has at most 16 words; use contains for a longer text"}));
    EXPECT_EQ(
        fault("a|b|c|d|e|f|g|h|i a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h"),
        (KeywordFault{
            "\"a|b|c|d|e|f|g|h|i a|b|c|d|e|f|g|h a|b|c|d|e|f|g|h\" stands for too many phrases",
            "at most 512 ways to read it; write a list of words and name it"}));
    EXPECT_EQ(fault(std::string(2000, 'x')),
              (KeywordFault{"a keyword of 2000 bytes is too long", "at most 1024"}));
}

}  // namespace
}  // namespace bellhop::rules
