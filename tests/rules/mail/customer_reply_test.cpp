#include "rules/mail/customer_reply.hpp"

#include <gtest/gtest.h>

#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

parsers::Message reply(const std::string& text) {
    parsers::Message message;
    message.reply_text = text;
    return message;
}

class Thanks : public testing::TestWithParam<const char*> {};
class Work : public testing::TestWithParam<const char*> {};

TEST_P(Thanks, DoNotOpenATicketAgain) {
    EXPECT_EQ(read_reply(reply(GetParam())), (ReplyReading{false, {}}));
}

TEST_P(Work, OpensATicketAgain) {
    EXPECT_EQ(read_reply(reply(GetParam())), (ReplyReading{true, {}}));
}

INSTANTIATE_TEST_SUITE_P(
    CustomerReply,
    Thanks,
    testing::Values("Thanks!",
                    "thank you",
                    "Thank you so much for your help, Tess.\n\nBest wishes\nAnn",
                    "Brilliant, many thanks - it is all working now.",
                    "Hi Sam,\n\nPerfect, thanks again!\n\nKind regards,\nMrs Khan",
                    "It's working again, thank you",
                    "Cheers",
                    "Fab, thx x",
                    "That's great, much appreciated.",
                    "All sorted, thank you.\nSent from my iPhone",
                    "\xf0\x9f\x91\x8d",
                    "Vielen Dank f\xc3\xbcr die schnelle Hilfe!",
                    "Merci beaucoup, \xc3\xa7"
                    "a marche",
                    "Muchas gracias",
                    "Dzi\xc4\x99kuj\xc4\x99 bardzo",
                    "Diolch yn fawr iawn",
                    "Mul\xc8\x9bumesc mult",
                    "Hartelijk bedankt"));

/// As people of schools write who only want to be polite.
INSTANTIATE_TEST_SUITE_P(
    FromSchools,
    Thanks,
    testing::Values("Many thanks for your help. Have a nice weekend!",
                    "Thanks Sam!\n\nAnn Example\nHill Primary\n01632 960001",
                    "Great, ticket can be closed.",
                    "Thanks, you can close this.",
                    "Please close this ticket, thank you",
                    "Thank you Sam, that has done the trick.",
                    "Brilliant, thank you. Enjoy your half term!",
                    "Thanks for letting me know.",
                    "Thanks for coming out today.",
                    "Thank you for your patience with me!",
                    "Thanks, much appreciated. See you on Thursday.",
                    "Thanks - printer prints again.",
                    "Yes it works, thank you",
                    "Hi Sam,\n\nThank you for resolving this.\n\nKind regards\nAnn Example\nOffice "
                    "Manager\nHill Primary School",
                    "Thanks for your help, Sam. Merry Christmas to you all!",
                    "Received with thanks",
                    "Noted, thanks.",
                    "Got it, thanks!",
                    "Will do, thanks",
                    "No problem, thanks",
                    "No worries. Thanks for trying.",
                    "Amazing!! Thank you \xf0\x9f\x98\x8a",
                    "You are a star Sam x",
                    "Problem solved, thank you.",
                    "Issue resolved. Thanks!",
                    "Thanks, no further questions.",
                    "Thank you. The children are very happy!",
                    "Thanks, it is fixed and the class can see the board again",
                    "Cheers mate",
                    "Merci beaucoup, bonne journ\xc3\xa9"
                    "e",
                    "Danke, l\xc3\xa4uft wieder.",
                    "Vielen Dank, alles klar!",
                    "Happy days, thanks",
                    "Thanks.\n\nSent from Outlook for iOS"));

