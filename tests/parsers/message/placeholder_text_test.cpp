#include "parsers/message/placeholder_text.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

const std::string html = "<h1>Backup failed</h1><p>Job Daily on SRV1 failed: the disk is full.</p>";

TEST(PlaceholderText, IsWhatSaysNothing) {
    for (const std::string text :
         {"", " \n", "-", "\xC2\xA0\xC2\xA0", "\xEF\xBB\xBF", "[image: logo]",
          "[cid:image001.png@01DB1234]", "https://x.example/v/1", "<https://x.example/v/1>",
          "This message requires an HTML viewer.",
          "To view this message, please use an HTML compatible email viewer!",
          "Your email client does not support HTML messages.",
          "View this email in your browser: https://x.example/v/1",
          "Unsubscribe: https://x.example/u", "Diese E-Mail im Browser ansehen", "Backup"}) {
        EXPECT_TRUE(is_placeholder(text, html)) << text;
    }
}

TEST(PlaceholderText, IsNothingThatSaysAsMuch) {
    for (const std::string text :
         {"Backup failed: Job Daily on SRV1", "The board is dark", "打印机 坏 了 请 修"}) {
        EXPECT_FALSE(is_placeholder(text, html)) << text;
        EXPECT_FALSE(is_placeholder(text, "<p>" + text + "</p>")) << text;
    }
    EXPECT_FALSE(is_placeholder("yes", "<p>yes</p>"));
    EXPECT_FALSE(is_placeholder("This message requires an HTML viewer.", "<img src=x>"));
    EXPECT_FALSE(is_placeholder("", "<img src=x>"));
    std::string long_text;
    for (int i = 0; i < 50; ++i) long_text += "word ";
    EXPECT_FALSE(is_placeholder(long_text + "unsubscribe", html));
}

}  // namespace
}  // namespace bellhop::parsers
