#include "parsers/encoding/uuencode.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

std::string text_without_files(std::string_view text) {
    return unpack_uuencoded(text).text;
}

/// The text put together again from what is left and the places where files stood.
std::string restored(std::string_view text) {
    const UnpackedText unpacked = unpack_uuencoded(text);
    std::string all = unpacked.text;
    for (const auto& [begin, size] : unpacked.places) all.insert(begin, text.substr(begin, size));
    return all;
}

TEST(Uuencode, SaysWhereTheFilesStood) {
    const std::string file = "begin 644 x\n#0V%T\n`\nend\n";
    for (const std::string& text :
         {file, "a\n" + file + "b\n" + file, file + file + "c", std::string{"none"}}) {
        EXPECT_EQ(restored(text), text);
    }
}

TEST(Uuencode, TakesFilesOutOfAText) {
    const UnpackedText unpacked =
        unpack_uuencoded("before\nbegin 644 cat.txt\n#0V%T\n`\nend\nafter\n");
    EXPECT_EQ(unpacked.text, "before\nafter\n");
    ASSERT_EQ(unpacked.files.size(), 1U);
    EXPECT_EQ(unpacked.files[0].name, "cat.txt");
    EXPECT_EQ(unpacked.files[0].bytes, "Cat");
}

TEST(Uuencode, ReadsCrlfAndLostBlanks) {
    const UnpackedText unpacked = unpack_uuencoded("begin 0755 a b.bin\r\n#0V%T\r\n \r\nend\r\n");
    ASSERT_EQ(unpacked.files.size(), 1U);
    EXPECT_EQ(unpacked.files[0].name, "a b.bin");
    EXPECT_EQ(unpacked.files[0].bytes, "Cat");
    EXPECT_EQ(unpacked.text, "");
}

TEST(Uuencode, LeavesProseAlone) {
    for (const std::string text :
         {"begin 644 things\nthat never end", "to begin 5 a day\n", "begin 644\nend\n",
          "begin 999 x\n#0V%T\nend\n", "begin 644 x\nend\n"}) {
        const UnpackedText unpacked = unpack_uuencoded(text);
        EXPECT_EQ(unpacked.text, text);
        EXPECT_TRUE(unpacked.files.empty());
    }
}

const std::string full_line = "M" + std::string(60, '!') + "\n";
const std::string cut_file = "begin 644 x\n" + full_line + full_line + full_line;

TEST(Uuencode, ShowsATextWithoutFilesEvenWhereTheLastIsCut) {
    EXPECT_EQ(text_without_files("a\nbegin 644 x\n#0V%T\n`\nend\nb\n"), "a\nb\n");
    EXPECT_EQ(text_without_files("a\n" + cut_file + "M!!"), "a\n");
    EXPECT_EQ(text_without_files("a\nbegin 644 x\n" + full_line), "a\nbegin 644 x\n" + full_line);
}

TEST(Uuencode, TakesOfACutFileWhatIsThere) {
    const UnpackedText unpacked = unpack_uuencoded("a\n" + cut_file + "M!!!!!");
    ASSERT_EQ(unpacked.files.size(), 1U);
    EXPECT_TRUE(unpacked.files[0].is_cut);
    EXPECT_EQ(unpacked.files[0].bytes.size(), 3U * 45 + 3);
    EXPECT_EQ(unpacked.text, "a\n");
}

TEST(Uuencode, LeavesTheWordsBelowACutFile) {
    for (const std::string words :
         {"\nWhere is the rest?\n", "HELLO ANN\n", "Many thanks\nAnn\n"}) {
        const UnpackedText unpacked = unpack_uuencoded(cut_file + words);
        ASSERT_EQ(unpacked.files.size(), 1U);
        EXPECT_EQ(unpacked.files[0].bytes.size(), 3U * 45);
        EXPECT_TRUE(unpacked.text == words || "\n" + unpacked.text == words);
    }
}

TEST(Uuencode, TellsOfFilesThatItLeaves) {
    std::string many;
    for (std::size_t i = 0; i <= max_uuencoded_files; ++i) many += "begin 644 x\n#0V%T\n`\nend\n";
    EXPECT_TRUE(unpack_uuencoded(many).has_more);
    EXPECT_FALSE(unpack_uuencoded(cut_file).has_more);
}

TEST(Uuencode, IsBounded) {
    std::string many;
    for (int i = 0; i < 10000; ++i) many += "begin 644 x\n#0V%T\n";
    EXPECT_TRUE(unpack_uuencoded(many).files.empty());
    EXPECT_EQ(text_without_files(many), many);
}

}  // namespace
}  // namespace bellhop::parsers
