#include "parsers/body/tnef.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

std::string number(std::uint32_t value, int octets) {
    std::string bytes;
    for (int i = 0; i < octets; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
}

std::string attribute(int level, std::uint32_t id, const std::string& data) {
    return number(static_cast<std::uint32_t>(level), 1) + number(id, 4) +
           number(static_cast<std::uint32_t>(data.size()), 4) + data + number(0, 2);
}

std::string padded(std::string bytes) {
    while (bytes.size() % 4 != 0) bytes += '\0';
    return bytes;
}

/// A property of variable size.
std::string property(std::uint32_t type, std::uint32_t id, const std::string& value) {
    return number(type, 2) + number(id, 2) + number(1, 4) +
           number(static_cast<std::uint32_t>(value.size()), 4) + padded(value);
}

std::string tnef(const std::string& attributes) {
    return number(0x223E9F78, 4) + number(1, 2) + attributes;
}

constexpr std::uint32_t rend_data = 0x00069002;
constexpr std::uint32_t attach_title = 0x00018010;
constexpr std::uint32_t attach_data = 0x0006800F;
constexpr std::uint32_t attachment = 0x00069005;
constexpr std::uint32_t message_properties = 0x00069003;
constexpr std::uint32_t codepage = 0x00069007;

TEST(Tnef, UnpacksFiles) {
    const std::string utf16 = std::string{"G\0r\0\xFC\0n\0.\0t\0x\0t\0\0\0", 18};
    const auto content =
        unpack_tnef(tnef(attribute(1, codepage, number(1252, 4) + number(0, 4)) +
                         attribute(2, rend_data, std::string(14, '\0')) +
                         attribute(2, attach_title, std::string{"GRN~1.TXT\0", 10}) +
                         attribute(2, attach_data, "hello") +
                         attribute(2, attachment,
                                   number(2, 4) + property(0x1F, 0x3707, utf16) +
                                       property(0x1E, 0x370E, std::string{"Text/Plain\0", 11})) +
                         attribute(2, rend_data, std::string(14, '\0')) +
                         attribute(2, attach_title, std::string{"caf\xE9.txt\0", 9}) +
                         attribute(2, attach_data, "x")));
    ASSERT_TRUE(content);
    ASSERT_EQ(content->files.size(), 2U);
    EXPECT_EQ(content->files[0].name, "Grün.txt");
    EXPECT_EQ(content->files[0].content_type, "text/plain");
    EXPECT_EQ(content->files[0].bytes, "hello");
    EXPECT_EQ(content->files[1].name, "café.txt");
}

TEST(Tnef, ReadsBodies) {
    const std::string rtf =
        number(0, 4) + number(5, 4) + number(0x414C454D, 4) + number(0, 4) + "{\\rtf";
    const auto content = unpack_tnef(
        tnef(attribute(1, message_properties,
                       number(3, 4) + property(0x1E, 0x1000, "plain") +
                           property(0x102, 0x1013, "<p>html</p>") + property(0x102, 0x1009, rtf))));
    ASSERT_TRUE(content);
    EXPECT_EQ(content->text, "plain");
    EXPECT_EQ(content->html, "<p>html</p>");
    EXPECT_EQ(content->rtf, "{\\rtf");
}

TEST(Tnef, DecompressesRtf) {
    // [MS-OXRTFCP] section 4.1.
    const std::string example{
        "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63"
        "\x70\x67\x31\x32\x35\x42"
        "\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0",
        49};
    const auto content = unpack_tnef(
        tnef(attribute(1, message_properties, number(1, 4) + property(0x102, 0x1009, example))));
    ASSERT_TRUE(content);
    EXPECT_EQ(content->rtf, "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
}

TEST(Tnef, SurvivesDamage) {
    EXPECT_FALSE(unpack_tnef(""));
    EXPECT_FALSE(unpack_tnef("not tnef at all"));
    const std::string whole =
        tnef(attribute(2, rend_data, std::string(14, '\0')) + attribute(2, attach_title, "name") +
             attribute(2, attach_data, "data") +
             attribute(2, attachment, number(0xFFFFFFFF, 4) + property(0x1F, 0x3707, "n\0")));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto content = unpack_tnef(std::string_view{whole}.substr(0, length));
        EXPECT_EQ(content.has_value(), length >= 4);
    }
}

}  // namespace
}  // namespace bellhop::parsers
