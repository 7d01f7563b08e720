#include "rules/doctor/relay_trial.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using Way = EnvelopeTried::Way;

Findings judged(Way way, RelayAnswer answer, const std::string& user = "desk") {
    RelayTrial trial;
    trial.what = "smtp";
    trial.user = user;
    trial.envelopes = {{way, "it@school.example", std::move(answer)}};
    return judge_relay(trial);
}

RelayAnswer at_mail(int code, const std::string& words) {
    return {SmtpStage::sender, code, std::to_string(code) + " " + words};
}

RelayAnswer at_rcpt(int code, const std::string& words) {
    return {SmtpStage::recipient, code, std::to_string(code) + " " + words};
}

TEST(RelayTrial, ARelayThatTakesAllIsInOrder) {
    RelayTrial trial;
    trial.what = "smtp";
    for (const Way way : {Way::to_desk, Way::null, Way::outside}) {
        trial.envelopes.push_back({way, "it@school.example", at_rcpt(250, "2.1.5 Ok")});
    }
    EXPECT_EQ(judge_relay(trial),
              (Findings{well("smtp: sender it@school.example", "taken: 250 2.1.5 Ok"),
                        well("smtp: null sender", "taken: 250 2.1.5 Ok"),
                        well("smtp: mail to others", "relayed: 250 2.1.5 Ok")}));
}

TEST(RelayTrial, ASenderThatIsRefusedNeedsARightOrALogin) {
    const RelayAnswer refusal = at_mail(553, "5.7.1 Sender address rejected: not owned by user");
    EXPECT_NE(
        judged(Way::to_desk, refusal).front().remedy.find("let desk send as it@school.example"),
        std::string::npos);
    EXPECT_NE(judged(Way::to_desk, refusal, "").front().remedy.find("give user and password"),
              std::string::npos);
    EXPECT_EQ(judged(Way::to_desk, refusal).front().state, FindingState::fail);
}

TEST(RelayTrial, AMailboxThatNobodyKnowsIsAnotherMatter) {
    for (const char* words : {"5.1.1 no", "User unknown", "the user does not exist"}) {
        EXPECT_NE(judged(Way::to_desk, at_rcpt(550, words)).front().remedy.find("correct address"),
                  std::string::npos)
            << words;
    }
}

TEST(RelayTrial, WhatMayPassIsAWarning) {
    for (const Way way : {Way::to_desk, Way::null}) {
        EXPECT_EQ(judged(way, at_mail(451, "greylisted")).front().state, FindingState::warn);
        EXPECT_EQ(judged(way, {SmtpStage::sender, 0, "connection lost"}).front().state,
                  FindingState::warn);
    }
}

TEST(RelayTrial, ANullSenderThatIsRefusedHasASubstitute) {
    const Finding found = judged(Way::null, at_mail(550, "5.7.60 no")).front();
    EXPECT_EQ(found.state, FindingState::warn);
    EXPECT_NE(found.remedy.find("envelope_sender = \"it@school.example\""), std::string::npos);
    RelayTrial trial;
    trial.what = "smtp";
    trial.has_envelope_sender = true;
    trial.envelopes = {{Way::null, "it@school.example", at_mail(550, "5.7.60 no")}};
    EXPECT_EQ(judge_relay(trial).front().state, FindingState::ok);
}

TEST(RelayTrial, OnlyARefusalToRelaySaysSomethingOfMailToOthers) {
    for (const char* words : {"5.7.1 Relay access denied", "relay not permitted",
                              "Authentication required", "5.7.1 go away"}) {
        const Findings found = judged(Way::outside, at_rcpt(554, words));
        ASSERT_EQ(found.size(), 1U) << words;
        EXPECT_EQ(found.front().state, FindingState::fail) << words;
    }
    for (const RelayAnswer& answer :
         {at_rcpt(556, "5.1.10 Domain example.com does not accept mail (nullMX)"),
          at_rcpt(450, "4.1.2 Domain not found"), at_rcpt(550, "5.1.1 no such user")}) {
        EXPECT_EQ(judged(Way::outside, answer), Findings{}) << answer.words;
    }
}

}  // namespace
}  // namespace bellhop::rules
