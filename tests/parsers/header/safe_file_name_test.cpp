#include "parsers/header/safe_file_name.hpp"

#include <gtest/gtest.h>

#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

TEST(SafeFileName, KeepsOrdinaryNames) {
    for (const char* name :
         {"report.pdf", "Grüße aus Köln.docx", "scan 001.tiff", "a.tar.gz", "写真.jpg"}) {
        EXPECT_EQ(safe_file_name(name), name);
    }
}

TEST(SafeFileName, CannotLeaveItsFolderOrHide) {
    EXPECT_EQ(safe_file_name("../../etc/passwd"), "_.._etc_passwd");
    EXPECT_EQ(safe_file_name("..\\..\\boot.ini"), "_.._boot.ini");
    EXPECT_EQ(safe_file_name(".htaccess"), "htaccess");
    EXPECT_EQ(safe_file_name("\u200B.htaccess"), "htaccess");
    EXPECT_EQ(safe_file_name("a\u202Egnp.exe"), "agnp.exe");
    EXPECT_EQ(safe_file_name("CON"), "_CON");
    EXPECT_EQ(safe_file_name("lpt1.txt"), "_lpt1.txt");
    EXPECT_EQ(safe_file_name("a%2fb%00"), "a_b_");
    EXPECT_EQ(safe_file_name("a\xEF\xBC\x8F"
                             "b"),
              "a_b");
    EXPECT_EQ(safe_file_name("dots..."), "dots");
    EXPECT_EQ(safe_file_name("-rf"), "rf");
    for (const char* nothing : {"", ".", "..", "...", "   ", "\u200B"})
        EXPECT_EQ(safe_file_name(nothing), "attachment");
}

TEST(SafeFileName, KeepsTheExtensionOfLongNames) {
    const std::string name = safe_file_name(std::string(4000, 'x') + ".pdf");
    EXPECT_LE(name.size(), max_file_name_bytes);
    EXPECT_TRUE(name.ends_with(".pdf"));
}

TEST(SafeFileName, HoldsForFiveHundredHostileNames) {
    const std::vector<std::string> pieces{
        "..",     "/",    "\\",  ".", "%2e", "%2F",       "\u202E",
        "\u200B", "CON",  "nul", " ", "-",   "~",         std::string(1, '\0'),
        "\x01",   "\xFF", "a",   "%", "2f",  "e\xCC\x81", "：",
        "．",     "／"};
    std::uint32_t state = 7;
    for (int i = 0; i < 500; ++i) {
        std::string name;
        for (int j = 0; j < 8; ++j) {
            state = state * 1664525 + 1013904223;
            name += pieces[(state >> 16) % pieces.size()];
        }
        const std::string safe = safe_file_name(name);
        EXPECT_FALSE(safe.empty());
        EXPECT_LE(safe.size(), max_file_name_bytes);
        EXPECT_TRUE(is_utf8(safe));
        EXPECT_EQ(safe.find_first_of(std::string{"/\\\0", 3}), std::string::npos) << safe;
        EXPECT_NE(safe.front(), '.') << safe;
        EXPECT_EQ(safe_file_name(safe), safe);
    }
}

}  // namespace
}  // namespace bellhop::parsers
