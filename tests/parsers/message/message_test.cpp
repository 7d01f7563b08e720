#include "parsers/message/message.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(Message, FindsItsFieldsInAnyCaseTheFirstOfEach) {
    Message message;
    message.fields = {{"X-One", "a"}, {"x-one", "b"}, {"Empty", ""}};
    EXPECT_EQ(message.field("X-ONE"), "a");
    EXPECT_EQ(message.field("X-On"), "");
    EXPECT_EQ(message.field("empty"), "");
    EXPECT_TRUE(message.has_field("EMPTY"));
    EXPECT_FALSE(message.has_field("X-On"));
    EXPECT_FALSE(Message{}.has_field(""));
}

}  // namespace
}  // namespace bellhop::parsers
