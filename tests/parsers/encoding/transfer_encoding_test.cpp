#include "parsers/encoding/transfer_encoding.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

TEST(TransferEncoding, ReadsNamesAsTheyAreWritten) {
    EXPECT_EQ(transfer_encoding_of(" BASE64 "), TransferEncoding::base64);
    EXPECT_EQ(transfer_encoding_of("\"quoted-printable\""), TransferEncoding::quoted_printable);
    EXPECT_EQ(transfer_encoding_of("8bit (really)"), TransferEncoding::identity);
    EXPECT_EQ(transfer_encoding_of(""), TransferEncoding::identity);
    EXPECT_EQ(transfer_encoding_of("x-uuencode"), TransferEncoding::uuencode);
    EXPECT_EQ(transfer_encoding_of("x-nonsense"), TransferEncoding::unknown);
}

TEST(TransferEncoding, DecodesBase64ByRfc4648Section10) {
    EXPECT_EQ(decode_base64(""), "");
    EXPECT_EQ(decode_base64("Zg=="), "f");
    EXPECT_EQ(decode_base64("Zm8="), "fo");
    EXPECT_EQ(decode_base64("Zm9v"), "foo");
    EXPECT_EQ(decode_base64("Zm9vYmE="), "fooba");
    EXPECT_EQ(decode_base64("Zm9v\r\nYmFy"), "foobar");
}

TEST(TransferEncoding, DecodesDamagedBase64) {
    EXPECT_EQ(decode_base64("aGVsbG8"), "hello");                    // no padding
    EXPECT_EQ(decode_base64("aGVsbG8=\r\nd29ybGQ="), "helloworld");  // two pieces
    EXPECT_EQ(decode_base64("aG\xFFVs{bG8="), "hello");              // noise
    EXPECT_EQ(decode_base64("====="), "");
    EXPECT_EQ(decode_base64("a"), "");
}

TEST(TransferEncoding, EndsBase64AtWhatIsNone) {
    EXPECT_EQ(decode_base64("aGVsbG8=--boundary--"), "hello");
    EXPECT_EQ(decode_base64("aGVsbG8=\r\n\r\n______\r\nStaff mailing list\r\n"), "hello");
}

TEST(TransferEncoding, DecodesQuotedPrintableWithEitherLineEnd) {
    EXPECT_EQ(decode_quoted_printable("na=C3=AFve =\r\nline\r\n"), "naïve line\r\n");
    EXPECT_EQ(decode_quoted_printable("na=c3=afve =\nline\n"), "naïve line\n");
    EXPECT_EQ(decode_quoted_printable("one \ntwo=20\n"), "one\ntwo \n");
    EXPECT_EQ(decode_quoted_printable("-- =\n\nsig"), "-- \nsig");
}

TEST(TransferEncoding, KeepsWhatIsNoEscape) {
    EXPECT_EQ(decode_quoted_printable("100 % =ZZ a=b"), "100 % =ZZ a=b");
    EXPECT_EQ(decode_quoted_printable("ends ="), "ends ");
    EXPECT_EQ(decode_quoted_printable("=4"), "=4");
}

TEST(TransferEncoding, TellsDamage) {
    for (const std::string whole : {"aGVsbG8=", "aGVsbG8", "aGVs\r\n bG8=\t\r\n", ""})
        EXPECT_FALSE(read_base64(whole).is_damaged) << whole;
    for (const std::string damaged : {"aG{VsbG8=", "aGVsb", "aGVsbG8=--b--", "aGVs\xff"})
        EXPECT_TRUE(read_base64(damaged).is_damaged) << damaged;
    EXPECT_FALSE(read_quoted_printable("na=C3=AFve =\r\nline=\r\n").is_damaged);
    EXPECT_TRUE(read_quoted_printable("100 % =ZZ").is_damaged);
    EXPECT_TRUE(read_quoted_printable("=4").is_damaged);
}

}  // namespace
}  // namespace bellhop::parsers
