#include "parsers/reply/furniture.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/reply/reply_text.hpp"
#include "parsers/text/text_print.hpp"

namespace bellhop::parsers {
namespace {

const std::string words = "The printer in the office prints everything twice.";
const std::string footer =
    "Snow day? When the school is shut everybody is told by text before seven in the morning.";
const std::string banner =
    "You are reading a letter from somebody whom our school has never heard of before today.";

ReplyParts parted(const std::string& text, const std::vector<TextPrint>& known) {
    return split_reply(text, {.answers = false,
                              .writer_address = "ann.lee@elm.example",
                              .writer_name = "Ann Lee",
                              .furniture = known});
}

TEST(Furniture, IsCutWhereItIsKnown) {
    const std::vector<TextPrint> known{print_of(footer)};
    const std::string text = words + "\n\nKind regards\nAnn Lee\n01632 960001\n\n" + footer + "\n";
    EXPECT_NE(parted(text, {}).reply, words);
    const ReplyParts parts = parted(text, known);
    EXPECT_EQ(parts.reply, words) << "the signature above it goes, too";
    ASSERT_EQ(parts.pieces.size(), 3U);
    EXPECT_EQ(parts.pieces[1].kind, PieceKind::signature);
    EXPECT_EQ(parts.pieces[2].kind, PieceKind::boilerplate);
}

TEST(Furniture, IsKnownHoweverItIsSet) {
    const std::vector<TextPrint> known{print_of(footer)};
    std::string broken = footer;
    broken[broken.find(" is told")] = '\n';
    for (const std::string& form : {broken, "*" + footer + "*", footer + " Ann."}) {
        EXPECT_EQ(parted(words + "\n\n" + form, known).reply, words) << form;
    }
}

TEST(Furniture, StandsAboveTheWordsToo) {
    const std::vector<TextPrint> known{print_of(banner)};
    EXPECT_EQ(parted(banner + "\n\n" + words, known).reply, words);
    EXPECT_EQ(parted(banner + "\n\nHello,\n\n" + words, known).reply, "Hello,\n\n" + words);
}

TEST(Furniture, IsKeptWhereNothingElseWouldRemain) {
    const std::vector<TextPrint> known{print_of(footer)};
    EXPECT_EQ(parted(footer, known).reply, footer);
    EXPECT_EQ(parted("> " + footer, known).reply, "> " + footer);
}

TEST(Furniture, IsNotWhatOnlyResemblesIt) {
    const std::vector<TextPrint> known{print_of(footer)};
    const std::string other =
        "When the school is shut on Friday, can you rebuild the server of the office then?";
    EXPECT_EQ(parted(words + "\n\n" + other, known).reply, words + "\n\n" + other);
}

}  // namespace
}  // namespace bellhop::parsers
