#include "parsers/reply/splitter.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

/// The kinds of the pieces of `text`, with what they hold.
std::string parted(const std::string& text, bool answers) {
    const std::string low = folded(text);
    Splitter splitter{{.answers = answers}};
    for (const TextLine& line : text_lines(text, low)) splitter.add(line);
    const Splitter::Result result = splitter.split(text);
    EXPECT_TRUE(make_up(result.pieces, text)) << text;
    std::string shown;
    for (const TextPiece& piece : result.pieces) {
        shown += "[" + std::string{piece_kind_name(piece.kind)} + "]" +
                 std::string{stripped(piece_of(text, piece))};
    }
    return result.signature_only ? shown + "[signature only]" : shown;
}

TEST(Splitter, PartsAnAnswerFromWhatItAnswers) {
    EXPECT_EQ(
        parted("Yes.\n\nOn 3 May 2021 at 10:12, Bo <bo@example.org> wrote:\n> Is it?\n", true),
        "[kept]Yes.[quotation]On 3 May 2021 at 10:12, Bo <bo@example.org> wrote:\n> Is it?");
}

TEST(Splitter, LeavesCodeAlone) {
    const std::string fenced =
        "It says:\n```\n> select 1\n-- \nOn 3 May 2021 at 10:12, Bo <bo@example.org> wrote:\n```\n";
    EXPECT_EQ(parted(fenced, true), "[kept]" + std::string{stripped(fenced)});
    const std::string indented = "It says:\n\n    > select 1\n    -----Original Message-----\n";
    EXPECT_EQ(parted(indented, false), "[kept]" + std::string{stripped(indented)});
}

TEST(Splitter, KeepsASignatureThatIsAllThereIs) {
    EXPECT_EQ(parted("Kind regards\nAnn Lee\n01632 960001\n", true),
              "[kept]Kind regards\nAnn Lee\n01632 960001");
    EXPECT_EQ(parted("-- \nAnn Lee\n01632 960001\n", true),
              "[kept]-- \nAnn Lee\n01632 960001[signature only]");
}

TEST(Splitter, KeepsATextOfNothingElse) {
    EXPECT_EQ(parted("", true), "");
    EXPECT_EQ(parted("\n\n\n", true), "[kept]");
    EXPECT_EQ(parted("-----Original Message-----\n", true), "[kept]-----Original Message-----");
}

TEST(Splitter, TakesMarksOfTheMarkup) {
    const std::string text = "Yes.\nolder\nP.S. the key\n";
    const std::string low = folded(text);
    const std::vector<TextLine> lines = text_lines(text, low);
    Splitter splitter{{.answers = true}};
    splitter.quotes_are_markup();
    splitter.add(lines[0]);
    const std::size_t begun = splitter.size();
    splitter.begin_container();
    splitter.add(lines[1]);
    splitter.end_container(begun);
    splitter.add(lines[2]);
    const Splitter::Result result = splitter.split(text);
    ASSERT_EQ(result.pieces.size(), 3U);
    EXPECT_EQ(piece_of(text, result.pieces[1]), "older\n");
    EXPECT_EQ(result.pieces[1].kind, PieceKind::quotation);
}

/// Whatever a text holds: its pieces are the whole of it, in order, and something of it is kept.
TEST(Splitter, LosesNothingOfAnyText) {
    const std::vector<std::string> parts = {
        "words\n",
        "\n",
        "> quoted\n",
        "-- \n",
        "Kind regards\n",
        "Ann Lee\n",
        "01632 960001\n",
        "-----Original Message-----\n",
        "____________\n",
        "On 3 May 2021 at 10:12, Bo <bo@example.org> wrote:\n",
        "Sent from my iPhone\n",
        "```\n",
        "From: Bo <bo@example.org>\nSubject: x\n",
        "This email is confidential and intended solely for the addressee named above only.\n"};
    std::uint32_t random = 1;
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (int i = 0; i < 9; ++i) {
            random = random * 1664525U + 1013904223U;
            text += parts[(random >> 16) % parts.size()];
        }
        for (const bool answers : {false, true}) {
            const std::string shown = parted(text, answers);
            EXPECT_NE(shown.find("[kept]"), std::string::npos) << text;
        }
    }
}

}  // namespace
}  // namespace bellhop::parsers
