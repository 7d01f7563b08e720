#include "parsers/reply/reply_markers.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

/// A text with its lines, for as long as it lives.
struct Lines {
    explicit Lines(std::string written)
        : text(std::move(written)), low(folded(text)), lines(text_lines(text, low)) {}
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

    std::string text;
    std::string low;
    std::vector<TextLine> lines;
};

TEST(ReplyMarkers, KnowsAttributionsInManyLanguages) {
    for (const std::string text :
         {"On Mon, 3 May 2021 at 10:12, Ann <ann@school.example> wrote:",
          "Am Mo., 3. Mai 2021 um 10:12 Uhr schrieb Ann <ann@school.example>:",
          "Le lun. 3 mai 2021 à 10:12, Ann <ann@school.example> a écrit :",
          "El lun, 3 may 2021 a las 10:12, Ann (<ann@school.example>) escribió:",
          "Ann <ann@school.example> wrote:", "> On 3 May 2021, at 10:12, Ann wrote:",
          "2016-03-03 17:21 GMT+01:00 Ann <ann@school.example>:"}) {
        const Lines read{text};
        const Attribution found = attribution_at(read.lines);
        EXPECT_EQ(found.strength, MarkerStrength::strong) << text;
        EXPECT_EQ(found.lines, 1U) << text;
    }
}

TEST(ReplyMarkers, JoinsAnAttributionThatIsWrapped) {
    const Lines read{
        "On Mon, 3 May 2021 at 10:12, Ann Smith\n<ann@school.example> wrote:\n\n> Hello"};
    const Attribution found = attribution_at(read.lines);
    EXPECT_EQ(found.strength, MarkerStrength::strong);
    EXPECT_EQ(found.lines, 2U);
}

TEST(ReplyMarkers, DoubtsADateWithoutATime) {
    const Lines read{"On 3 May 2021 the board wrote:"};
    EXPECT_EQ(attribution_at(read.lines).strength, MarkerStrength::weak);
}

TEST(ReplyMarkers, LeavesSentencesAlone) {
    for (const std::string text :
         {"", "On Monday I wrote:", "I wrote to ann@school.example at 10:12:", "Hello Ann,",
          "The printer has been broken since 3 May 2021 10:12.", "wrote:"}) {
        const Lines read{text};
        EXPECT_EQ(attribution_at(read.lines).strength, MarkerStrength::none) << text;
    }
}

TEST(ReplyMarkers, FindsAnAttributionBehindTheReplyItself) {
    const Lines read{"yes please On Mon, 3 May 2021 at 10:12, Ann <ann@school.example> wrote:"};
    EXPECT_EQ(attribution_behind_text(read.lines[0]), 11U);
    const Lines alone{"On Mon, 3 May 2021 at 10:12, Ann <ann@school.example> wrote:"};
    EXPECT_EQ(attribution_behind_text(alone.lines[0]), std::string::npos);
    const Lines none{"yes please, as ann@school.example wrote:"};
    EXPECT_EQ(attribution_behind_text(none.lines[0]), std::string::npos);
}

TEST(ReplyMarkers, KnowsSeparators) {
    for (const std::string text :
         {"-----Original Message-----", "----- Ursprüngliche Nachricht -----",
          "---------- Forwarded message ----------",
          "Begin forwarded message:", "## Please type your reply above this line ##"}) {
        EXPECT_TRUE(is_message_separator(Lines{text}.lines[0])) << text;
    }
    for (const std::string text : {"Original message", "------------", "- a point of a list",
                                   "The original message is attached"}) {
        EXPECT_FALSE(is_message_separator(Lines{text}.lines[0])) << text;
    }
}

TEST(ReplyMarkers, KnowsTheHeaderOfAMail) {
    const Lines outlook{
        "From: Ann <ann@school.example>\nSent: 3 May 2021 10:12\nTo: Desk\n"
        "Subject: Projector\n\nIt is dark."};
    EXPECT_EQ(header_block_at(outlook.lines), 4U);
    const Lines wrapped{
        "Von: Ann\nGesendet: Montag, 3. Mai 2021 10:12\nAn: 'a@x.example';\n"
        " b@x.example\nBetreff: Beamer"};
    EXPECT_EQ(header_block_at(wrapped.lines), 5U);
    for (const std::string text :
         {"Subject: Projector\nIt is dark.", "From: the office\nTo: the hall", "To: a@x.example",
          "Hello\nFrom: Ann <ann@school.example>\nSent: 3 May 2021\nTo: x"}) {
        const Lines read{text};
        EXPECT_EQ(header_block_at(read.lines), 0U) << text;
    }
}

TEST(ReplyMarkers, KnowsAFrameAboveAHeaderInAnyLanguage) {
    const std::string header = "From: Ann <ann@school.example>\nSent: 3 May 2021 10:12\nTo: Desk";
    EXPECT_TRUE(is_framed_above_header(Lines{"-----Algselt sõnum-----\n\n" + header}.lines));
    EXPECT_FALSE(is_framed_above_header(Lines{"-----Algselt sõnum-----\nHello"}.lines));
    EXPECT_FALSE(is_framed_above_header(Lines{"-- note --\n" + header}.lines));
}

TEST(ReplyMarkers, TellsRulesAndQuotedLines) {
    for (const std::string line : {"---", "____", " * * "}) {
        EXPECT_EQ(is_rule(line), line != " * * ") << line;
    }
    EXPECT_TRUE(is_rule("—–—"));
    EXPECT_FALSE(is_rule(""));
    EXPECT_FALSE(is_rule("-- Ann"));
    for (const std::string line : {">", "> text", "  >text", "CH> text", "AB>"})
        EXPECT_TRUE(is_quoted(line)) << line;
    for (const std::string line : {"", "text", "a > b", "ab> text", "ABCD> text", "C>D"})
        EXPECT_FALSE(is_quoted(line)) << line;
}

}  // namespace
}  // namespace bellhop::parsers
