#include "parsers/reply/mail_lines.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

class MailLinesTest : public testing::Test {
protected:
    MailLinesTest() {
        for (const TextLine& line : text_lines(text_, low_)) lines_.add(line, class_of(line));
    }

    const std::string text_ = "Hello\n\n> older\n----\n\nBye\n";
    const std::string low_ = folded(text_);
    MailLines lines_ = {};
};

TEST_F(MailLinesTest, KnowsWhatALineIsByItself) {
    EXPECT_EQ(lines_.is(0), LineClass::text);
    EXPECT_EQ(lines_.is(1), LineClass::empty);
    EXPECT_EQ(lines_.is(2), LineClass::quoted);
    EXPECT_EQ(lines_.size(), 6U);
}

TEST_F(MailLinesTest, CountsWhatItsWriterSays) {
    EXPECT_TRUE(lines_.says_something(0));
    EXPECT_FALSE(lines_.says_something(2)) << "quoted";
    EXPECT_FALSE(lines_.says_something(3)) << "drawn";
    EXPECT_EQ(lines_.count_text(0, lines_.size()), 2U);
    lines_.cut(5, 6, PieceKind::signature);
    EXPECT_EQ(lines_.count_text(0, lines_.size()), 1U);
    EXPECT_TRUE(lines_.is_cut_anywhere(PieceKind::signature));
    lines_.keep_all();
    EXPECT_EQ(lines_.count_text(0, lines_.size()), 2U);
    EXPECT_FALSE(lines_.is_cut_anywhere(PieceKind::signature));
}

TEST_F(MailLinesTest, LooksUpPastEmptyLines) {
    EXPECT_EQ(lines_.above(2), 0U);
    EXPECT_EQ(lines_.above(5), 3U);
    EXPECT_EQ(lines_.above(0), 0U);
}

TEST_F(MailLinesTest, MakesPiecesOfAllOfTheText) {
    EXPECT_EQ(lines_.pieces(text_), (std::vector<TextPiece>{{PieceKind::kept, 0, text_.size()}}));
    lines_.cut(2, 3, PieceKind::quotation);
    lines_.cut(5, 6, PieceKind::signature);
    const std::vector<TextPiece> pieces = lines_.pieces(text_);
    ASSERT_TRUE(make_up(pieces, text_));
    ASSERT_EQ(pieces.size(), 4U);
    EXPECT_EQ(piece_of(text_, pieces[0]), "Hello\n\n");
    EXPECT_EQ(piece_of(text_, pieces[1]), "> older\n");
    EXPECT_EQ(piece_of(text_, pieces[2]), "----\n\n") << "an empty line belongs to what is above";
    EXPECT_EQ(pieces[3].kind, PieceKind::signature);
}

}  // namespace
}  // namespace bellhop::parsers
