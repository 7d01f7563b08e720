#include "rules/ticket/threading.hpp"

#include <gtest/gtest.h>

#include "rules/ticket/own_message_id.hpp"

namespace bellhop::rules {
namespace {

const ThreadPolicy policy{"the key", "HELP"};
const std::string own_id =
    make_message_id({TicketId{7}, "ack-1"}, policy.keys.current, "desk.example");

Ticket ticket(std::int64_t id, std::vector<std::string> participants) {
    Ticket one;
    one.id = TicketId{id};
    one.participants = std::move(participants);
    return one;
}

parsers::Message mail_from(const std::string& address) {
    parsers::Message message;
    message.from = parsers::Address{"", address};
    return message;
}

ThreadDecision decision_on(const parsers::Message& message,
                           const std::vector<Candidate>& candidates) {
    return thread_of(message, thread_claims(message, policy), candidates);
}

TEST(ThreadClaims, PutsTokensFirstThenReferencesFromTheNewestThenTags) {
    parsers::Message message = mail_from("ann@school.example");
    message.in_reply_to = {"newest@school.example"};
    message.references = {"oldest@school.example", own_id, "newest@school.example"};
    message.subject = "Re: [HELP#9] projector";
    EXPECT_EQ(thread_claims(message, policy),
              (std::vector<Claim>{{ClaimKind::token, own_id, TicketId{7}},
                                  {ClaimKind::reference, "newest@school.example", {}},
                                  {ClaimKind::reference, "oldest@school.example", {}},
                                  {ClaimKind::subject_tag, "[HELP#9]", TicketId{9}}}));
}

TEST(ThreadClaims, LeavesOutIdsThatSayNothing) {
    parsers::Message message = mail_from("ann@school.example");
    message.in_reply_to = {
        "", "@", "a@b", "word", "@school.example", "local@", "two words@school.example"};
    EXPECT_EQ(thread_claims(message, policy), std::vector<Claim>{});
}

TEST(ThreadClaims, LooksAtNoMoreThanAHundredReferences) {
    parsers::Message message = mail_from("ann@school.example");
    for (int i = 0; i < 5000; ++i)
        message.references.push_back(std::to_string(i) + "@school.example");
    const std::vector<Claim> claims = thread_claims(message, policy);
    ASSERT_EQ(claims.size(), 100U);
    EXPECT_EQ(claims.front().value, "4999@school.example");
}

TEST(ThreadClaims, TakesOfTheQuotationTheFirstTag) {
    parsers::Message message = mail_from("ann@school.example");
    message.reply_text = "It is in room 4. [HELP#1]";
    message.quoted_text = "Subject: [HELP#9] Printer\n\nyour ticket\n\nSubject: [HELP#8] older";
    EXPECT_EQ(thread_claims(message, policy),
              (std::vector<Claim>{{ClaimKind::quoted_tag, "[HELP#9]", TicketId{9}}}));
}

TEST(ThreadOf, BelievesAQuotedTagOfWhoTakesPartOnly) {
    parsers::Message message = mail_from("ann@school.example");
    message.quoted_text = "Subject: [HELP#9] Printer";
    EXPECT_EQ(decision_on(message, {{"[HELP#9]", ticket(9, {"ann@school.example"}), {}}}).ticket,
              TicketId{9});
    const ThreadDecision strangers =
        decision_on(message, {{"[HELP#9]", ticket(9, {"bob@school.example"}), {}}});
    EXPECT_EQ(strangers.ticket, std::nullopt);
    EXPECT_EQ(strangers.possibly_belongs_to, TicketId{9});
}

TEST(ThreadOf, TakesAGenuineTokenFromAnybody) {
    parsers::Message message = mail_from("ann@home.example");
    message.references = {own_id};
    const ThreadDecision decision =
        decision_on(message, {{own_id, ticket(7, {"ann@school.example"}), {}}});
    EXPECT_EQ(decision.ticket, TicketId{7});
    EXPECT_EQ(decision.evidence.back(), "the sender takes no part in the ticket yet");
}

TEST(ThreadOf, TakesAForgedTokenFromNobody) {
    std::string forged = own_id;
    forged[own_id.find('@') - 1] = forged[own_id.find('@') - 1] == 'a' ? 'b' : 'a';
    parsers::Message message = mail_from("ann@school.example");
    message.references = {forged};
    const ThreadDecision decision =
        decision_on(message, {{forged, ticket(7, {"ann@school.example"}), {}}});
    EXPECT_EQ(decision.ticket, std::nullopt);
    EXPECT_EQ(decision.possibly_belongs_to, TicketId{7});
}

TEST(ThreadOf, TakesAKnownMessageIdFromAParticipantOnly) {
    const std::vector<Candidate> candidates{
        {"first@school.example", ticket(7, {"ann@school.example"}), "ann@school.example"}};
    parsers::Message message = mail_from("Ann@School.example");
    message.in_reply_to = {"first@school.example"};
    EXPECT_EQ(decision_on(message, candidates).ticket, TicketId{7});

    message.from->address = "stranger@elsewhere.example";
    EXPECT_EQ(decision_on(message, candidates).ticket, std::nullopt);
    EXPECT_EQ(decision_on(message, candidates).possibly_belongs_to, TicketId{7});
}

TEST(ThreadOf, TakesATagFromAParticipantOnly) {
    const std::vector<Candidate> candidates{{"[HELP#7]", ticket(7, {"ann@school.example"}), {}}};
    parsers::Message message = mail_from("ann@school.example");
    message.subject = "Re: [HELP#7] projector";
    EXPECT_EQ(decision_on(message, candidates).ticket, TicketId{7});

    message.from->address = "mallory@elsewhere.example";
    const ThreadDecision decision = decision_on(message, candidates);
    EXPECT_EQ(decision.ticket, std::nullopt);
    EXPECT_EQ(decision.possibly_belongs_to, TicketId{7});
    EXPECT_EQ(decision.evidence,
              std::vector<std::string>{
                  "subject tag [HELP#7] names ticket 7, but the sender takes no part in it"});
}

/// People of the desk take part in every ticket: by its tag and by any mail of it that we know.
TEST(ThreadOf, TakesTagsAndKnownMessageIdsFromTheDesk) {
    const std::vector<Candidate> candidates{
        {"[HELP#7]", ticket(7, {"ann@school.example"}), {}},
        {"first@school.example", ticket(8, {"ann@school.example"}), "ann@school.example"}};
    parsers::Message message = mail_from("tom@desk.example");
    message.subject = "Re: [HELP#7] projector";
    const auto of_the_desk = [&] {
        return thread_of(message, thread_claims(message, policy), candidates, Writer::of_the_desk);
    };
    EXPECT_EQ(of_the_desk().ticket, TicketId{7});
    EXPECT_EQ(of_the_desk().evidence,
              std::vector<std::string>{
                  "subject tag [HELP#7] names ticket 7, and the sender is of the desk"});
    message.in_reply_to = {"first@school.example"};
    EXPECT_EQ(of_the_desk().ticket, TicketId{8}) << "a reference goes before a tag";
    message.in_reply_to = {"never-seen@school.example"};
    message.subject = "printer";
    EXPECT_EQ(of_the_desk().ticket, std::nullopt);
}

// A From that nothing proves takes part in no ticket; our own token is a proof of its own.
TEST(ThreadOf, TakesATokenAloneFromWhoIsNotBelieved) {
    const std::string token =
        make_message_id({TicketId{9}, "ack-1"}, policy.keys.current, "desk.example");
    const std::vector<Candidate> candidates{
        {"[HELP#7]", ticket(7, {"ann@school.example"}), {}},
        {"first@school.example", ticket(8, {"ann@school.example"}), "ann@school.example"},
        {token, ticket(9, {"ann@school.example"}), {}}};
    parsers::Message message = mail_from("ann@school.example");
    message.subject = "Re: [HELP#7] projector";
    const auto doubted = [&] {
        return thread_of(message, thread_claims(message, policy), candidates, Writer::not_believed);
    };
    EXPECT_EQ(doubted().ticket, std::nullopt);
    EXPECT_EQ(doubted().possibly_belongs_to, TicketId{7});
    EXPECT_EQ(doubted().evidence,
              std::vector<std::string>{
                  "subject tag [HELP#7] names ticket 7, but nothing proves who has sent it"});
    message.in_reply_to = {"first@school.example"};
    EXPECT_EQ(doubted().ticket, std::nullopt);
    EXPECT_EQ(doubted().possibly_belongs_to, TicketId{8});
    message.in_reply_to = {token};
    EXPECT_EQ(doubted().ticket, TicketId{9});
    EXPECT_EQ(doubted().evidence.back(), "nothing proves who has sent it");
}

TEST(ThreadOf, TakesNoAmbiguousMessageId) {
    parsers::Message message = mail_from("ann@school.example");
    message.in_reply_to = {"same@mailer.example"};
    const Ticket one = ticket(7, {"ann@school.example"});
    EXPECT_EQ(
        decision_on(message, {{"same@mailer.example", one, "ann@school.example"},
                              {"same@mailer.example", ticket(8, {"bob@school.example"}),
                               "bob@school.example"}}),
        (ThreadDecision{
            {},
            {},
            {"known message-id <same@mailer.example> is ambiguous: more than one mail bears it"}}));
    EXPECT_EQ(decision_on(message, {{"same@mailer.example", one, "ann@school.example"},
                                    {"same@mailer.example", one, "bob@school.example"}})
                  .ticket,
              std::nullopt);
}

TEST(ThreadOf, GoesOnToWeakerEvidenceWhereTheStrongerNamesNothing) {
    parsers::Message message = mail_from("ann@school.example");
    message.in_reply_to = {"unknown@school.example"};
    message.subject = "[HELP#8] [HELP#7]";
    const ThreadDecision decision =
        decision_on(message, {{"[HELP#8]", ticket(8, {"bob@school.example"}), {}},
                              {"[HELP#7]", ticket(7, {"ann@school.example"}), {}}});
    EXPECT_EQ(decision.ticket, TicketId{7});
    EXPECT_EQ(decision.possibly_belongs_to, std::nullopt);
}

TEST(ThreadOf, HasNoEvidenceForAMailWithoutSender) {
    parsers::Message message;
    message.subject = "[HELP#7]";
    EXPECT_EQ(decision_on(message, {{"[HELP#7]", ticket(7, {""}), {}}}).ticket, std::nullopt);
}

/// A digest quotes the tags of many tickets: its reader means none of them, or nobody knows which.
TEST(ThreadOf, JoinsNoneOfTheTicketsThatADigestQuotes) {
    const std::string digest =
        make_message_id({TicketId{}, "digest-1"}, Bond{"tom@desk.example", ReplyMeans::note},
                        policy.keys.current, "desk.example");
    const std::vector<Candidate> candidates{{"[HELP#9]", ticket(9, {"tom@desk.example"}), {}},
                                            {own_id, ticket(7, {"tom@desk.example"}), {}}};
    parsers::Message message = mail_from("tom@desk.example");
    message.in_reply_to = {digest};
    message.subject = "Re: [HELP#9] 3 things";
    message.quoted_text = "[HELP#9] Printer\n[HELP#8] Beamer";
    for (const Writer writer : {Writer::anybody, Writer::of_the_desk}) {
        const ThreadDecision decision =
            thread_of(message, thread_claims(message, policy), candidates, writer);
        EXPECT_TRUE(decision.is_about_none);
        EXPECT_EQ(decision.ticket, std::nullopt);
        EXPECT_EQ(decision.evidence.size(), 1U);
    }
    message.references = {own_id, digest};
    EXPECT_TRUE(decision_on(message, candidates).is_about_none) << "the digest is newer";
    message.in_reply_to = {own_id};
    EXPECT_EQ(decision_on(message, candidates).ticket, TicketId{7});
    EXPECT_FALSE(decision_on(message, candidates).is_about_none);
    message.in_reply_to = {make_message_id({TicketId{}, "digest-1"},
                                           Bond{"tom@desk.example", ReplyMeans::note},
                                           "another key", "desk.example")};
    message.references.clear();
    EXPECT_EQ(decision_on(message, candidates).ticket, TicketId{9}) << "a forged one says nothing";
}

}  // namespace
}  // namespace bellhop::rules
