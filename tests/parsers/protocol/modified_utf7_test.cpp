#include "parsers/protocol/modified_utf7.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(ModifiedUtf7, AgreesWithTheStandard) {
    // RFC 3501 section 5.1.3.
    EXPECT_EQ(to_modified_utf7("~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e"),
              "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
    EXPECT_EQ(from_modified_utf7("~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
              "~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e");
}

TEST(ModifiedUtf7, ReadsWhatItWrites) {
    for (const std::string name : {"", "INBOX", "R&D", "&", "M\u00fcll", "a\u00e4\u00f6b",
                                   "\U0001F4E7", "Erledigt \u2713/2026", "tab\there", "\"\\"}) {
        EXPECT_EQ(from_modified_utf7(to_modified_utf7(name)), name);
    }
    EXPECT_EQ(to_modified_utf7("M\u00fcll & Co"), "M&APw-ll &- Co");
}

TEST(ModifiedUtf7, WritesPrintableAsciiOnly) {
    for (const char c : to_modified_utf7("a\r\nb\x7f\xff\u00fc")) {
        EXPECT_TRUE(c >= ' ' && c <= '~');
    }
}

TEST(ModifiedUtf7, RefusesWhatIsNone) {
    for (const char* wrong :
         {"&", "&A", "&AA-", "&*-", "&AGE-", "&2D0-", "\xc3\xbc", "a\nb", "&APw"}) {
        EXPECT_EQ(from_modified_utf7(wrong), std::nullopt) << wrong;
    }
}

}  // namespace
}  // namespace bellhop::parsers
