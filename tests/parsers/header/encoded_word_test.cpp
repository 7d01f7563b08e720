#include "parsers/header/encoded_word.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(EncodedWord, DecodesByRfc2047Section8) {
    EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a?="), "a");
    EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a?= b"), "a b");
    EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?="), "ab");
    EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a?=  \t =?ISO-8859-1?Q?b?="), "ab");
    EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a_b?="), "a b");
    EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?="), "a b");
    EXPECT_EQ(decode_encoded_words("=?utf-8*de?b?R3LDvMOfZQ==?="), "Grüße");
}

TEST(EncodedWord, JoinsCharactersThatWereSplitBetweenWords) {
    EXPECT_EQ(decode_encoded_words("=?utf-8?b?5L2g5Q==?= =?utf-8?b?pb0=?="), "你好");
    EXPECT_EQ(decode_encoded_words("=?utf-8?q?=E3?= =?UTF-8?Q?=82?= =?utf-8?q?=AD?="), "キ");
    // ... and groups of base64: "R3LDvMOfZQ==" cut after six digits.
    EXPECT_EQ(decode_encoded_words("=?utf-8?b?R3LDvM?= =?utf-8?b?OfZQ==?="), "Grüße");
}

TEST(EncodedWord, DecodesBrokenWords) {
    EXPECT_EQ(decode_encoded_words("=?utf-8?q?with blanks inside?="), "with blanks inside");
    EXPECT_EQ(decode_encoded_words("=?utf-8?q?one?==?utf-8?q?two?="), "onetwo");
    EXPECT_EQ(decode_encoded_words("=?utf-8?q?cut_sho"), "cut sho");
    EXPECT_EQ(decode_encoded_words("=?utf-8?q?why?=3F_really?="), "why?? really");
    EXPECT_EQ(decode_encoded_words("=?no-such-charset?q?caf=E9?="), "café");
    EXPECT_EQ(decode_encoded_words("=?utf-8?x?a?="), "=?utf-8?x?a?=");
    EXPECT_EQ(decode_encoded_words("a =? b ?= c"), "a =? b ?= c");
}

TEST(EncodedWord, TakesRawBytesAsTheyMayBeMeant) {
    EXPECT_EQ(decode_encoded_words("Grüße"), "Grüße");
    EXPECT_EQ(decode_encoded_words("Gr\xFC\xDF"
                                   "e"),
              "Grüße");
    EXPECT_EQ(decode_encoded_words("\xD0\xD2\xC9\xCE\xD4\xC5\xD2", "koi8-r"), "принтер");
}

TEST(EncodedWord, GivesOneLineWithoutControlCharacters) {
    EXPECT_EQ(decode_encoded_words("=?utf-8?q?a=0D=0AB:_c?="), "a  B: c");
    EXPECT_EQ(decode_encoded_words("=?utf-8?q?a=00b=1B[31m?="), "ab[31m");
}

/// RFC 2152, as mail of the last century has it.
TEST(EncodedWord, IsReadInUtf7) {
    EXPECT_EQ(decode_encoded_words("=?utf-7?Q?Dr+APw-cker?= =?UNICODE-1-1-UTF-7?Q?+IKw-?="),
              "Drücker€");
}

TEST(EncodedWord, TakesTheCharsetOfTheMailWhereItNamesNone) {
    EXPECT_EQ(decode_encoded_words("=?x-unknown?B?xOO6ww==?=", "gb18030"), "你好");
    EXPECT_EQ(decode_encoded_words("=?koi8-r?B?1MXT1A==?=", "gb18030"), "тест");
    EXPECT_EQ(decode_encoded_words("=?x-unknown?Q?Gr=C3=BC=C3=9Fe?=", "gb18030"), "Grüße");
}

}  // namespace
}  // namespace bellhop::parsers