/// Each begins as a thank-you and is none.
INSTANTIATE_TEST_SUITE_P(
    BehindThanks,
    Work,
    testing::Values("Thanks, can you help",
                    "Thanks, can you close the other one",
                    "Great, now the sound is gone",
                    "Good morning, the printer prints blank pages",
                    "Thanks. It is out again",
                    "Thank you. It is out",
                    "Problem solved for me, the class has no sound",
                    "No problem with the first one, the second is dark",
                    "Thanks, no internet",
                    "Will you do it, thanks",
                    "Thanks, the projector works intermittently",
                    "Thanks!\n\nRoom Twelve\nProjector Dark",
                    "Thanks\n\nAnn Example\n01632 960001\n\nThe laptop is dark",
                    "Thanks. Please close the windows in room 4",
                    "Lovely, the screen flickers",
                    "OK, the ticket is closed and it has failed again",
                    "Thanks, it works. The board is black",
                    "Thank you for closing this without an answer",
                    "Happy? We are not",
                    "Cheers, more toner"));

INSTANTIATE_TEST_SUITE_P(CustomerReply,
                         Work,
                         testing::Values("",
                                         "Thanks, but it is still not working.",
                                         "Thanks. Could you also look at the printer?",
                                         "Thank you. Is it fixed",
                                         "It has happened again",
                                         "Again",
                                         "Thanks, room 12 as well please",
                                         "THANKS. PRINTER BROKEN",
                                         "Thanks. Broken again.",
                                         "Thanks for nothing",
                                         "Thank you, however the sound does not come",
                                         "It doesn't work",
                                         "Thanks. I have a problem",
                                         "The projector is dark",
                                         "When",
                                         "Danke, aber es geht nicht",
                                         "Merci mais ca ne marche pas",
                                         "Dziekuje ale nie dziala",
                                         "Ann Smith",
                                         "Thanks Ann Bob Carol Dave"));

struct Rated {
    const char* text;
    int rating;
    bool wants_work;
};

class Ratings : public testing::TestWithParam<Rated> {};

