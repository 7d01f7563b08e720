#include "parsers/reply/signature_line.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

TextLine line_of(const std::string& text, const std::string& low) {
    return {text, low};
}

bool is_possible(const std::string& text) {
    const std::string low = folded(text);
    return read_signature_line(line_of(text, low)).possible;
}

TEST(SignatureLine, HoldsNamesRolesPlacesAndNumbers) {
    for (const std::string text :
         {"Ann Lee", "Head of Music", "Elm Primary School", "4 High Street, Elm, BT1 2AB",
          "Tel: 01632 960001", "e: ann@elm.example.org", "T 01632 960001 | M 07700 900123",
          "www.elm.example.org", "Year 6 Teacher and SENCo", "Łukasz Nowak", "Schulweg 4",
          "8:00-16:00", "Ext. 4021", "Ann Lee <ann@elm.example.org>"}) {
        EXPECT_TRUE(is_possible(text)) << text;
    }
}

TEST(SignatureLine, HoldsNoSentencesAndNoFields) {
    for (const std::string text :
         {"", "Needs a laptop", "Room: 4", "Name: Ann Lee", "2 cables", "Who pays?", "Call me!",
          "PS: room 4", "The door is stuck", "Status: Failed", "both in room 4"}) {
        EXPECT_FALSE(is_possible(text)) << text;
    }
}

TEST(SignatureLine, CountsWaysToReachSomebody) {
    const std::string text = "Ann Lee, ann@elm.example.org, 01632 960001";
    const std::string low = folded(text);
    const SignatureLine line = read_signature_line(line_of(text, low));
    EXPECT_TRUE(line.contact);
    EXPECT_FALSE(line.is_name);
    EXPECT_EQ(line.addresses, 1U);
    EXPECT_EQ(line.address, "ann@elm.example.org");
    EXPECT_EQ(line.names, 2U);
}

TEST(SignatureLine, KnowsPostscripts) {
    for (const std::string text : {"PS: x", "P.S. x", "ps the key", "NB: x", "PS. x", "O.N. x"}) {
        const std::string low = folded(text);
        EXPECT_TRUE(is_postscript(line_of(text, low))) << text;
    }
    for (const std::string text : {"PS5 is broken", "On Monday", "PSU fails", "Nb"}) {
        const std::string low = folded(text);
        EXPECT_FALSE(is_postscript(line_of(text, low))) << text;
    }
}

}  // namespace
}  // namespace bellhop::parsers
