#include "parsers/text/charset_detection.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/text/charset.hpp"

namespace bellhop::parsers {
namespace {

const struct {
    std::string bytes;
    std::string text;
} subjects[] = {{"\xB4\xF2\xD3\xA1\xBB\xFA\xBB\xB5\xC1\xCB", "打印机坏了"},
                {"\xB0\xEC\xB9\xAB\xCA\xD2\xB5\xC4\xB4\xF2\xD3\xA1\xBB\xFA\xB2\xBB\xB9\xA4\xD7\xF7",
                 "办公室的打印机不工作"},
                {"\xA6L\xAA\xED\xBE\xF7\xC3"
                 "a\xA4"
                 "F",
                 "印表機壞了"},
                {"\xBF\xEC\xA4\xBD\xAB\xC7\xAA\xBA\xA6L\xAA\xED\xBE\xF7\xA4\xA3\xAF\xE0\xA5\xCE",
                 "辦公室的印表機不能用"},
                {"\x89\xEF\x8B"
                 "c\x8E\xBA\x82\xCC\x8C\x8F",
                 "会議室の件"},
                {"\x83v\x83\x8A\x83\x93\x83^\x82\xAA\x8C\xCC\x8F\xE1", "プリンタが故障"},
                {"\xB2\xF1\xB5\xC4\xBC\xBC\xA4\xCE\xB7\xEF", "会議室の件"},
                {"\xB0\xF5\xBA\xFE\xA4\xC7\xA4\xAD\xA4\xDE\xA4\xBB\xA4\xF3", "印刷できません"},
                {"\xBE\xC8\xB3\xE7\xC7\xCF\xBC\xBC\xBF\xE4", "안녕하세요"},
                {"\xC7\xC1\xB8\xB0\xC5\xCD \xB0\xED\xC0\xE5", "프린터 고장"},
                {"\xCF\xF0\xE8\xED\xF2\xE5\xF0", "Принтер"},
                {"\xF0\xD2\xC9\xCE\xD4\xC5\xD2 \xCE\xC5 \xD0\xC5\xDE\xC1\xD4\xC1\xC5\xD4",
                 "Принтер не печатает"},
                {"\xE4\xEE\xE3\xF4\xF1\xFA \xEC\xE0 \xF2\xE5\xE1\xE3\xFA", "המדפסת לא עובדת"},
                {"M\xFCller", "Müller"},
                {"\xE0 bient\xF4t", "à bientôt"},
                {"\x1B$B%W%j%s%?\x1B(B", "プリンタ"},
                {"\x1B$)C\x0E\x47\x41\x38\x30\x45\x4D\x0F", "프린터"}};

TEST(DetectedCharset, TellsAFewWords) {
    for (const auto& each : subjects) {
        EXPECT_EQ(to_utf8(each.bytes, detected_charset(each.bytes)), each.text);
        EXPECT_EQ(to_utf8(each.bytes, ""), each.text);
        EXPECT_EQ(to_utf8(each.bytes, "x-unknown"), each.text);
    }
}

TEST(DetectedCharset, TellsScriptsInWhichNearlyEveryLetterIs8Bit) {
    // "Здравствуйте, у нас в школе не работает принтер" in Windows-1251; a sentence is enough.
    const std::string bytes =
        "\xC7\xE4\xF0\xE0\xE2\xF1\xF2\xE2\xF3\xE9\xF2\xE5, \xF3 \xED\xE0\xF1 \xE2 "
        "\xF8\xEA\xEE\xEB\xE5 \xED\xE5 \xF0\xE0\xE1\xEE\xF2\xE0\xE5\xF2 "
        "\xEF\xF0\xE8\xED\xF2\xE5\xF0";
    EXPECT_EQ(to_utf8(bytes, ""), "Здравствуйте, у нас в школе не работает принтер");
    EXPECT_EQ(charset_beyond_latin(bytes), "windows-1251");
    for (const char* declared : {"iso-8859-1", "us-ascii", "windows-1252"}) {
        EXPECT_EQ(to_utf8(bytes, declared), "Здравствуйте, у нас в школе не работает принтер")
            << declared;
    }
}

TEST(DetectedCharset, TakesWesternTextForBeyondLatinNever) {
    for (const std::string bytes : {"M\xFCller", "\xC4\xD6\xDC\xE4\xF6\xFC", "na\xEFve caf\xE9",
                                    "\x97\x97\x97\x97\x97\x97\x97\x97\x97\x97",
                                    "\xA3\xA3\xA3\xA3\xA3 5 \x80\x80\x80\x80", "", "plain"}) {
        EXPECT_EQ(charset_beyond_latin(bytes), "") << bytes;
    }
}

TEST(DetectedCharset, IsUtf8WhereMostOfItIs) {
    EXPECT_EQ(detected_charset("Gr\xC3\xBC\xC3\x9F"
                               "e \xFF"),
              "utf-8");
    EXPECT_EQ(detected_charset("plain"), "utf-8");
    EXPECT_TRUE(is_mostly_utf8("\xC3\xBC \xFC"));
    EXPECT_FALSE(is_mostly_utf8("\xFC \xFC \xC3\xBC"));
    EXPECT_FALSE(is_mostly_utf8("plain"));
}

TEST(DetectedCharset, LooksAtABoundedBeginning) {
    EXPECT_EQ(detected_charset(std::string(70000, 'a') + "\xFF\xFE\xFD"), "utf-8");
}

}  // namespace
}  // namespace bellhop::parsers
