#include "rules/desk/outage.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

const std::vector<std::string> priorities{"P1", "P2", "P3"};

Ticket first(const std::string& priority) {
    Ticket ticket;
    ticket.priority = priority;
    return ticket;
}

TEST(Outage, RaisesTheFirstToWhatALaterMailShows) {
    EXPECT_EQ(
        raise_first(first("P3"), "P1", priorities, "by the rule \"a surge\""),
        (Actions{SetField{TicketField::priority, "P1", "gateway", "by the rule \"a surge\""}}));
    EXPECT_TRUE(raise_first(first("P1"), "P1", priorities, "").empty());
    EXPECT_TRUE(raise_first(first("P1"), "P3", priorities, "").empty()) << "it is never lowered";
    EXPECT_FALSE(raise_first(first(""), "P2", priorities, "").empty()) << "it had none";
}

TEST(Outage, IsAnsweredForAllWhoHaveReportedIt) {
    const auto reply = order_for_part(ReplyOrder{"We are on it.", "resolved"});
    ASSERT_TRUE(reply.has_value());
    EXPECT_EQ(std::get<ReplyOrder>(*reply).text, "We are on it.");
    EXPECT_EQ(std::get<ReplyOrder>(*reply).status, "resolved");
    EXPECT_TRUE(order_for_part(StatusOrder{"resolved", "the line is up"}).has_value());
    EXPECT_TRUE(order_for_part(StatusOrder{"waiting_third_party", "the provider"}).has_value());
    EXPECT_TRUE(order_for_part(UndoOrder{}).has_value());
}

TEST(Outage, MakesNobodyWaitForAnAnswerThatOnlyOneCanGive) {
    const auto question = order_for_part(ReplyOrder{"Is the red light on?", "waiting_customer"});
    ASSERT_TRUE(question.has_value());
    EXPECT_EQ(std::get<ReplyOrder>(*question).status, "");
    EXPECT_FALSE(order_for_part(StatusOrder{"waiting_customer", "the light"}).has_value());
}

TEST(Outage, LeavesAloneWhatConcernsTheFirstOnly) {
    EXPECT_FALSE(order_for_part(NoteOrder{"the fibre is cut"}).has_value());
    EXPECT_FALSE(order_for_part(SpamOrder{}).has_value());
    EXPECT_FALSE(order_for_part(PriorityOrder{"P1"}).has_value());
    EXPECT_FALSE(order_for_part(AssignOrder{}).has_value());
}

TEST(Outage, SaysHowManyHaveHeard) {
    EXPECT_EQ(words_for_parts(1), "Said to the one other who has reported it, too.");
    EXPECT_EQ(words_for_parts(4), "Said to the 4 others who have reported it, too.");
}

}  // namespace
}  // namespace bellhop::rules
