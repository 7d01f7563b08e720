#include "rules/mail/acknowledgement.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

AnswerPolicy policy() {
    Budget budget;
    budget.person = {{3, 10min}, {10, 24h}};
    budget.strangers = {{30, 1h}};
    return {true, {"support@school.example"}, budget, "ourmark"};
}

parsers::Message mail_from(const std::string& address) {
    parsers::Message message;
    message.from = parsers::Address{"", address};
    return message;
}

std::string why_not(const parsers::Message& message, const AnswerPolicy& rules = policy()) {
    return may_answer(message, rules, {}).reason;
}

TEST(MayAnswer, AnswersAPerson) {
    EXPECT_EQ(may_answer(mail_from("ann@school.example"), policy(), {}),
              (AnswerVerdict{true, "ann@school.example", "", {}}));
}

TEST(MayAnswer, NeverAnswersAMachine) {
    parsers::Message message = mail_from("ann@school.example");
    message.kind = parsers::MessageKind::automatic;
    EXPECT_EQ(why_not(message), "the mail was written by a machine");
    message.kind = parsers::MessageKind::bounce;
    EXPECT_EQ(why_not(message), "the mail is a delivery report");
}

TEST(MayAnswer, NeverAnswersANullReversePath) {
    parsers::Message message = mail_from("ann@school.example");
    message.fields = {{"Return-Path", " <> "}};
    EXPECT_EQ(why_not(message), "the mail has a null reverse-path");
}

TEST(MayAnswer, NeverAnswersAPersonOnAList) {
    parsers::Message message = mail_from("ann@school.example");
    message.answerable = false;
    EXPECT_EQ(why_not(message), "the mail must not be answered automatically");
}

TEST(MayAnswer, NeverAnswersItself) {
    EXPECT_EQ(why_not(mail_from("Support@School.example")),
              "the sender is an address of the desk itself");
    parsers::Message message = mail_from("ann@school.example");
    message.fields = {{"X-Bellhop-Loop", "ourmark"}};
    EXPECT_EQ(why_not(message), "the mail carries our own loop mark");
}

TEST(MayAnswer, NeedsAnAddress) {
    EXPECT_EQ(why_not(parsers::Message{}), "the mail names no sender");
    EXPECT_EQ(why_not(mail_from("")), "the mail names no sender");
    EXPECT_EQ(why_not(mail_from("a b@school.example")),
              "the sender's address cannot be written to");
}

TEST(MayAnswer, StopsAtTheLimitAndSaysWhich) {
    const parsers::Message mail = mail_from("ann@school.example");
    AnswerSeeker seeker;
    seeker.recent.person = {2, 9};
    EXPECT_TRUE(may_answer(mail, policy(), seeker).send);
    seeker.recent.person = {3, 3};
    EXPECT_EQ(may_answer(mail, policy(), seeker),
              (AnswerVerdict{false, "", "the sender has had 3 automatic mails in 10 minutes",
                             BudgetOf::person}));
    seeker.recent.person = {0, 10};
    EXPECT_EQ(may_answer(mail, policy(), seeker).reason,
              "the sender has had 10 automatic mails in 1440 minutes");
}

TEST(MayAnswer, StopsAtTheLimitOfAllStrangers) {
    const parsers::Message mail = mail_from("eve@evil.example");
    AnswerSeeker seeker{true, Familiarity::stranger, {}};
    seeker.recent.strangers = {29};
    EXPECT_TRUE(may_answer(mail, policy(), seeker).send);
    seeker.recent.strangers = {30};
    EXPECT_EQ(may_answer(mail, policy(), seeker),
              (AnswerVerdict{false, "", "strangers have had 30 automatic mails in 60 minutes",
                             BudgetOf::strangers}));
    seeker.familiarity = Familiarity::known;
    EXPECT_TRUE(may_answer(mail, policy(), seeker).send);
}

TEST(MayAnswer, NeedsOneAuthorPlainlyNamed) {
    const AnswerSeeker nobody{false, Familiarity::stranger, {}};
    EXPECT_EQ(may_answer(mail_from("ann@school.example"), policy(), nobody),
              (AnswerVerdict{false, "", "the mail does not plainly name one author", {}}));
}

TEST(MayAnswer, CanBeSwitchedOff) {
    AnswerPolicy off = policy();
    off.enabled = false;
    EXPECT_EQ(why_not(mail_from("ann@school.example"), off), "acknowledgements are switched off");
}

}  // namespace
}  // namespace bellhop::rules
