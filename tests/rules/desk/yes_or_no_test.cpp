#include "rules/desk/yes_or_no.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

TEST(ApprovalAnswer, ReadsAYes) {
    for (const char* words : {"Yes",
                              "yes",
                              "YES!",
                              "Yes please",
                              "Yes, please go ahead.",
                              "Approved",
                              "Approved.",
                              "APPROVED - go ahead",
                              "I approve",
                              "I approve this.",
                              "OK",
                              "ok",
                              "Ok by me",
                              "Okay",
                              "Fine",
                              "That's fine",
                              "That\xe2\x80\x99s fine by me.",
                              "Happy with this",
                              "Agreed",
                              "I'm happy for this to go ahead",
                              "Go ahead",
                              "Please go ahead",
                              "Please do",
                              "Sure",
                              "Yep",
                              "yeah",
                              "Yup all good",
                              "All good",
                              "Absolutely",
                              "Of course",
                              "Confirmed",
                              "I confirm.",
                              "No problem",
                              "No problem, go ahead",
                              "No objections from me",
                              "No worries, please proceed",
                              "I have no objection",
                              "Certainly",
                              "Sounds good",
                              "\xf0\x9f\x91\x8d",
                              "Hi Tom, yes please",
                              "Hi Tom,\n\nYes.\n\nKind regards\nHelen",
                              "Hello,\n\nThat is fine, thank you.\n\nHelen Head\nHeadteacher",
                              "Yes.\n\nThanks,\nNo 10 Hill Lane",
                              "Yes. Can it be done by Friday?",
                              "Dear all\n\nI authorise this change.",
                              "Authorised",
                              "Accepted",
                              "I agree",
                              "Thanks for asking. Yes, go ahead.",
                              "Yes\n> Reply with yes or no",
                              "Don't mind at all",
                              "I don't mind",
                              "Why not",
                              "By all means",
                              "Yes I do",
                              "ja",
                              "oui"}) {
        EXPECT_EQ(approval_answer(words), YesOrNo::yes) << words;
    }
}

TEST(ApprovalAnswer, ReadsANo) {
    for (const char* words : {"No",
                              "no",
                              "NO.",
                              "Nope",
                              "No thank you",
                              "No thanks",
                              "No, sorry",
                              "Sorry, no.",
                              "Not approved",
                              "I do not approve this",
                              "I don't approve",
                              "I cannot approve this",
                              "Declined",
                              "I decline",
                              "Refused",
                              "Denied.",
                              "Rejected",
                              "I disagree",
                              "Please do not go ahead",
                              "Please don't",
                              "Don\xe2\x80\x99t do it",
                              "I'm not happy with this",
                              "Not OK",
                              "Hi Tom,\n\nNo.\n\nKind regards\nHelen",
                              "No - this is against our policy.",
                              "No. It is blocked for a reason.",
                              "No. Why does he need it?",
                              "I can't agree to this",
                              "Absolutely not",
                              "Certainly not",
                              "We will not allow this",
                              "No way",
                              "nein",
                              "I am not able to approve this",
                              "This is not approved.",
                              "\xf0\x9f\x91\x8e"}) {
        EXPECT_EQ(approval_answer(words), YesOrNo::no) << words;
    }
}

TEST(ApprovalAnswer, AsksBackWhereAPersonHasToRead) {
    for (const char* words : {"",
                              " \n",
                              "Who asked for this?",
                              "Is this safe?",
                              "Yes?",
                              "OK?",
                              "Yes, but only for Year 6",
                              "Yes if the DSL agrees",
                              "Not yet",
                              "Not sure",
                              "I'm not sure about this",
                              "Maybe",
                              "Let me check",
                              "I will discuss it with Diana",
                              "Yes. But please wait until Monday.",
                              "Yes. However, not before half term.",
                              "Approved, unless it is for pupils",
                              "No, but you may do it for staff",
                              "No... actually yes",
                              "Yes. No, wait.",
                              "Please ring me",
                              "I have forwarded this to the governors",
                              "See attached",
                              "Thanks",
                              "Noted",
                              "I am out of the office until Monday",
                              "Nobody told me about this",
                              "Can we do this next week?",
                              "Would it be ok to wait?",
                              "I think so",
                              "Notice board",
                              "yes and no",
                              "Depends on the cost",
                              "> yes",
                              "Has Tom looked at it"}) {
        EXPECT_EQ(approval_answer(words), YesOrNo::unclear) << words;
    }
}

TEST(ApprovalAnswer, ReadsTheBeginningOfALongMail) {
    EXPECT_EQ(approval_answer("Yes.\n" + std::string(1'000'000, 'x')), YesOrNo::yes);
    std::string many;
    for (int i = 0; i < 100'000; ++i) many += "a. ";
    EXPECT_EQ(approval_answer(many + "yes"), YesOrNo::unclear);
}

/// "Was that you?"
TEST(ConfirmationAnswer, IsAYesWhereSomebodySaysThatItWasHe) {
    for (const char* words : {"Yes",
                              "yes",
                              "Y",
                              "y.",
                              "Yep",
                              "Yes, that was me.",
                              "That was me",
                              "It was me!",
                              "No problem, that was me",
                              "No worries - it was me.",
                              "Ok, that was me",
                              "Correct.",
                              "I did",
                              "yes\n\nKind regards\nTom",
                              "Hi, yes that was me",
                              "Oui",
                              "ja",
                              "si",
                              "I sent it from my phone.",
                              "Yes, I wrote that",
                              "It is mine"}) {
        EXPECT_EQ(confirmation_answer(words), YesOrNo::yes) << words;
    }
}

TEST(ConfirmationAnswer, IsANoWhereSomebodySaysThatItWasNot) {
    for (const char* words :
         {"No", "no!", "N", "Nope", "Not me", "Not mine", "That wasn't me", "That wasnt me.",
          "Ok, that wasnt me", "Ok, that wasn\u2019t me", "Thanks for asking, it was not me",
          "I did not write this", "I didn't", "Sorry, I never sent that", "Nein",
          "It isn't mine, thanks"}) {
        EXPECT_EQ(confirmation_answer(words), YesOrNo::no) << words;
    }
}

TEST(ConfirmationAnswer, IsUnclearWhereItMightBeEither) {
    for (const char* words :
         {"", "What is this?", "Was that me?", "Yes?", "No, that was me", "Yes. No, wait.",
          "That was me, the other one was not me", "Yes, but please ignore it", "Not sure",
          "Who else could have sent it?", "I think so", "It was not me?", "> yes", "Please ring me",
          "Thanks"}) {
        EXPECT_EQ(confirmation_answer(words), YesOrNo::unclear) << words;
    }
}

TEST(ApprovalAnswer, IsNotWhoWroteIt) {
    EXPECT_EQ(approval_answer("That was me"), YesOrNo::unclear);
    EXPECT_EQ(approval_answer("Y"), YesOrNo::yes);
    EXPECT_EQ(approval_answer("N"), YesOrNo::no);
    EXPECT_EQ(approval_answer("Yes please\nN Smith"), YesOrNo::yes);
}

}  // namespace
}  // namespace bellhop::rules
