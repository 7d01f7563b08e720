#include "parsers/html/html_tag.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(HtmlTag, KnowsElementsByName) {
    EXPECT_EQ(html_tag("p"), HtmlTag::p);
    EXPECT_EQ(html_tag("blockquote"), HtmlTag::blockquote);
    EXPECT_EQ(html_tag("video"), HtmlTag::video);
    for (const std::string unknown : {"", "o:p", "P", "blockquotes", "blockquot", "other", "count"})
        EXPECT_EQ(html_tag(unknown), HtmlTag::other) << unknown;
}

TEST(HtmlTag, TellsLinesOfTheirOwnFromPartsOfALine) {
    for (const std::string block :
         {"p", "div", "h3", "li", "tr", "table", "blockquote", "hr", "pre"})
        EXPECT_TRUE(is_block(html_tag(block))) << block;
    // A cell stands beside the cell before it.
    for (const std::string part : {"span", "a", "b", "td", "th", "br", "img", "font", "o:p"})
        EXPECT_FALSE(is_block(html_tag(part))) << part;
}

TEST(HtmlTag, KnowsWhichElementsNeverEnd) {
    for (const std::string empty : {"br", "hr", "img", "input"})
        EXPECT_TRUE(is_void(html_tag(empty))) << empty;
    for (const std::string other : {"p", "a", "textarea", "o:p"})
        EXPECT_FALSE(is_void(html_tag(other))) << other;
}

}  // namespace
}  // namespace bellhop::parsers
