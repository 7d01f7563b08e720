#include "parsers/html/list_number.hpp"

#include <gtest/gtest.h>

#include "parsers/html/html_text.hpp"

namespace bellhop::parsers {
namespace {

TEST(ListNumber, IsWrittenAsBrowsersDo) {
    EXPECT_EQ(list_number(3, '1'), "3");
    EXPECT_EQ(list_number(3, 'a'), "c");
    EXPECT_EQ(list_number(26, 'A'), "Z");
    EXPECT_EQ(list_number(28, 'a'), "ab");
    EXPECT_EQ(list_number(1994, 'I'), "MCMXCIV");
    EXPECT_EQ(list_number(4, 'i'), "iv");
    EXPECT_EQ(list_number(0, 'a'), "0");
    EXPECT_EQ(list_number(999'999, 'i'), "999999");
}

TEST(ListNumber, ReadsAttributes) {
    EXPECT_EQ(number_or("7", 1), 7);
    EXPECT_EQ(number_or("", 1), 1);
    EXPECT_EQ(number_or("-2", 1), 1);
    EXPECT_EQ(number_or("99999999", 1), 1);
    EXPECT_EQ(list_style("A"), 'A');
    EXPECT_EQ(list_style("disc"), '1');
}

TEST(ListNumber, IsShownInTheText) {
    EXPECT_EQ(html_to_text("<ol type=a><li>x<li>y</ol>"), "a. x\nb. y");
    EXPECT_EQ(html_to_text("<ol><li value=5>x<li>y</ol>"), "5. x\n6. y");
    EXPECT_EQ(html_to_text("<ol type=I start=4><li>x<li>y</ol>"), "IV. x\nV. y");
}

}  // namespace
}  // namespace bellhop::parsers
