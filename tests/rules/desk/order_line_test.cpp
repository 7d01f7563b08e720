#include "rules/desk/order_line.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

bool is_order(std::string_view name) {
    return name == "close" || name == "Close" || name == "me" || name == "note" || name == "tag" ||
           name == "wait" || name == "assign";
}

OrderedText split(std::string_view text) {
    return split_orders(text, is_order);
}

/// The same order as keyboards, mail programs and HTML leave it.
TEST(OrderLine, IsReadAsPhonesWriteIt) {
    for (const char* written : {"#close",
                                "#Close",
                                "# close",
                                "#  Close",
                                "\n\n  #close",
                                "#close.",
                                "#Close!",
                                "*#close*",
                                "**#Close**",
                                "\"#close\"",
                                "\xe2\x80\x9c#close\xe2\x80\x9d",
                                "- #close",
                                "\\#close",
                                "#\xc2\xa0"
                                "close",
                                "\xef\xbb\xbf#close",
                                "\xe2\x80\x8b#close\xe2\x80\x8b",
                                "\xef\xbc\x83"
                                "close",
                                "#\xef\xb8\x8f\xe2\x83\xa3"
                                "close",
                                "\t#close\t",
                                "\xc2\xa0\n#close",
                                "\xe2\x80\x8f#close"}) {
        const OrderedText parts = split(written);
        ASSERT_EQ(parts.orders.size(), 1U) << written;
        EXPECT_EQ(parts.orders[0].rest, "") << written;
        EXPECT_TRUE(parts.orders[0].name == "close" || parts.orders[0].name == "Close") << written;
        EXPECT_EQ(parts.letter, "") << written;
    }
}

TEST(OrderLine, PartsOrdersFromTheLetterBelow) {
    const OrderedText parts = split("#close\n\n# Wait: customer\nHi Ann,\n\n#1 unplug it\n");
    EXPECT_EQ(parts.orders, (std::vector<OrderLine>{{"close", ""}, {"Wait", "customer"}}));
    EXPECT_EQ(parts.letter, "Hi Ann,\n\n#1 unplug it");
    EXPECT_TRUE(parts.late.empty());
}

TEST(OrderLine, MayStandBesideAnother) {
    EXPECT_EQ(split("#close #me").orders, (std::vector<OrderLine>{{"close", ""}, {"me", ""}}));
    EXPECT_EQ(split("#wait customer, #me").orders,
              (std::vector<OrderLine>{{"wait", "customer"}, {"me", ""}}));
    EXPECT_EQ(split("#assign #me").orders, (std::vector<OrderLine>{{"assign", "#me"}}));
    EXPECT_EQ(split("#tag #wifi").orders, (std::vector<OrderLine>{{"tag", "#wifi"}}));
    EXPECT_EQ(split("#note she said #close it").orders,
              (std::vector<OrderLine>{{"note", "she said #close it"}}));
}

/// An order that its writer has put below his text would else be read by the customer.
TEST(OrderLine, TellsOrdersBelowTheLetter) {
    const OrderedText parts = split("Done.\n\n#close\n");
    EXPECT_TRUE(parts.orders.empty());
    EXPECT_EQ(parts.late, (std::vector<std::string>{"#close"}));
    EXPECT_TRUE(split("See ticket #12\n#1 first\n#hashtag\n").late.empty());
}

TEST(OrderLine, LeavesOtherLinesAlone) {
    for (const char* text : {"close", "#", "##", "#1", "#12 is the same", "C# is a language", ""}) {
        EXPECT_TRUE(split(text).orders.empty()) << text;
    }
}

TEST(OrderLine, CutsTheSignOffBelowTheWritersName) {
    struct Case {
        const char* letter;
        const char* left;
    };
    for (const Case& one : std::vector<Case>{
             {"Tom Brown\nIT Technician\n0121 496 0000", ""},
             {"Which room?\n\nKind regards\n\nTom Brown\nIT Technician", "Which room?"},
             {"Which room?\nThanks,\nTom", "Which room?"},
             {"Which room?\nTom Brown | IT | 0121", "Which room?"},
             {"Tom,\nplease restart it.", "Tom,\nplease restart it."},
             {"Tom and I come at ten.", "Tom and I come at ten."},
             {"Tom Brown will come.", "Tom Brown will come."},
             {"Thanks", "Thanks"},
             {"", ""}}) {
        EXPECT_EQ(without_sign_off(one.letter, "Tom Brown"), one.left) << one.letter;
    }
    EXPECT_EQ(without_sign_off("Which room?\nTom", ""), "Which room?\nTom");
}

}  // namespace
}  // namespace bellhop::rules
