#include "rules/mail/chase.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

const OwnTicket password{TicketId{6}, "Laptop password", "I have forgotten my laptop password."};
const OwnTicket projector{TicketId{7}, "Projector in room 4", "The projector stays dark."};

std::int64_t chased(const std::string& subject,
                    const std::string& text,
                    const std::vector<OwnTicket>& own = {password, projector}) {
    parsers::Message message;
    message.subject = subject;
    message.reply_text = text;
    const auto found = chased_ticket(message, own, "CASE");
    return found ? static_cast<std::int64_t>(found->ticket) : 0;
}

struct Case {
    const char* subject;
    const char* text;
    std::int64_t ticket;
};

TEST(Chase, FindsTheTicketThatIsAskedFor) {
    const Case cases[]{
        {"Any update?", "I wrote yesterday about my laptop password.", 6},
        {"Password", "Still waiting for my laptop password, any news?", 6},
        {"Projector", "Any progress on the projector? I teach at 11.", 7},
        {"Complaint", "I am not happy. Nobody has looked at the projector in room 4.", 7},
        {"Projector", "It is worse now, the projector smells.", 7},
        {"My ticket CASE#6 should be higher", "I cannot work.", 6},
        {"Question", "What about case 7?", 7},
        {"Ticket 7", "Please look at it again.", 7},
        {"Chasing", "Chasing this up: projector, room 4.", 7}};
    for (const Case& one : cases) {
        EXPECT_EQ(chased(one.subject, one.text), one.ticket) << one.subject << ": " << one.text;
    }
}

TEST(Chase, TakesTheOnlyOneWhereNothingElseIsSaid) {
    EXPECT_EQ(chased("Any news?", "Hello, any update please? Thanks", {projector}), 7);
    EXPECT_EQ(chased("Any news?", "Hello, any update please? Thanks"), 0) << "one of two";
}

TEST(Chase, KnowsAReplyByTheSubjectOfOneTicket) {
    EXPECT_EQ(chased("Re: Projector in room 4", "It is in the cupboard."), 7);
    EXPECT_EQ(chased("AW: PROJECTOR in room 4", "Gestern ging er noch."), 7);
    EXPECT_EQ(chased("Projector in room 4", "It is in the cupboard."), 0) << "a mail of its own";
    EXPECT_EQ(chased("Fwd: Projector in room 4", "See below."), 0) << "for somebody else";
    EXPECT_EQ(chased("Re: Projector in room 9", "It hums."), 0);
    EXPECT_EQ(chased("Re: ", "Hello."), 0);
    OwnTicket twin = projector;
    twin.id = TicketId{8};
    EXPECT_EQ(chased("Re: Projector in room 4", "Yes.", {projector, twin}), 0) << "which?";
}

TEST(Chase, LeavesANewTroubleAlone) {
    const Case cases[]{
        {"Printer", "The printer in the office jams.", 0},
        {"Laptop", "My laptop has a broken hinge.", 0},
        {"Projector in room 9", "The projector in room 9 hums.", 0},
        {"Any news on the new phones?", "We were promised handsets for reception in September.", 0},
        {"Room 4", "Still no heating in there, and no curtains.", 0},
        {"Ticket prices", "How many tickets for the school play are left?", 0},
        {"Numbers", "We have 7 ticket machines.", 0}};
    for (const Case& one : cases) {
        EXPECT_EQ(chased(one.subject, one.text), one.ticket) << one.subject << ": " << one.text;
    }
    std::string essay = "Any news about the projector? ";
    for (int i = 0; i < 150; ++i) essay += "word" + std::to_string(i) + " ";
    EXPECT_EQ(chased("Projector", essay), 0) << "who writes so much has something new to say";
    EXPECT_EQ(chased("Any news?", "about my laptop password", {}), 0);
    parsers::Message robot;
    robot.subject = "Any news about the projector";
    robot.kind = parsers::MessageKind::automatic;
    EXPECT_FALSE(chased_ticket(robot, {projector}, "CASE"));
}

}  // namespace
}  // namespace bellhop::rules
