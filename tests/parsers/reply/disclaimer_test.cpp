#include "parsers/reply/disclaimer.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

bool begins_disclaimer(const std::string& text, std::size_t at = 0) {
    const std::string low = folded(text);
    return is_disclaimer(text_lines(text, low), at);
}

bool is_creed(const std::string& text, std::size_t at) {
    const std::string low = folded(text);
    return is_school_creed(text_lines(text, low), at);
}

TEST(Disclaimer, KnowsWhatNobodyHasWritten) {
    for (const std::string text :
         {"DISCLAIMER: whatever follows", "Please consider the environment before printing",
          "This email has been scanned for viruses", "Virus-free. www.avast.com",
          "You received this message because you are subscribed to the group",
          "CONFIDENTIALITY NOTICE\nThis is for Ann.",
          "This e-mail and any attachments are confidential and intended solely for the use of "
          "the\n"
          "individual to whom it is addressed. If you are not the intended recipient, please "
          "notify\n"
          "the sender and delete this message; any disclosure or copying is prohibited."}) {
        EXPECT_TRUE(begins_disclaimer(text)) << text;
    }
}

TEST(Disclaimer, LeavesWordsOfPeopleAlone) {
    for (const std::string text :
         {"The attachment is confidential, please print it for the head only.",
          "Disclaimer",  // nothing follows
          "I have a virus on my laptop and the scanner says it is not the intended recipient of "
          "anything, can you look at it please? It has been doing this since this morning at nine.",
          "Please delete my account."}) {
        EXPECT_FALSE(begins_disclaimer(text)) << text;
    }
}

TEST(Disclaimer, KnowsASchoolsCreedAtTheEndOnly) {
    const std::string creed = "We are committed to safeguarding and the welfare of children.";
    EXPECT_TRUE(is_creed("The projector is dark.\n" + creed, 1));
    EXPECT_TRUE(is_creed("Regards\nIf you think a child is in danger, call 999.", 1));
    EXPECT_FALSE(is_creed(creed, 0));  // the mail itself is about it
    EXPECT_FALSE(is_creed("Hello\n" + creed + "\n1\n2\n3\n4\n5\n6\n7", 1));
    EXPECT_FALSE(is_creed("Hello\nIf a child is ill, we stay at home.", 1));
    EXPECT_FALSE(is_creed("Hello\nI have a safeguarding concern about a pupil.", 1));
}

}  // namespace
}  // namespace bellhop::parsers
