#include "rules/proof/standing.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::rules {
namespace {

using enum Standing;

const ProofPolicy proves{MailProvider::rfc8601, {"mx.school.example"}};

std::string with_verdict(const std::string& verdict, const std::string& from) {
    return "Received: from a.hill.example (a.hill.example [192.0.2.1]) by mx.school.example\r\n"
           "Authentication-Results: mx.school.example; " +
           verdict + "\r\n" + from + "\r\n\r\nx\r\n";
}

Authorship author(const std::string& mail, const ProofPolicy& policy = proves) {
    return authorship_of(parsers::parse_message(mail), policy);
}

TEST(Standing, IsHimselfWhereOurServersProveHim) {
    const Authorship proved = author(
        with_verdict("dmarc=pass header.from=hill.example", "From: Head <head@hill.example>"));
    EXPECT_EQ(proved.standing, himself);
    EXPECT_EQ(proved.proof, ProofLevel::proved);
    EXPECT_EQ(in_words(proved), "proved: DMARC passes for hill.example");
    EXPECT_EQ(noted_proof(proved), ProofLevel::proved);
}

TEST(Standing, IsOnlyClaimedWhereTheyCouldProveHimAndHaveNot) {
    const Authorship claim = author(with_verdict("none", "From: Head <head@hill.example>"));
    EXPECT_EQ(claim.standing, claimed);
    EXPECT_TRUE(names_one_author(claim));
    EXPECT_EQ(in_words(claim), "NOT PROVED: neither DMARC, DKIM nor SPF passes for hill.example");
    EXPECT_EQ(noted_proof(claim), ProofLevel::unknown);
}

TEST(Standing, IsNobodysWhereTheySayThatItIsForged) {
    const Authorship forged = author(
        with_verdict("dmarc=fail header.from=hill.example", "From: Head <head@hill.example>"));
    EXPECT_EQ(forged.standing, nobody);
    EXPECT_TRUE(names_one_author(forged));
    EXPECT_EQ(in_words(forged), "FORGED? DMARC fails for hill.example");
    EXPECT_EQ(noted_proof(forged), ProofLevel::failed);
}

// A mailbox that can prove nobody goes by From, as all mailboxes did before.
TEST(Standing, IsBelievedWhereTheMailboxCanProveNobody) {
    const Authorship believed = author("From: Head <head@hill.example>\r\n\r\nx\r\n", {});
    EXPECT_EQ(believed.standing, himself);
    EXPECT_FALSE(believed.was_judged());
    EXPECT_EQ(noted_proof(believed), std::nullopt);
    EXPECT_EQ(in_words(believed), "not proved, believed: no authserv_id is set for the mailbox");
}

// Whoever verifies a mail looks at From; nothing else can say who somebody is, proved or not.
TEST(Standing, IsNobodysWhereFromIsNotPlainlyOneAddress) {
    for (const char* from :
         {"Reply-To: head@hill.example", "From: Helen Head\r\nReply-To: head@hill.example",
          "Sender: head@hill.example", "From: <>\r\nReply-To: head@hill.example",
          "From: head@hill.example <x>", "From: =?utf-8?q?head=40hill.example?=",
          "From: =?utf-8?q?Helen_=3Chead=40hill.example=3E?=",
          "From: head@hill.example, eve@evil.example",
          "From: head@hill.example\r\nFrom: eve@evil.example",
          "From: head@hill.example\r\nFrom : eve@evil.example", "From: Staff: head@hill.example;",
          "From: \"head\"@hill.example", "Subject: none at all"}) {
        for (const ProofPolicy& policy : {proves, ProofPolicy{}}) {
            const Authorship found =
                author(with_verdict("dmarc=pass header.from=hill.example", from), policy);
            EXPECT_EQ(found.standing, nobody) << from;
            EXPECT_FALSE(names_one_author(found)) << from;
            EXPECT_EQ(noted_proof(found), ProofLevel::unknown) << from;
        }
    }
}

TEST(Standing, OfWhatTheDeskHasWrittenDownIsNotAsked) {
    EXPECT_EQ(vouched_for().standing, himself);
    EXPECT_EQ(noted_proof(vouched_for()), std::nullopt);
    EXPECT_EQ(in_words(vouched_for()), "");
    EXPECT_FALSE(vouched_for().was_judged());
}

TEST(Standing, HasNamesThatLeadBack) {
    for (const Standing each : {himself, claimed, nobody}) {
        EXPECT_EQ(standing_named(to_text(each)), each);
    }
    EXPECT_EQ(standing_named("somebody"), std::nullopt);
    for (const ProofLevel each :
         {ProofLevel::unknown, ProofLevel::failed, ProofLevel::proved, ProofLevel::inside}) {
        EXPECT_EQ(proof_level_named(to_text(each)), each);
    }
    EXPECT_EQ(proof_level_named("sure"), std::nullopt);
}

}  // namespace
}  // namespace bellhop::rules
