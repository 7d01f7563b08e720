#include "rules/ticket/doubt.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

TEST(Doubt, IsToldWithThePriority) {
    Ticket ticket;
    ticket.priority = "P2";
    ticket.tags = {"network", "perhapsP3"};
    EXPECT_EQ(priority_in_words(ticket), "P2");
    EXPECT_EQ(second_choice(ticket.tags), "");
    ticket.tags.push_back(doubt_tag("P1"));
    EXPECT_EQ(priority_in_words(ticket), "P2, perhaps P1");
    EXPECT_EQ(second_choice(ticket.tags), "P1");
}

}  // namespace
}  // namespace bellhop::rules
