#include "parsers/header/media_type.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

std::string filename_in(std::string_view disposition) {
    return display_filename(parse_parameter_field(disposition).parameter("filename"));
}

TEST(MediaType, ReadsAValueWithDamageAroundIt) {
    const ParameterField field = parse_parameter_field("text/plain charset=utf-8; format=flowed");
    EXPECT_EQ(field.value, "text/plain");
    EXPECT_EQ(field.parameter("charset"), "utf-8");
    EXPECT_EQ(field.parameter("format"), "flowed");
    EXPECT_EQ(parse_parameter_field("Text / Plain\xFF\x01; a=b").value, "text/plain");
}

TEST(MediaType, ReadsTypesAndParameters) {
    const ParameterField field =
        parse_parameter_field("Text/PLAIN (a comment); Charset = \"utf-8\" ; format=flowed");
    EXPECT_EQ(field.value, "text/plain");
    EXPECT_EQ(field.parameter("charset"), "utf-8");
    EXPECT_EQ(field.parameter("format"), "flowed");
    EXPECT_EQ(field.parameter("delsp"), "");
    EXPECT_EQ(parse_parameter_field("").value, "");
}

TEST(MediaType, KeepsWhatQuotesProtect) {
    EXPECT_EQ(parse_parameter_field("multipart/mixed; boundary=\"a;b=\\\"c\\\"\"; x=y")
                  .parameter("boundary"),
              "a;b=\"c\"");
    EXPECT_EQ(parse_parameter_field("multipart/mixed; boundary==_a:b/c?d").parameter("boundary"),
              "=_a:b/c?d");
    EXPECT_EQ(parse_parameter_field("multipart/mixed; boundary=\"open").parameter("boundary"),
              "open");
}

TEST(MediaType, ReadsFileNamesByRfc2231) {
    EXPECT_EQ(filename_in("attachment; filename*=utf-8''na%C3%AFve.txt"), "naïve.txt");
    EXPECT_EQ(filename_in("attachment; filename*0*=utf-8''na%C3%AF; filename*1=\"ve.txt\""),
              "naïve.txt");
    EXPECT_EQ(filename_in("attachment; filename*1=b.txt; filename*0=a"), "ab.txt");
    EXPECT_EQ(filename_in("attachment; filename=plain.txt; filename*=iso-8859-1'de'gr%FCn.txt"),
              "grün.txt");
    EXPECT_EQ(filename_in("attachment; filename*=no-quotes%20here.txt"), "no-quotes here.txt");
}

TEST(MediaType, ReadsFileNamesAsProgramsWriteThem) {
    EXPECT_EQ(filename_in("attachment; filename=\"=?utf-8?q?na=C3=AFve=2Etxt?=\""), "naïve.txt");
    EXPECT_EQ(filename_in("attachment; filename==?utf-8?q?a;b?="), "a;b");
    EXPECT_EQ(filename_in("attachment; filename=my report.pdf; size=3"), "my report.pdf");
    EXPECT_EQ(filename_in("attachment; filename=\"C:\\scans\\page 1.pdf\""), "page 1.pdf");
    EXPECT_EQ(filename_in("attachment; filename=\"../../etc/passwd\""), "passwd");
    EXPECT_EQ(filename_in("attachment; filename=\"Gr\xC3\xBC\xC3\x9F"
                          "e.txt\""),
              "Grüße.txt");
}

TEST(MediaType, IsBounded) {
    std::string many = "text/plain";
    std::string pieces = "attachment";
    for (int i = 0; i < 5000; ++i) {
        many += "; p" + std::to_string(i) + "=v";
        pieces += "; filename*" + std::to_string(i) + "*=%41";
    }
    EXPECT_LE(parse_parameter_field(many).parameters.size(), max_parameters);
    EXPECT_LE(parse_parameter_field(pieces).parameter("filename").size(), max_parameters);
    EXPECT_EQ(parse_parameter_field(std::string(100000, '(')).value, "");
}

TEST(MediaType, JoinsPiecesThatWereCutInsideAnEscape) {
    for (const std::string cut :
         {"f*0*=UTF-8''%C3%9Cber%;f*1*=20Raum.pdf", "f*0*=UTF-8''%C3%9Cber%2;f*1*=0Raum.pdf",
          "f*0*=UTF-8''%C3;f*1*=%9Cber%20;f*2=Raum.pdf",
          "f*0*=UTF-8''%C3%9Cber%20R;f*1*=aum.pdf"}) {
        EXPECT_EQ(parse_parameter_field("attachment; " + cut).parameter("f"), "Über Raum.pdf")
            << cut;
    }
}

/// Some programs escape a name as in a URL, and do not say so.
TEST(DisplayFilename, UndoesEscapesThatGiveLetters) {
    EXPECT_EQ(display_filename("%C3%9Cbersicht%20R%C3%A4ume.pdf"), "Übersicht Räume.pdf");
    EXPECT_EQ(display_filename("%c3%9c.txt"), "Ü.txt");
    for (const char* name : {"100%25.txt", "50% off.pdf", "%41.txt", "%FC.txt", "%C3%9C%0A.txt"})
        EXPECT_EQ(display_filename(name), name);
}

TEST(ParameterField, LeavesExtendedValuesWithoutACharsetToTheNameOfTheFile) {
    const ParameterField field =
        parse_parameter_field("attachment; filename*=''%C3%9C.pdf; filename=x.pdf");
    EXPECT_EQ(field.parameter("filename"), "\xC3\x9C.pdf");
    EXPECT_EQ(display_filename(parse_parameter_field("a; filename*=%C4%E3%BA%C3.pdf")
                                   .parameter("filename"),
                               "gb18030"),
              "你好.pdf");
}

}  // namespace
}  // namespace bellhop::parsers
