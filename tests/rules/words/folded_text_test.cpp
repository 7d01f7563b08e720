#include "rules/words/folded_text.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

/// The words, with "|" between sentences.
std::string words_of(std::string_view original) {
    const FoldedText folded{original};
    std::string all;
    std::uint32_t sentence = 0;
    for (const Word& word : folded.words()) {
        if (!all.empty()) all += word.sentence == sentence ? " " : " | ";
        sentence = word.sentence;
        all += folded.spelled(word);
    }
    return all;
}

TEST(FoldedText, IsWithoutCaseAndAccents) {
    EXPECT_EQ(words_of("ÜBER uber u\u0308ber Straße STRASSE CAFÉ"),
              "uber uber uber strasse strasse cafe");
    EXPECT_EQ(words_of("ﬁle Ｗｉｆｉ ΟΔΟΣ οδός İstanbul"), "file wifi οδοσ οδοσ istanbul");
    EXPECT_EQ(words_of("Интернет не работает"), "интернет не работает");
}

TEST(FoldedText, KeepsApostrophesInsideWordsOnly) {
    EXPECT_EQ(words_of("can’t 'urgent' pupils' O`Brien"), "can't urgent pupils o'brien");
}

TEST(FoldedText, KnowsPossessives) {
    const FoldedText folded{"the school's wifi isn't"};
    const Word& word = folded.words()[1];
    EXPECT_EQ(folded.text().substr(word.begin, word.base_end - word.begin), "school");
    EXPECT_EQ(folded.words()[3].base_end, folded.words()[3].end);
}

TEST(FoldedText, DropsWhatDoesNotShow) {
    EXPECT_EQ(words_of("out\u00ADage in\u200Bter\u200Dnet"), "outage internet");
}

TEST(FoldedText, SplitsAtEverythingElse) {
    EXPECT_EQ(words_of("wi-fi _urgent_ P1/P2 a\xff"
                       "b SIMS™ 24/7"),
              "wi fi urgent p1 p2 a b sims 24 7");
}

TEST(FoldedText, MakesAWordOfEachLetterWhereAScriptHasNoBlanks) {
    EXPECT_EQ(words_of("网络坏了 wifi"), "网 络 坏 了 wifi");
}

TEST(FoldedText, EndsSentences) {
    EXPECT_EQ(words_of("It is off. Now what? Yes"), "it is off | now what | yes");
    EXPECT_EQ(words_of("St. Mary's at example.org is\nfine"), "st mary's at example org is fine");
    EXPECT_EQ(words_of("ул. Ленина. Там"), "ул ленина | там");
    EXPECT_EQ(words_of("坏了. 网"), "坏 了 | 网");
    EXPECT_EQ(words_of("no internet\n \nprinter"), "no internet | printer");
    EXPECT_EQ(words_of("list:\n- no internet\n- printer down"),
              "list | no internet | printer down");
    EXPECT_EQ(words_of("(really.) Yes 坏了。网"), "really | yes 坏 了 | 网");
}

TEST(FoldedText, GrowsWithWhatFoldsToMore) {
    std::string original;
    for (int i = 0; i < 200; ++i) original += "\uFDFA ";
    original += "end";
    const FoldedText folded{original};
    EXPECT_GT(folded.text().size(), 2 * original.size()) << "one letter, eighteen when folded";
    EXPECT_EQ(folded.spelled(folded.words().back()), "end");
    EXPECT_EQ(folded.original_offset(folded.text().size()), original.size());
    EXPECT_EQ(folded.words().back().at, original.size() - 3);
}

TEST(FoldedText, RemembersWhereEachByteStood) {
    const std::string original = "  É\u0301 \n x";
    const FoldedText folded{original};
    EXPECT_EQ(folded.text(), " e x");
    EXPECT_EQ(folded.original_offset(1), 2U);
    EXPECT_EQ(folded.original_offset(3), 9U);
    EXPECT_EQ(folded.original_offset(4), original.size());
    EXPECT_EQ(folded.words(), (std::vector<Word>{{1, 2, 2, 2, 4, 0}, {3, 4, 4, 9, 10, 0}}));
}

TEST(Excerpt, MarksThePlaceOnOneLine) {
    EXPECT_EQ(excerpt("Hello,\n\nno internet here", 8, 19), "Hello, »no internet« here");
    EXPECT_EQ(excerpt("", 0, 0), "»«");
    EXPECT_EQ(excerpt("abc", 7, 9), "abc»«");
}

TEST(Excerpt, CutsNoCharacter) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "é";
    const std::string shown = excerpt(text + "X" + text, 80, 81);
    EXPECT_EQ(shown, "…" + text.substr(0, 32) + "»X«" + text.substr(0, 32) + "…")
        << "odd margins move to the start of a character";
}

}  // namespace
}  // namespace bellhop::rules
