#include "rules/ticket/action.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

/// The log tells of a change under the field's own name: databases hold these words.
TEST(TicketField, IsToldOfUnderItsOwnName) {
    EXPECT_EQ(EventType{event_of(TicketField::priority)}.text(), "priority");
    EXPECT_EQ(EventType{event_of(TicketField::team)}.text(), "team");
    EXPECT_EQ(EventType{event_of(TicketField::assignee)}.text(), "assignee");
    EXPECT_EQ(EventType{event_of(TicketField::category)}.text(), "category");
}

}  // namespace
}  // namespace bellhop::rules
