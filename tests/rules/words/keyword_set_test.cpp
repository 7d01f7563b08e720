#include "rules/words/keyword_set.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

KeywordGroup group(std::initializer_list<std::string_view> words,
                   std::initializer_list<std::string_view> except = {}) {
    KeywordGroup made;
    for (const std::string_view word : words) made.keywords.push_back(*parse_keyword(word));
    for (const std::string_view word : except) made.except.push_back(*parse_keyword(word));
    return made;
}

/// The places of the group in the text, as excerpts of the original.
std::vector<std::string> found(const KeywordSet& set, GroupId id, std::string_view original) {
    const FoldedText text{original};
    KeywordScan scan{set, text};
    std::vector<std::string> places;
    for (const KeywordMatch& match : scan.matches(id)) {
        const std::size_t at = text.words()[match.first].at;
        places.emplace_back(original.substr(at, text.words()[match.last].until - at));
    }
    return places;
}

std::vector<std::string> found(const KeywordGroup& keywords, std::string_view original) {
    KeywordSet set;
    const GroupId id = set.add(keywords);
    return found(set, id, original);
}

using Places = std::vector<std::string>;

TEST(KeywordSet, MatchesWholeWordsOnly) {
    EXPECT_EQ(found(group({"sims"}), "simsala SIMS's besims Sims"), (Places{"SIMS's", "Sims"}));
    EXPECT_EQ(found(group({"über"}), "ueber ÜBER"), (Places{"ÜBER"}));
    EXPECT_EQ(found(group({"ill"}), "I'll be ill"), (Places{"ill"}));
    EXPECT_EQ(found(group({"can't log in"}), "cant log in, CAN’T LOG IN"),
              (Places{"cant log in", "CAN’T LOG IN"}));
}

TEST(KeywordSet, MatchesStems) {
    EXPECT_EQ(found(group({"comput* room", "c*"}), "Computing room compute"),
              (Places{"Computing", "Computing room", "compute"}));
}

TEST(KeywordSet, MatchesPhrasesAcrossLineBreaksWithinASentence) {
    EXPECT_EQ(found(group({"internet down"}), "internet\n  down. Internet. Down"),
              (Places{"internet\n  down"}));
}

TEST(KeywordSet, MatchesAcrossGaps) {
    const KeywordGroup keywords = group({"internet|wifi ...3 down"});
    EXPECT_EQ(found(keywords, "the wifi has gone down"), (Places{"wifi has gone down"}));
    EXPECT_EQ(found(keywords, "wifi a b c d down"), Places{});
    EXPECT_EQ(found(keywords, "wifi is fine. Sit down"), Places{});
    EXPECT_EQ(found(keywords, "down wifi"), Places{});
}

TEST(KeywordSet, LeavesOutWhatStandsInAnExceptedPhrase) {
    const KeywordGroup keywords = group({"urgent"}, {"not ...2 urgent", "non urgent"});
    EXPECT_EQ(found(keywords, "This is not very urgent, non-urgent"), Places{});
    EXPECT_EQ(found(keywords, "Not urgent? It is URGENT!"), (Places{"URGENT"}));
}

TEST(KeywordSet, UsesListsWithTheirExceptions) {
    KeywordSet set;
    set.add_list("net", group({"internet", "wi-fi"}, {"internet explorer"}));
    set.add_list("broken", group({"down", "not working"}));
    set.add_list("both", group({"@net", "printer"}));
    const GroupId faults = set.add(group({"@both ... @broken"}));
    EXPECT_EQ(found(set, faults, "the internet is not\nworking today"),
              (Places{"internet is not\nworking"}));
    EXPECT_EQ(found(set, faults, "internet explorer is down, printer down"),
              (Places{"printer down"}));
    EXPECT_EQ(found(set, set.add(group({"@both"})), "wi-fi printer"), (Places{"wi-fi", "printer"}));
}

TEST(KeywordSet, NamesTheWordOfTheList) {
    KeywordSet set;
    set.add_list("net", group({"internet", "Wi-Fi"}));
    const GroupId id = set.add(group({"x", "@net"}));
    const FoldedText text{"wi-fi"};
    KeywordScan scan{set, text};
    ASSERT_EQ(scan.matches(id).size(), 1U);
    EXPECT_EQ(set.written(scan.matches(id)[0].keyword), "Wi-Fi");
}

TEST(KeywordSet, StaysLinearOnAHostileText) {
    KeywordSet set;
    const GroupId id = set.add(group({"a ... a ... a", "a*", "a a a a a a a a"}, {"a ...20 b"}));
    std::string text;
    while (text.size() < 100'000) text += "a ";
    const FoldedText folded{text};
    KeywordScan scan{set, folded};
    EXPECT_GT(scan.matches(id).size(), 100'000U);
}

}  // namespace
}  // namespace bellhop::rules
