#include "parsers/html/html_style.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(HtmlStyle, HidesWhatAReaderDoesNotSee) {
    for (const std::string hidden :
         {"display:none", "DISPLAY : None !important", "color:red;display:none;",
          "visibility:hidden", "opacity:0", "opacity: 0.0", "max-height:0;overflow:hidden",
          "overflow:hidden;width:0px", "mso-hide:all; display:none"}) {
        EXPECT_TRUE(read_style(hidden).hidden) << hidden;
    }
    for (const std::string shown :
         {"", "display:block", "visibility:visible", "opacity:0.4", "opacity:1", "height:0",
          "max-height:0;overflow:visible", "height:10px;overflow:hidden", "display", ";;:;"}) {
        EXPECT_FALSE(read_style(shown).hidden) << shown;
    }
}

TEST(HtmlStyle, TellsWhetherAFontHasASize) {
    EXPECT_EQ(read_style("color:red").zero_font, std::nullopt);
    EXPECT_EQ(read_style("font-size:0").zero_font, true);
    EXPECT_EQ(read_style("font-size: 0px").zero_font, true);
    EXPECT_EQ(read_style("font-size:0.9em").zero_font, false);
    EXPECT_EQ(read_style("font-size:0px;font-size:12px").zero_font, false);
}

TEST(HtmlStyle, KeepsBlanksWhereThePageDoes) {
    EXPECT_TRUE(read_style("white-space:pre").keeps_space);
    EXPECT_TRUE(read_style("white-space: pre-wrap").keeps_space);
    EXPECT_FALSE(read_style("white-space:normal").keeps_space);
    EXPECT_FALSE(read_style("white-space:pre;white-space:nowrap").keeps_space);
}

TEST(HtmlStyle, ReadsMarginsAboveAndBelow) {
    for (const std::string none :
         {"margin:0", "margin:0 0 0 40px", "margin:0cm 2em", "margin-top:0;margin-bottom:0",
          "margin:0in;margin-bottom:.0001pt", "margin:1em;margin-top:0;margin-bottom:0"}) {
        EXPECT_TRUE(read_style(none).no_margin) << none;
    }
    for (const std::string some : {"margin:1em", "margin:0 0 8px", "margin-top:0", "margin-left:0",
                                   "margin:0;margin-bottom:1em"}) {
        EXPECT_FALSE(read_style(some).no_margin) << some;
    }
}

TEST(HtmlStyle, SeesTheLineAboveAQuotedMail) {
    EXPECT_TRUE(read_style("border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm")
                    .top_border);
    EXPECT_TRUE(read_style("border-top: 1px solid grey; padding-top: 5px").top_border);
    EXPECT_FALSE(read_style("border-top:solid 1px").top_border);
    EXPECT_FALSE(read_style("padding:3.0pt 0cm").top_border);
    EXPECT_TRUE(read_style("border:none").no_border);
    EXPECT_TRUE(read_style("border-left:0px").no_border);
    EXPECT_FALSE(read_style("border-left:1px solid").no_border);
}

}  // namespace
}  // namespace bellhop::parsers
