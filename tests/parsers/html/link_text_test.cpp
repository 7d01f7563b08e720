#include "parsers/html/link_text.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(LinkText, LeadsNowhereInsideTheMail) {
    for (const char* href : {"#top", "javascript:run()", "JavaScript:run()", "cid:logo@x", "",
                             "data:text/html,x", "vbscript:x"}) {
        EXPECT_EQ(link_target(href), "") << href;
    }
}

TEST(LinkText, KeepsAnAddressAndNothingThatCouldEndIt) {
    EXPECT_EQ(link_target("https://x.example/a?b=1&amp;c=2"), "https://x.example/a?b=1&c=2");
    const std::string hostile = link_target("https://x.example/a b>c<d\ne");
    EXPECT_EQ(hostile.find_first_of(" <>\n"), std::string::npos) << hostile;
    EXPECT_LE(link_target("https://x.example/" + std::string(5000, 'a')).size(), max_link);
}

TEST(LinkText, IsSaidOnceWhereTheTextSaysItAlready) {
    for (const char* shown : {"x.example", "www.x.example", "https://x.example/",
                              "http://www.X.example", "HTTPS://X.EXAMPLE"}) {
        EXPECT_TRUE(is_same_link(shown, "https://www.x.example/")) << shown;
    }
    for (const char* shown :
         {"y.example", "x.example/login", "the page", "", "x.example.evil.example"}) {
        EXPECT_FALSE(is_same_link(shown, "https://www.x.example/")) << shown;
    }
}

}  // namespace
}  // namespace bellhop::parsers
