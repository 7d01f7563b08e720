#include "parsers/text/normal_form.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(NormalForm, IsC) {
    EXPECT_EQ(normalized("u\xCC\x88"), "ü");
    EXPECT_EQ(normalized("bad \xFF"), "bad \xEF\xBF\xBD");
    EXPECT_EQ(normalized("plain"), "plain");
}

TEST(NormalForm, KeepsAtMostThirtyMarksOnACharacter) {
    std::string text = "e";
    for (int i = 0; i < 100000; ++i) text += "\xCC\x81\xCC\xA3";  // out of their canonical order
    const std::string safe = normalized(text);
    EXPECT_TRUE(safe.starts_with("\u1EB9\u0323"));
    EXPECT_NE(safe.find("\u034F"), std::string::npos);
    EXPECT_EQ(normalized(safe), safe);
}

}  // namespace
}  // namespace bellhop::parsers
