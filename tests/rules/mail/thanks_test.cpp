#include "rules/mail/thanks.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

TEST(Thanks, AreKindWordsAndNothingElse) {
    for (const char* text :
         {"Thanks", "Thank you Tom!", "Many thanks, all working now.", "Brilliant, cheers",
          "No problem, thank you", "Problem solved, thanks", "Thanks again", "Merci beaucoup",
          "Vielen Dank", "You can close it, thank you.", "\xf0\x9f\x91\x8d",
          "The printer prints again, thank you"}) {
        EXPECT_TRUE(is_thanks(text)) << text;
    }
}

TEST(Thanks, AreNoneWhereAnythingIsAskedOrWrong) {
    for (const char* text : {"", "Thanks?", "Thanks, but it is broken again",
                             "Thank you. Can you help with the other?", "Thanks for nothing",
                             "It works", "Again", "Tom", "Thanks, the PRINTER",
                             "Thanks\xef\xbc\x9f", "Thank you, please ring me", "12345"}) {
        EXPECT_FALSE(is_thanks(text)) << text;
    }
}

/// Words of a signature say nothing; the same words alone may be all that is said.
TEST(Thanks, LeaveOutTheSignature) {
    EXPECT_TRUE(
        is_thanks("Thank you.\n\nKind regards\nAnn Lee\nYear 4 Class Teacher\n01632 960123"));
    EXPECT_TRUE(is_thanks("Thanks\nAnn Lee\nHead Teacher"));
    EXPECT_FALSE(is_thanks("Thanks. It is in\nRoom Twelve\nand it is dead"));
}

TEST(Thanks, AreShort) {
    std::string many;
    for (int i = 0; i < 60; ++i) many += "thanks ";
    EXPECT_TRUE(is_thanks(many));
    EXPECT_FALSE(is_thanks(many + "thanks"));
    EXPECT_FALSE(is_thanks("thanks" + std::string(2000, ' ')));
    EXPECT_FALSE(is_thanks("Thanks Ann Bob Cat Dan")) << "more names than a greeting has";
}

TEST(Thanks, KnowAQuestionByItsMark) {
    EXPECT_TRUE(asks_something("why?"));
    EXPECT_TRUE(asks_something("why\xef\xbc\x9f"));
    EXPECT_FALSE(asks_something("why"));
}

}  // namespace
}  // namespace bellhop::rules
