#include "rules/evidence/mail_words.hpp"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using Weights = std::map<std::string, double>;

Weights weights_of(const std::string& subject, const std::string& body) {
    const FoldedText first{subject};
    const FoldedText second{body};
    const std::vector<TextToWeigh> texts{{&first, subject_weight, most_words},
                                         {&second, 1, most_words}};
    Weights weights;
    for (const WeighedWord& word : words_to_weigh(texts)) {
        const std::string written = spelled(word, word.text == 0 ? first : second);
        EXPECT_EQ(word.key, word_key(written));
        weights[written] += word.weight;
    }
    return weights;
}

TEST(MailWords, AreWordsAndNeighbouringPairsOfASentence) {
    const double weight = 1 / std::sqrt(12.0);
    EXPECT_EQ(weights_of("", "No wifi. Help!"),
              (Weights{{"no", weight}, {"no wifi", weight}, {"wifi", weight}, {"help", weight}}));
}

TEST(MailWords, CountTwiceInASubject) {
    const Weights weights = weights_of("wifi", "slow");
    EXPECT_DOUBLE_EQ(weights.at("wifi"), 2 * weights.at("slow"));
}

std::string filler(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) text += " word" + std::to_string(i);
    return text;
}

TEST(MailWords, WeighLessInALongMail) {
    EXPECT_DOUBLE_EQ(weights_of("", "wifi" + filler(15)).at("wifi"), 0.25);
    EXPECT_DOUBLE_EQ(weights_of("", "wifi" + filler(99)).at("wifi"), 0.1);
}

TEST(MailWords, OfAMailOfOneOrTwoDecideNothingByThemselves) {
    const double of_twelve = weights_of("", "wifi" + filler(11)).at("wifi");
    EXPECT_DOUBLE_EQ(weights_of("", "wifi").at("wifi"), of_twelve);
    EXPECT_GT(of_twelve, weights_of("", "wifi" + filler(12)).at("wifi"));
}

TEST(MailWords, AreBoundedInALongMail) {
    std::string text;
    for (std::size_t i = 0; i < 3 * most_words; ++i) text += "word ";
    const FoldedText folded{text};
    EXPECT_EQ(words_to_weigh({{&folded, 1, most_words}}).size(), 2 * most_words - 1);
    EXPECT_TRUE(words_to_weigh({}).empty());
}

TEST(MailWords, AskForTheQuotationOfAMailThatIsPassedOnOnly) {
    const auto counts = [](const char* subject, const char* body) {
        return counts_quotation(FoldedText{subject}, FoldedText{body});
    };
    EXPECT_TRUE(counts("Fwd: internet", "See below"));
    EXPECT_TRUE(counts("Internet", "See below"));
    EXPECT_TRUE(counts("", ""));
    EXPECT_TRUE(counts("Re-order of toner", "See below"));
    EXPECT_FALSE(counts("Re: internet", "All back now"));
    EXPECT_FALSE(counts("AW: internet", "All back now"));
    EXPECT_FALSE(counts("Fwd: internet", "one two three four five six seven eight"));
}

}  // namespace
}  // namespace bellhop::rules
