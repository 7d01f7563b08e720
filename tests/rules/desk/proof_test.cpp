#include "rules/desk/proof.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

const TokenKeys keys{"the key"};
const std::string tom = "tom@desk.example";

std::string sent_to(const std::string& reader,
                    std::int64_t ticket = 7,
                    ReplyMeans reply = ReplyMeans::answer) {
    return make_message_id({TicketId{ticket}, "notify-1-1"}, Bond{reader, reply}, keys.current,
                           "desk.example");
}

parsers::Message mail(const std::string& header) {
    return parsers::parse_message("To: it@desk.example\r\nSubject: Re: printer\r\n" + header +
                                  "\r\nHello\r\n");
}

std::optional<Proof> proof(const parsers::Message& message,
                           const std::vector<std::string>& exposed = {}) {
    return proof_of(message, {TicketId{7}}, {tom, "team@desk.example"}, keys, exposed);
}

TEST(PlainAuthor, StandsInOneFromFieldAlone) {
    for (const char* from :
         {"From: tom@desk.example", "From: <tom@desk.example>", "From: Tom <tom@desk.example>",
          "From: \"Brown, Tom\" <tom@desk.example>", "from:Tom Brown<Tom@DESK.example>",
          "From: \"tom@desk.example\" <tom@desk.example>",
          "From: =?utf-8?q?T=C3=B6m?= <tom@desk.example>", "From: Tom\r\n <tom@desk.example>",
          "From: Tom <tom@desk.example>\r\nSender: Tom <tom@desk.example>"}) {
        EXPECT_EQ(parsers::address_key(plain_author(mail(std::string{from} + "\r\n"))), tom)
            << from;
    }
}

/// Where a mail program shows one author and another program another, nobody has proved anything.
TEST(PlainAuthor, IsNobodyWhereProgramsDiffer) {
    for (const char* from :
         {"From: tom@desk.example, eve@evil.example", "From: eve@evil.example, tom@desk.example",
          "From: Eve <eve@evil.example>\r\nFrom: tom@desk.example",
          "From: tom@desk.example\r\nFrom: Eve <eve@evil.example>", "Sender: tom@desk.example",
          "Reply-To: tom@desk.example", "From: Tom\r\nReply-To: tom@desk.example",
          "From: <>\r\nSender: tom@desk.example", "From: tom@desk.example <x>",
          "From: =?utf-8?q?tom=40desk.example?=", "From: =?utf-8?q?Tom_=3Ctom=40desk.example=3E?=",
          "From: Team: tom@desk.example;", "From: <@evil.example:tom@desk.example>",
          "From: tom@desk.example (eve@evil.example)", "From: eve@evil.example <tom@desk.example>",
          "From: Tom <tom@desk.example>\r\nSender: eve@evil.example",
          "From: tom@desk.example <eve@evil.example> <tom@desk.example>",
          "X-From: tom@desk.example"}) {
        EXPECT_EQ(plain_author(mail(std::string{from} + "\r\n")), "") << from;
    }
}

TEST(ProofOf, IsTheNewestMailOfOursThatHeAnswers) {
    const std::string from = "From: Tom <tom@desk.example>\r\n";
    const std::string note = sent_to(tom, 7, ReplyMeans::note);
    const std::string answer = sent_to(tom);
    EXPECT_EQ(proof(mail(from + "In-Reply-To: <" + answer + ">\r\n"))->reply, ReplyMeans::answer);
    EXPECT_EQ(proof(mail(from + "References: <" + answer + "> <" + note + ">\r\n"))->reply,
              ReplyMeans::note);
    EXPECT_EQ(proof(mail(from + "In-Reply-To: <" + answer + ">\r\nReferences: <" + note + ">\r\n"))
                  ->reply,
              ReplyMeans::answer);
    EXPECT_EQ(proof(mail(from + "In-Reply-To: <" + sent_to("team@desk.example") + ">\r\n"))->reply,
              ReplyMeans::answer)
        << "a mail to his team is a mail to him";
}

TEST(ProofOf, CountsNotForOthersOrOtherTicketsOrExposedMails) {
    const std::string from = "From: Tom <tom@desk.example>\r\n";
    const std::string own = sent_to(tom);
    for (const std::string& id :
         {sent_to("raj@desk.example"), sent_to(tom, 8),
          make_message_id({TicketId{7}, "ack-1"}, keys.current, "desk.example"),
          std::string{"first@hill.example"}}) {
        EXPECT_FALSE(proof(mail(from + "In-Reply-To: <" + id + ">\r\n"))) << id;
    }
    EXPECT_FALSE(proof(mail(from + "In-Reply-To: <" + own + ">\r\n"), {own}));
    EXPECT_FALSE(
        proof(mail(from + "Auto-Submitted: auto-replied\r\nIn-Reply-To: <" + own + ">\r\n")));
    EXPECT_FALSE(
        proof(mail("From: raj@desk.example, tom@desk.example\r\nIn-Reply-To: <" + own + ">\r\n")));
}

TEST(Expose, NamesWhatAMailShowsOfOurMailsToTheDesk) {
    const std::string own = sent_to(tom);
    const std::string elsewhere = sent_to(tom, 8);
    const std::string ack = make_message_id({TicketId{7}, "ack-1"}, keys.current, "desk.example");
    const std::string foreign =
        make_message_id({TicketId{7}, "notify-1-1"}, Bond{tom, {}}, "another key", "desk.example");
    const auto shown = [&](const std::string& ids, std::optional<TicketId> here) {
        std::vector<std::pair<std::optional<TicketId>, std::vector<std::string>>> all;
        for (const Action& one :
             expose(mail("From: ann@hill.example\r\nReferences: " + ids + "\r\n"), here, keys,
                    std::chrono::sys_seconds{5s})) {
            const auto& record = std::get<Record>(one);
            EXPECT_EQ(record.event.at, std::chrono::sys_seconds{5s});
            all.emplace_back(record.other, exposed_ids({record.event}));
        }
        return all;
    };
    using Shown = decltype(shown("", {}));
    const std::string both = "<" + ack + "> <" + own + "> <" + foreign + "> <" + elsewhere + ">";
    EXPECT_EQ(shown(both, TicketId{7}),
              (Shown{{std::nullopt, {elsewhere, own}}, {TicketId{8}, {elsewhere}}}));
    EXPECT_EQ(shown("<" + own + ">", TicketId{7}), (Shown{{std::nullopt, {own}}}));
    EXPECT_EQ(shown("<" + own + ">", std::nullopt),
              (Shown{{std::nullopt, {own}}, {TicketId{7}, {own}}}))
        << "in a mail that opens a ticket";
    EXPECT_EQ(shown("<" + ack + "> <" + foreign + ">", TicketId{7}), Shown{});
}

/// An approver is on holiday: his yes counts all the same when he is back.
TEST(Expose, LeavesWhatSomebodysOutOfOfficeQuotesOfHisOwn) {
    const auto shows = [](const std::string& from, const std::string& id) {
        return !expose(mail("From: " + from + "\r\nAuto-Submitted: auto-replied\r\nReferences: <" +
                            id + ">\r\n"),
                       TicketId{7}, keys, std::chrono::sys_seconds{5s})
                    .empty();
    };
    EXPECT_FALSE(shows(tom, sent_to(tom)));
    EXPECT_TRUE(shows("ann@hill.example", sent_to(tom)));
}

}  // namespace
}  // namespace bellhop::rules
