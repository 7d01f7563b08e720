#include "rules/desk/approval.hpp"

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
        EXPECT_EQ(approval_answer(words), ApprovalAnswer::yes) << words;
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
        EXPECT_EQ(approval_answer(words), ApprovalAnswer::no) << words;
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
        EXPECT_EQ(approval_answer(words), ApprovalAnswer::unclear) << words;
    }
}

TEST(ApprovalAnswer, ReadsTheBeginningOfALongMail) {
    EXPECT_EQ(approval_answer("Yes.\n" + std::string(1'000'000, 'x')), ApprovalAnswer::yes);
    std::string many;
    for (int i = 0; i < 100'000; ++i) many += "a. ";
    EXPECT_EQ(approval_answer(many + "yes"), ApprovalAnswer::unclear);
}

class ApprovalActions : public testing::Test {
protected:
    ApprovalActions() : calendar_(*BusinessCalendar::create(provider_plan())) {
        ticket_.id = TicketId{7};
        ticket_.requester = {"Ann Lee", "ann@hill.example"};
        ticket_.status = status::waiting_approval;
    }

    Actions of(const ApprovalVerdict& verdict) const {
        return approval_actions(verdict, {ticket_, log_, calendar_, {}, WordStyle::british}, {}, {},
                                std::chrono::sys_days{std::chrono::year{2026} / 9 / 15});
    }

    BusinessCalendar calendar_;
    Ticket ticket_ = {};
    std::vector<TicketEvent> log_ = {};
};

TEST_F(ApprovalActions, ReleaseTheTicketAndTellWhoAsked) {
    const Actions actions = of({true, "head@hill.example", "Helen Head", ""});
    ASSERT_EQ(actions.size(), 2U);
    EXPECT_EQ(actions[0], Action(SetStatus{"open", "", "head@hill.example"}));
    const auto& mail = std::get<SendMail>(actions[1]);
    EXPECT_EQ(mail.kind, MailKind::approved);
    EXPECT_EQ(mail.recipient, "ann@hill.example");
    EXPECT_EQ(mail.values.at("approver"), "Helen Head");
    EXPECT_FALSE(mail.label.empty()) << "it answers no mail";
}

TEST_F(ApprovalActions, EndItWithTheReasonOfTheRefusal) {
    const Actions actions = of({false, "head@hill.example", "Helen Head", "not for Year 3"});
    EXPECT_EQ(actions[0], Action(SetStatus{"resolved", "not for Year 3", "head@hill.example"}));
    const auto& mail = std::get<SendMail>(actions[1]);
    EXPECT_EQ(mail.kind, MailKind::refused);
    EXPECT_EQ(mail.values.at("reason"), "not for Year 3");
    ticket_.restricted = true;
    EXPECT_FALSE(std::get<SendMail>(of({false, "", "", "why"})[1]).values.contains("reason"));
}

TEST_F(ApprovalActions, AreNoneWhereNothingWaits) {
    ticket_.status = status::open;
    EXPECT_TRUE(of({true, "head@hill.example", "Helen Head", ""}).empty());
}

}  // namespace
}  // namespace bellhop::rules
