#include "rules/doctor/round_trip.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds sent{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}};
const std::string mark = "doctor-1";

RoundTrip came_back() {
    RoundTrip trip;
    trip.what = "mailbox it";
    trip.address = "it@school.example";
    trip.is_sent = true;
    trip.sent_at = sent;
    trip.patience = 60s;
    trip.seen_at = sent + 3s;
    trip.found_in = "INBOX";
    trip.mark = mark;
    return trip;
}

std::string lines_of(const std::vector<ForgedField>& fields) {
    std::string lines;
    for (const ForgedField& field : fields) lines += field.name + ": " + field.body + "\r\n";
    return lines;
}

const std::string received =
    "Received: from client.example (client.example [192.0.2.1])\r\n"
    " by mx.school.example (Postfix) with ESMTP id 1; Tue, 1 Dec 2026 00:00:01 +0000\r\n";
const std::string author = "From: it@school.example\r\nTo: it@school.example\r\n";

TEST(RoundTrip, TellsHowLongItTookAndWhereItLies) {
    RoundTrip trip = came_back();
    trip.message = parsers::parse_message(received + author + "\r\nHi\r\n");
    EXPECT_EQ(judge_round_trip(trip),
              (Findings{well("mailbox it: round trip",
                             "a mail to it@school.example came back after 3 s, into INBOX"),
                        well("mailbox it: forged fields",
                             "the server takes away what only it may write")}));
}

TEST(RoundTrip, AMailThatDoesNotComeBackIsLookedForElsewhere) {
    RoundTrip trip = came_back();
    trip.seen_at.reset();
    const Finding found = judge_round_trip(trip).front();
    EXPECT_EQ(
        found.seen,
        "the relay took a mail to it@school.example, and within 1min it was not in the mailbox");
    EXPECT_NE(found.remedy.find("junk"), std::string::npos);
    EXPECT_EQ(judge_round_trip(trip).size(), 1U);
}

TEST(RoundTrip, AMailAmongUnwantedOnesFails) {
    RoundTrip trip = came_back();
    trip.found_in = "Junk Email";
    trip.is_junk = true;
    const Finding found = judge_round_trip(trip).front();
    EXPECT_EQ(found.state, FindingState::fail);
    EXPECT_NE(found.seen.find("into Junk Email, the folder of unwanted mail"), std::string::npos);
}

TEST(RoundTrip, AReportSaysWhy) {
    RoundTrip trip = came_back();
    trip.seen_at.reset();
    for (const char* loop :
         {"5.4.6 Too many hops", "mail loops back to myself", "5.4.14 Hop count"}) {
        trip.report = loop;
        EXPECT_NE(judge_round_trip(trip).front().remedy.find("MX entry of the domain"),
                  std::string::npos)
            << loop;
    }
    trip.report = "5.1.1 user unknown";
    EXPECT_NE(judge_round_trip(trip).front().remedy.find("correct address"), std::string::npos);
}

TEST(RoundTrip, AMailThatWasNotSentSaysWhatTheRelaySaid) {
    RoundTrip trip = came_back();
    trip.is_sent = false;
    trip.words = "554 5.6.0 content";
    EXPECT_EQ(judge_round_trip(trip).front().seen,
              "a mail to itself was not sent: 554 5.6.0 content");
}

TEST(RoundTrip, ForgedFieldsThatStayAndCountFail) {
    RoundTrip trip = came_back();
    trip.policy.authserv_ids = {"mx.school.example"};
    // The server puts what the sender has written above its own Received: nobody could tell.
    const std::string forged = lines_of(forged_fields(trip.address, trip.policy, mark));
    trip.message = parsers::parse_message(forged + received + author + "\r\nHi\r\n");
    const Finding found = judge_round_trip(trip).back();
    EXPECT_EQ(found.check, "mailbox it: forged fields");
    EXPECT_EQ(found.state, FindingState::fail);
    EXPECT_NE(found.seen.find("Authentication-Results"), std::string::npos);
    EXPECT_NE(found.remedy.find("authserv_id"), std::string::npos);
}

TEST(RoundTrip, ForgedFieldsThatStayWhereNothingIsBelievedDoNoHarm) {
    RoundTrip trip = came_back();
    const std::string forged = lines_of(forged_fields(trip.address, trip.policy, mark));
    trip.message = parsers::parse_message(received + forged + author + "\r\nHi\r\n");
    const Finding found = judge_round_trip(trip).back();
    EXPECT_EQ(found.state, FindingState::ok);
    EXPECT_NE(found.seen.find("Authentication-Results, X-MS-Exchange-Organization-AuthAs"),
              std::string::npos)
        << found.seen;
}

TEST(RoundTrip, WhatTheServerItselfWritesIsNotTakenForForged) {
    RoundTrip trip = came_back();
    trip.message = parsers::parse_message(
        "Authentication-Results: mx.school.example; dmarc=pass header.from=school.example\r\n"
        "X-MS-Exchange-Organization-AuthAs: Internal\r\n" +
        received + author + "\r\nHi\r\n");
    EXPECT_EQ(judge_round_trip(trip).back().seen, "the server takes away what only it may write");
}

TEST(RoundTrip, ForgesInTheNameOfWhomTheMailboxBelieves) {
    const auto first = [](const ProofPolicy& policy) {
        return forged_fields("it@school.example", policy, mark).front().body;
    };
    EXPECT_TRUE(
        first({MailProvider::rfc8601, {"mx.school.example"}}).starts_with("mx.school.example; "));
    EXPECT_TRUE(first({MailProvider::google, {}}).starts_with("mx.google.com; "));
    EXPECT_TRUE(first({MailProvider::microsoft365, {}}).starts_with("spf=pass "));
    EXPECT_TRUE(first({}).starts_with("school.example; "));
}

ClockSeen clock_at(std::chrono::seconds offset) {
    return {"the mail server of it", sent, sent + offset, sent + 4s};
}

TEST(Clock, AgreesWithinTheTimeThatTheMailTook) {
    for (const auto offset : {0s, 2s, 4s}) {
        EXPECT_EQ(judge_clock({clock_at(offset)}, true),
                  well("clock", "agrees with the mail server of it"));
    }
}

TEST(Clock, SomeMinutesAreAWarningAndMoreAFailure) {
    EXPECT_EQ(judge_clock({clock_at(4s + 119s)}, true).state, FindingState::ok);
    EXPECT_EQ(judge_clock({clock_at(4s + 120s)}, true).state, FindingState::warn);
    EXPECT_EQ(judge_clock({clock_at(-120s)}, true).state, FindingState::warn);
    EXPECT_EQ(judge_clock({clock_at(4s + 15min)}, true).state, FindingState::fail);
    EXPECT_EQ(judge_clock({clock_at(-3h)}, true).seen, "3h ahead of the mail server of it");
    EXPECT_EQ(judge_clock({clock_at(4s + 3h)}, true).seen, "3h behind the mail server of it");
}

TEST(Clock, OneServerThatAgreesIsEnough) {
    EXPECT_EQ(judge_clock({clock_at(3h), clock_at(1s)}, true).state, FindingState::ok);
}

TEST(Clock, WithoutAServerTheSystemIsAsked) {
    EXPECT_EQ(judge_clock({}, true).state, FindingState::ok);
    EXPECT_EQ(judge_clock({}, std::nullopt).state, FindingState::ok);
    EXPECT_EQ(judge_clock({}, false).state, FindingState::warn);
}

TEST(RoundTrip, WithoutAKeyItIsNotTried) {
    EXPECT_EQ(judge_unsent("mailbox it").state, FindingState::warn);
}

}  // namespace
}  // namespace bellhop::rules
