#include "daemon/process/log.hpp"

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

TEST(LogValue, LeavesPlainWordsAlone) {
    EXPECT_EQ(log_value("support"), "support");
    EXPECT_EQ(log_value("m1@school.example"), "m1@school.example");
}

TEST(LogValue, QuotesWhatCouldBeTakenForTheNextField) {
    EXPECT_EQ(log_value(""), "\"\"");
    EXPECT_EQ(log_value("two words"), "\"two words\"");
    EXPECT_EQ(log_value("a=b"), "\"a=b\"");
    EXPECT_EQ(log_value("say \"hi\" \\"), "\"say \\\"hi\\\" \\\\\"");
}

TEST(LogValue, LetsNoForeignTextBeginALine) {
    EXPECT_EQ(log_value("x\r\n2026-11-25 error fake"), "\"x\\x0d\\x0a2026-11-25 error fake\"");
    EXPECT_EQ(log_value("\x1b[31mred\x7f"), "\"\\x1b[31mred\\x7f\"");
}

TEST(LogValue, CutsLongTextBetweenCharacters) {
    const std::string value = log_value(std::string(299, 'x') + "é and more");
    EXPECT_EQ(value, "\"" + std::string(299, 'x') + "...\"");
}

}  // namespace
}  // namespace bellhop::daemon
