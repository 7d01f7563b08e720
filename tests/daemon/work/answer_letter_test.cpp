#include "daemon/work/answer_letter.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

TEST(AnswerLetter, IsReadAsItWasWritten) {
    const AnswerLetter letter{"neutral",
                              "ack-1",
                              "Two\nlines",
                              {{"reason", "value of it"}, {"since", ""}},
                              {"last@x", {"first@x", "second@x"}}};
    EXPECT_EQ(letter_of(pairs_of(letter)), letter);
    EXPECT_EQ(letter_of(pairs_of({})), AnswerLetter{});
}

TEST(AnswerLetter, NamesNothingTwice) {
    const AnswerLetter letter{"t", "l", "n", {{"text", "x"}, {"answers", "y"}}, {"a", {"b", "c"}}};
    LetterPairs pairs = pairs_of(letter);
    std::sort(pairs.begin(), pairs.end());
    for (std::size_t i = 1; i < pairs.size(); ++i) EXPECT_NE(pairs[i - 1].first, pairs[i].first);
    EXPECT_EQ(letter_of(pairs_of(letter)), letter);
}

TEST(AnswerLetter, LeavesOutWhatItDoesNotKnow) {
    EXPECT_EQ(letter_of({{"text", "t"}, {"colour", "blue"}}).text, "t");
}

}  // namespace
}  // namespace bellhop::daemon
