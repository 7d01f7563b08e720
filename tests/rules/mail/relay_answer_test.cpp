#include "rules/mail/relay_answer.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using Stage = SmtpStage;
using enum Answered;

struct Case {
    Stage stage;
    int code;
    const char* words;
    Answered outcome;
    Concern concern;
    const char* policy = "";
};

// What servers have been seen to say, and of whom they speak.
TEST(Judge, TellsWhomAnAnswerConcerns) {
    const std::vector<Case> cases{
        // Taken is only what was answered after the final dot.
        {Stage::content, 250, "250 2.0.0 Ok: queued as 4F1", taken, Concern::mail},
        {Stage::data, 250, "250 ok", not_yet, Concern::mail},
        {Stage::content, 354, "354 go on", not_yet, Concern::mail},
        // No answer.
        {Stage::connection, 0, "cannot connect", not_yet, Concern::relay},
        {Stage::greeting, 0, "connection lost", not_yet, Concern::relay},
        {Stage::login, 0, "no answer in time", not_yet, Concern::relay},
        {Stage::recipient, 0, "connection lost", not_yet, Concern::mail},
        {Stage::content, 0, "connection lost", not_yet, Concern::mail},
        // Before a mail is spoken of.
        {Stage::greeting, 421, "421 4.3.2 shutting down", not_yet, Concern::relay},
        {Stage::greeting, 554, "554 5.7.1 you are on a list", refused, Concern::relay},
        {Stage::hello, 550, "550 5.7.1 no such client", refused, Concern::relay},
        {Stage::login, 535, "535 5.7.8 authentication failed", refused, Concern::relay},
        {Stage::login, 454, "454 4.7.0 later", not_yet, Concern::relay},
        // MAIL FROM is about the account, but for size and form of the mail.
        {Stage::sender, 530, "530 5.7.0 log in first", refused, Concern::relay},
        {Stage::sender, 550, "550 5.7.60 SendAsDenied", refused, Concern::relay},
        {Stage::sender, 553, "553 5.7.1 not owned by user", refused, Concern::relay},
        {Stage::sender, 451, "451 4.7.1 too many mails from you", not_yet, Concern::relay},
        {Stage::sender, 552, "552 5.3.4 message size exceeds limit", refused, Concern::mail},
        {Stage::sender, 555, "555 5.6.7 SMTPUTF8 not supported", refused, Concern::mail},
        // One recipient.
        {Stage::recipient, 550, "550 5.1.1 no such user", refused, Concern::mail},
        {Stage::recipient, 550, "550 no such user", refused, Concern::mail},
        {Stage::recipient, 501, "501 5.1.3 bad recipient address syntax", refused, Concern::mail},
        {Stage::recipient, 451, "451 4.7.1 greylisted", not_yet, Concern::mail},
        {Stage::recipient, 452, "452 4.2.2 mailbox full", not_yet, Concern::mail},
        {Stage::content, 552, "552 5.2.2 mailbox full", refused, Concern::mail},
        {Stage::content, 554, "554 message looks like spam", refused, Concern::mail},
        // The relay, in the words of a recipient's or a mail's refusal.
        {Stage::recipient, 421, "421 4.7.0 come back later", not_yet, Concern::relay},
        {Stage::recipient, 530, "530 5.7.0 authentication required", refused, Concern::relay},
        {Stage::recipient, 503, "503 5.5.1 MAIL first", refused, Concern::relay},
        {Stage::recipient, 550, "550 relay not permitted", refused, Concern::relay},
        {Stage::recipient, 554, "554 5.7.1 <a@b.example>: Relay access denied", refused,
         Concern::relay},
        {Stage::recipient, 550, "550 5.7.57 Client not authenticated to send mail.", refused,
         Concern::relay},
        {Stage::content, 550, "550 5.1.90 you've reached your daily limit for message recipients",
         refused, Concern::relay},
        {Stage::content, 550, "550 5.4.5 Daily user sending limit exceeded.", refused,
         Concern::relay},
        {Stage::content, 554, "554 5.2.252 SendAsDenied; desk@school.example not allowed", refused,
         Concern::relay},
        {Stage::content, 554, "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceeded",
         refused, Concern::relay},
        {Stage::content, 550, "550 5.7.501 Access denied, spam abuse detected", refused,
         Concern::relay},
        {Stage::content, 550, "550 5.7.708 traffic not accepted from this IP", refused,
         Concern::relay},
        // By policy: of this mail or of all.
        {Stage::recipient, 554, "554 5.7.1 access denied", refused, Concern::mail, "5.7.1"},
        {Stage::content, 550, "550 5.7.1 message rejected", refused, Concern::mail, "5.7.1"},
        {Stage::content, 550, "550 5.7.26 unauthenticated", refused, Concern::mail, "5.7.26"},
        {Stage::content, 450, "450 4.7.1 not now", not_yet, Concern::mail},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(judge({one.stage, one.code, one.words}, false),
                  (Judgement{one.outcome, one.concern, one.policy}))
            << one.words << " at stage " << static_cast<int>(one.stage);
    }
}

