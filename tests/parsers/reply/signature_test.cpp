#include "parsers/reply/signature.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

/// The lines above the signature, put together again.
std::string written(const std::string& text) {
    const std::string low = folded(text);
    const std::vector<TextLine> lines = text_lines(text, low);
    std::string kept;
    for (std::size_t i = 0; i < signature_start(lines); ++i) {
        if (i > 0) kept += '\n';
        kept += lines[i].text;
    }
    return kept;
}

bool is_mobile(const std::string& text) {
    const std::string low = folded(text);
    return is_mobile_signature({text, low});
}

TEST(Signature, KnowsWhatTelephonesAdd) {
    for (const std::string line :
         {"Sent from my iPhone", "Sent from my Samsung Galaxy smartphone.", "Get Outlook for iOS",
          "Von meinem iPhone gesendet", "Gesendet von meinem Mobilgerät", "Envoyé de mon iPhone",
          "<Sent from my iPad>"}) {
        EXPECT_TRUE(is_mobile(line)) << line;
    }
    for (const std::string line :
         {"Sent from the office", "I sent it from my desk", "My iPhone is broken", "iPhone", ""}) {
        EXPECT_FALSE(is_mobile(line)) << line;
    }
}

TEST(Signature, BeginsAtTheDash) {
    EXPECT_EQ(written("It is dark.\n\n-- \nAnn Smith\nOak Lane School"), "It is dark.");
    EXPECT_EQ(written("It is dark.\n--\nAnn"), "It is dark.");
}

TEST(Signature, BeginsAtAGreetingWithContactsBelow) {
    EXPECT_EQ(written("It is dark.\n\nKind regards,\nAnn Smith\nTel. 01234 567 890"),
              "It is dark.");
    EXPECT_EQ(written("It is dark.\n\nMit freundlichen Grüßen\nAnn Smith\nwww.school.example"),
              "It is dark.");
}

TEST(Signature, LeavesTheWritersOwnWords) {
    for (const std::string text :
         {"It is dark.\n\nThanks\nAnn", "Thank you.",
          "Thanks,\nAnn Smith\nTel. 01234 567 890",  // the reply itself
          "It is dark.\n\nRegards\nAnn\n01234 567 890\nCan you come today?",
          "Read:\n- one\n- two\n\n-Three"}) {
        EXPECT_EQ(written(text), text);
    }
}

TEST(Signature, IsANameBehindADash) {
    EXPECT_EQ(written("It is dark.\n\n-Ann"), "It is dark.");
    EXPECT_EQ(written("It is dark.\n-Ann"), "It is dark.\n-Ann");
}

TEST(Signature, TakesDisclaimersAndCreedsBelowIt) {
    EXPECT_EQ(written("It is dark.\n\nPlease consider the environment before printing.\n\nMore"),
              "It is dark.");
    EXPECT_EQ(written("It is dark.\nAnn\nOur school is committed to safeguarding children."),
              "It is dark.\nAnn");
    EXPECT_EQ(written("It is dark.\n\nSent from my iPhone\n\n"), "It is dark.");
}

TEST(Signature, IsNotLookedForFarAboveTheEnd) {
    std::string text = "One\n\n-- \n";
    for (int i = 0; i < 200; ++i) text += "a line of a long list\n";
    EXPECT_EQ(written(text) + "\n", text);
}

}  // namespace
}  // namespace bellhop::parsers
