#include "parsers/reply/text_piece.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(TextPiece, JoinsNeighboursOfAKind) {
    std::vector<TextPiece> pieces;
    add_piece(pieces, PieceKind::kept, 3);
    add_piece(pieces, PieceKind::kept, 0);
    add_piece(pieces, PieceKind::kept, 2);
    add_piece(pieces, PieceKind::signature, 4);
    EXPECT_EQ(pieces,
              (std::vector<TextPiece>{{PieceKind::kept, 0, 5}, {PieceKind::signature, 5, 4}}));
}

TEST(TextPiece, ShowsWhatWasKeptAndWhatWasNot) {
    const std::string text = "\n\nHello\n\n\n\nyou\n> old\nthere\nbegin\n";
    const std::vector<TextPiece> pieces = {{PieceKind::kept, 0, 15},
                                           {PieceKind::quotation, 15, 6},
                                           {PieceKind::kept, 21, 6},
                                           {PieceKind::file, 27, 6}};
    EXPECT_EQ(joined_pieces(text, pieces, PieceChoice::kept), "Hello\n\n\nyou\nthere");
    EXPECT_EQ(joined_pieces(text, pieces, PieceChoice::set_apart), "> old");
}

TEST(TextPiece, BeginsALineWithEachPiece) {
    const std::vector<TextPiece> pieces = {
        {PieceKind::kept, 0, 3}, {PieceKind::quotation, 3, 7}, {PieceKind::kept, 10, 2}};
    EXPECT_EQ(joined_pieces("yes On 3:\nno", pieces, PieceChoice::kept), "yes\nno");
}

TEST(TextPiece, PutsFilesBackWhereTheyStood) {
    const std::vector<TextPiece> pieces = {{PieceKind::kept, 0, 10}, {PieceKind::signature, 10, 5}};
    const std::vector<TextPiece> files = {{PieceKind::file, 4, 3}, {PieceKind::file, 18, 7}};
    EXPECT_EQ(with_files(pieces, files), (std::vector<TextPiece>{{PieceKind::kept, 0, 4},
                                                                 {PieceKind::file, 4, 3},
                                                                 {PieceKind::kept, 7, 6},
                                                                 {PieceKind::signature, 13, 5},
                                                                 {PieceKind::file, 18, 7}}));
    EXPECT_EQ(with_files({}, std::vector<TextPiece>{{PieceKind::file, 0, 7}}),
              (std::vector<TextPiece>{{PieceKind::file, 0, 7}}));
}

}  // namespace
}  // namespace bellhop::parsers
