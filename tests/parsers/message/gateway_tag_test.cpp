#include "parsers/message/gateway_tag.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(GatewayTag, IsTakenOffASubject) {
    for (const std::string tag :
         {"[EXTERNAL]", "[EXTERNAL] ", "[External Email] ", "[SPAM?] ", "***SPAM*** ", "{Spam?} ",
          "<External> ", "(EXT) ", "EXTERNAL: ", "[CAUTION: External] ", "[EXTERNAL][SPAM?] ",
          "[Suspected Spam] [EXT] "}) {
        EXPECT_EQ(without_gateway_tags(tag + "Printer dead"), "Printer dead") << tag;
        EXPECT_TRUE(is_answer_subject(tag + "Re: Printer dead")) << tag;
        EXPECT_FALSE(is_answer_subject(tag + "Printer dead")) << tag;
    }
}

TEST(GatewayTag, IsNoWordOfTheWriter) {
    for (const std::string subject : {"", "Spam: what can we do?", "[HELP#4] Printer",
                                      "External drive dead", "[Room 4] Printer", "(urgent) Printer",
                                      "*", "[", "[]", "External: [", "Caution: wet floor"}) {
        const std::string_view rest = without_gateway_tags(subject);
        EXPECT_TRUE(rest == subject || subject.starts_with("External: ")) << subject;
    }
}

TEST(GatewayTag, GoesFromAnywhereBeforeTheWords) {
    EXPECT_EQ(subject_without_gateway_tags("[EXTERNAL] Printer"), "Printer");
    EXPECT_EQ(subject_without_gateway_tags("Re: [EXTERNAL] Printer"), "Re: Printer");
    EXPECT_EQ(subject_without_gateway_tags("[SPAM?] AW: [EXTERN] WG: [EXT] Drucker"),
              "AW: WG: Drucker");
    EXPECT_EQ(subject_without_gateway_tags("Re: [EXTERNAL] Printer (fwd)"), "Re: Printer (fwd)");
    for (const char* subject : {"Printer", "Re: [CASE#1] Printer", "", "Re:", "Printer [EXTERNAL]"})
        EXPECT_EQ(subject_without_gateway_tags(subject), subject);
}

}  // namespace
}  // namespace bellhop::parsers
