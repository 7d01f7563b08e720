#include "rules/desk/tell_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using testing::HasSubstr;
using testing::Not;

bool is_one_sentence(const std::string& words) {
    return !words.empty() && words.front() >= 'A' && words.front() <= 'Z' &&
           (words.ends_with('.') || words.ends_with('?')) &&
           words.find("..") == std::string::npos && words.find("  ") == std::string::npos &&
           words.find('\n') == std::string::npos;
}

TEST(TellWords, AreASentenceForEveryOccasionWithAndWithoutAName) {
    for (const Occasion occasion : occasions()) {
        for (const char* who : {"", "Ann Lee"}) {
            for (const char* reason : {"", "no answer", "It is fixed."}) {
                const std::string words = occasion_words(occasion, who, reason);
                EXPECT_TRUE(is_one_sentence(words)) << words;
                if (*who == '\0') {
                    EXPECT_THAT(words, Not(HasSubstr("Ann")));
                }
            }
        }
    }
    EXPECT_EQ(occasion_words(Occasion::new_ticket, "Ann Lee", ""), "Ann Lee asks for help.");
    EXPECT_EQ(occasion_words(Occasion::refused, "Helen", "not for Year 3"),
              "Helen has refused it: not for Year 3.");
    EXPECT_EQ(occasion_words(Occasion::refused, "", ""), "It is refused.");
}

TEST(TellWords, NameWhoHasDoneIt) {
    for (const auto& words : {team_words, again_words, note_words, refused_again_words}) {
        EXPECT_THAT(words("Ann Lee"), testing::StartsWith("Ann Lee has "));
        EXPECT_TRUE(is_one_sentence(words("Ann Lee")));
        EXPECT_TRUE(is_one_sentence(words("")));
    }
    EXPECT_EQ(rating_words("Ann Lee", "1"), "Ann Lee gives 1 of 5.");
    EXPECT_EQ(rating_words("", "2"), "Somebody gives 2 of 5.");
}

TEST(TellWords, SayWhatIsToBeDone) {
    EXPECT_THAT(undelivered_words("ann@hill.example", "no such user"),
                HasSubstr("has not reached ann@hill.example. The mail server says: no such user."));
    EXPECT_THAT(unproved_words("Tom"), HasSubstr("in the name of Tom"));
    EXPECT_THAT(unproved_words(""), HasSubstr("from the desk's own address"));
    EXPECT_THAT(unreached_words({"slt", "Nobody"}), HasSubstr("want slt, Nobody to know"));
    EXPECT_EQ(merged_words("Tess", TicketId{7}, TicketId{9}),
              "Tess has made ticket 7 a part of ticket 9. Its mails lie here, and its requester "
              "takes part.");
    EXPECT_EQ(merged_words("", TicketId{7}, TicketId{9}),
              "Ticket 7 is a part of ticket 9 now. Its mails lie here, and its requester takes "
              "part.");
    EXPECT_THAT(handed_back_words("Waiting for the customer", "no answer"),
                HasSubstr("has left the status \"Waiting for the customer\""));
    EXPECT_THAT(still_waits_words("Waiting", "Monday", ""), Not(HasSubstr("It waits for")));
    EXPECT_THAT(still_waits_words("Waiting", "Monday", "a lamp"), HasSubstr("waits for: a lamp."));
    EXPECT_EQ(approval_reminder_words(1, 3, "Ann Lee", "Monday"),
              "Reminder 1 of 3: Ann Lee has waited for your yes or no since Monday.");
    EXPECT_THAT(no_approval_words("Monday"), HasSubstr("since Monday."));
}

}  // namespace
}  // namespace bellhop::rules