TEST(Judge, BlamesTheNullSenderForAFinalRefusalOfTheSenderOnly) {
    for (const char* words : {"501 5.1.7 Invalid address", "550 5.7.1 empty sender", "553 no"}) {
        const int code = std::stoi(words);
        EXPECT_EQ(judge({Stage::sender, code, words}, true).concern, Concern::null_sender) << words;
        EXPECT_EQ(judge({Stage::sender, code, words}, false).concern, Concern::relay) << words;
        EXPECT_NE(judge({Stage::recipient, code, words}, true).concern, Concern::null_sender);
    }
    EXPECT_EQ(judge({Stage::sender, 451, "451 later"}, true).concern, Concern::relay);
    EXPECT_EQ(judge({Stage::sender, 552, "552 too large"}, true).concern, Concern::mail);
    EXPECT_EQ(judge({Stage::sender, 530, "530 log in"}, true).concern, Concern::relay);
}

TEST(EnhancedStatus, IsReadBehindTheCodeOnly) {
    EXPECT_EQ(enhanced_status("550 5.7.1 no"), "5.7.1");
    EXPECT_EQ(enhanced_status("550 5.7.708"), "5.7.708");
    for (const char* none : {"", "550", "550 ", "550 no", "550 no 5.7.1", "550 5.7 x", "550 5.7. x",
                             "550 1.2.3 x", "550 5.7.1.2 x", "550 5.a.1 x", "5.7.1"}) {
        EXPECT_EQ(enhanced_status(none), "") << none;
    }
}

class Suspicion : public testing::Test {
protected:
    Concern after(const char* words, const std::string& recipient) {
        return suspicion
            .seen_together(judge({Stage::content, std::stoi(words), words}, false), recipient)
            .concern;
    }

    RelaySuspicion suspicion;
};

TEST_F(Suspicion, FallsOnTheRelayWhenTwoRecipientsAreRefusedAlike) {
    EXPECT_EQ(after("550 5.7.1 spam", "ann@a.example"), Concern::mail);
    EXPECT_EQ(after("550 5.7.1 spam", "ann@a.example"), Concern::mail) << "the same one again";
    EXPECT_EQ(after("554 5.7.1 blocked", "bob@b.example"), Concern::relay);
    EXPECT_EQ(after("550 5.7.1 spam", "ann@a.example"), Concern::relay) << "for the first one too";
}

TEST_F(Suspicion, EndsWhenAMailIsTaken) {
    after("550 5.7.1 spam", "ann@a.example");
    EXPECT_EQ(after("250 ok", "cid@c.example"), Concern::mail);
    EXPECT_EQ(after("550 5.7.1 spam", "bob@b.example"), Concern::mail);
    after("550 5.7.1 spam", "ann@a.example");
    after("250 ok", "cid@c.example");
    EXPECT_EQ(after("550 5.7.1 spam", "ann@a.example"), Concern::mail);
}

TEST_F(Suspicion, KeepsDifferentRefusalsApart) {
    after("550 5.7.1 spam", "ann@a.example");
    EXPECT_EQ(after("550 5.7.26 unauthenticated", "bob@b.example"), Concern::mail);
    EXPECT_EQ(after("550 5.1.1 no such user", "cid@c.example"), Concern::mail);
    EXPECT_EQ(after("451 4.7.1 later", "dan@d.example"), Concern::mail);
    EXPECT_EQ(after("550 5.7.1 spam", "eve@e.example"), Concern::relay);
}

TEST_F(Suspicion, RemembersNoMoreThanAFew) {
    for (int i = 1; i < 999; ++i) {
        after(("550 5.7." + std::to_string(i) + " no").c_str(), "ann@a.example");
    }
    EXPECT_EQ(after("550 5.7.1 no", "bob@b.example"), Concern::mail) << "long forgotten";
    EXPECT_EQ(after("550 5.7.998 no", "bob@b.example"), Concern::relay);
}

}  // namespace
}  // namespace bellhop::rules