TEST_P(Ratings, AreRead) {
    EXPECT_EQ(read_reply(reply(GetParam().text)),
              (ReplyReading{GetParam().wants_work, GetParam().rating}))
        << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(CustomerReply,
                         Ratings,
                         testing::Values(Rated{"5", 5, false},
                                         Rated{"  4.\n", 4, false},
                                         Rated{"3/5", 3, false},
                                         Rated{"Rating: 2 out of 5", 2, false},
                                         Rated{"5 stars!", 5, false},
                                         Rated{"5 - Tess was quick and kind", 5, false},
                                         Rated{"4\n\nThank you\nAnn", 4, false},
                                         Rated{"5 out of 5 for the whole team", 5, false},
                                         Rated{"5 Great, thank you!", 5, false},
                                         Rated{"five", 5, false},
                                         Rated{"Four.", 4, false},
                                         Rated{"Three stars", 3, false},
                                         Rated{"4 good but slow", 4, false},
                                         Rated{"4 - a bit slow though", 4, false},
                                         Rated{"2 - slow", 2, true},
                                         Rated{"5 - great, but please bring the cable", 5, true},
                                         Rated{"5/5 great work", 5, false},
                                         Rated{"4 good but it has stopped again", 4, true},
                                         Rated{"1\nIt is still broken", 1, true},
                                         Rated{"10/10", 5, false},
                                         Rated{"9 out of 10, really quick", 5, false},
                                         Rated{"7/10 good", 4, false},
                                         Rated{"2/10 still broken", 1, true},
                                         Rated{"2 - when will you come?", 2, true}));

class NoRatings : public testing::TestWithParam<const char*> {};

TEST_P(NoRatings, AreWork) {
    EXPECT_EQ(read_reply(reply(GetParam())), (ReplyReading{true, {}})) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(CustomerReply,
                         NoRatings,
                         testing::Values("2 computers are dark",
                                         "3pm would suit",
                                         "15",
                                         "0",
                                         "6",
                                         "11/10",
                                         "0/10",
                                         "10/12 is the day of the play",
                                         "2-3 computers",
                                         "1) it hums",
                                         "1. it hums",
                                         "room 5",
                                         "five computers are dark",
                                         "One of them is dark",
                                         "5good",
                                         "5 good laptops needed",
                                         "1 working laptop is needed"));

TEST(CustomerReply, ShowsSomethingWithAnAttachment) {
    parsers::Message message = reply("Thanks");
    message.attachments.push_back(
        {"screen.png", "image/png", "x", "", parsers::Disposition::attachment, ""});
    EXPECT_TRUE(read_reply(message).wants_work);
    message.attachments.front().disposition = parsers::Disposition::inline_part;
    EXPECT_FALSE(read_reply(message).wants_work) << "the logo of a signature";
    message.content = parsers::MessageContent::image_only;
    EXPECT_TRUE(read_reply(message).wants_work);
}

TEST(CustomerReply, IsBoundedByWhatAThankYouIs) {
    EXPECT_TRUE(read_reply(reply("thanks " + std::string(100'000, 'x'))).wants_work);
}

TEST(CustomerReply, ReopensForTenBusinessDays) {
    const BusinessCalendar desk = calendar_of(provider_plan());
    std::vector<TicketEvent> log{{london("2026-09-15 09:00"),
                                  Event::created,
                                  "gateway",
                                  {},
                                  {{"priority", "P2"}, {"status", "open"}}}};
    EXPECT_EQ(reopens_until({}, SlaPolicy{}, desk), std::nullopt);
    EXPECT_EQ(reopens_until(log, SlaPolicy{}, desk), std::nullopt);
    log.push_back(
        {london("2026-09-15 10:00"), Event::status, "agent Tess", {}, {{"to", "resolved"}}});
    log.push_back({london("2026-09-20 10:00"), Event::thanks, "ann@school.example", {}, {}});
    EXPECT_EQ(reopens_until(log, SlaPolicy{}, desk), london("2026-09-29 10:00"));
}

constexpr std::chrono::sys_seconds at{1'790'000'000s};

ReplyVerdict on(const std::string& status,
                const std::string& text,
                std::optional<std::chrono::sys_seconds> until = at) {
    Ticket ticket;
    ticket.status = status;
    StatusRules statuses = shipped_statuses();
    statuses.push_back({"waiting_parts", ClockMode::pause, "queued"});
    statuses.push_back({"done", ClockMode::stop, ""});
    return verdict_on(reply(text), ticket, statuses, until, at);
}

TEST(CustomerReply, EndsAWaitWhateverItSays) {
    EXPECT_EQ(on("waiting_customer", "Thanks").effect, ReplyEffect::moves_on);
    EXPECT_EQ(on("waiting_customer", "the blue one").to, "open");
    EXPECT_EQ(on("waiting_parts", "the blue one").to, "queued");
    EXPECT_EQ(on("waiting_third_party", "any news").effect, ReplyEffect::none);
    EXPECT_EQ(on("open", "any news").effect, ReplyEffect::none);
}

TEST(CustomerReply, ReopensWithinTheWindow) {
    EXPECT_EQ(on("resolved", "still dark"), (ReplyVerdict{ReplyEffect::reopens, "open", {}}));
    EXPECT_EQ(on("done", "still dark").to, "open");
    EXPECT_EQ(on("resolved", "still dark", at - 1s).effect, ReplyEffect::follows);
    EXPECT_EQ(on("resolved", "still dark", std::nullopt).effect, ReplyEffect::reopens);
    EXPECT_EQ(on("closed", "still dark").effect, ReplyEffect::follows);
}

TEST(CustomerReply, LeavesADoneTicketAloneForThanksAndRatings) {
    EXPECT_EQ(on("resolved", "Thanks!"), (ReplyVerdict{ReplyEffect::none, "", {false, {}}}));
    EXPECT_EQ(on("closed", "5", at - 1s), (ReplyVerdict{ReplyEffect::none, "", {false, 5}}));
    EXPECT_EQ(on("resolved", "1\nIt is still broken"),
              (ReplyVerdict{ReplyEffect::reopens, "open", {true, 1}}));
}

}  // namespace
}  // namespace bellhop::rules
