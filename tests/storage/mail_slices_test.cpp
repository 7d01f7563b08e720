#include "storage/mail_slices.hpp"

#include <gtest/gtest.h>

#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

/// Bytes that look like nothing, the same for the same seed.
std::string noise(std::size_t size, unsigned seed) {
    std::string bytes;
    for (std::size_t index = 0; index < size; ++index) {
        seed = seed * 1664525U + 1013904223U;
        bytes += static_cast<char>(seed >> 24);
    }
    return bytes;
}

std::string base64(std::string_view bytes, const LineBreaks& breaks = {}) {
    std::string text;
    append_base64(text, bytes, breaks);
    return text;
}

TEST(Base64, IsThatOfTheStandard) {
    // RFC 4648 section 10.
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64("\xff\xef\xbe"), "/+++");
}

TEST(Base64, BreaksLinesButNotTheLast) {
    EXPECT_EQ(base64("foobarf", {4, "\r\n"}), "Zm9v\r\nYmFy\r\nZg==");
    EXPECT_EQ(base64("foobar", {4, "\n"}), "Zm9v\nYmFy");
    EXPECT_EQ(base64("foobar", {8, "\n"}), "Zm9vYmFy");
}

TEST(MailSlices, FindsEveryAttachmentInItsOwnLineLength) {
    for (const LineBreaks& breaks : {LineBreaks{76, "\r\n"}, LineBreaks{72, "\n"},
                                     LineBreaks{60, "\r\n"}, LineBreaks{996, "\n"}}) {
        const std::string first = noise(5000, 1);
        const std::string second = noise(4097, 2);
        const std::string head = "Subject: two\r\n\r\n--x\r\n\r\n";
        const std::string middle = "\r\n--x\r\n\r\n";
        const std::string raw =
            head + base64(first, breaks) + middle + base64(second, breaks) + "\r\n--x--\r\n";
        const std::vector<MailSlice> slices = find_slices(raw, {first, second});
        const std::size_t first_length = base64(first, breaks).size();
        EXPECT_EQ(slices, (std::vector<MailSlice>{{head.size(), first_length, 0, breaks},
                                                  {head.size() + first_length + middle.size(),
                                                   base64(second, breaks).size(), 1, breaks}}))
            << breaks.length;
    }
}

TEST(MailSlices, LeavesWhatIsNotTheSameToTheByte) {
    const std::string part = noise(5000, 1);
    const std::string text = base64(part);
    std::string wrong_byte = "\n" + text + "\n";
    wrong_byte[3000] = wrong_byte[3000] == 'A' ? 'B' : 'A';
    std::string odd_line = "\n" + text + "\n";
    odd_line.insert(760, "\r\n");
    for (const std::string& raw : {wrong_byte, odd_line, "\n" + text.substr(0, text.size() - 9),
                                   "not at the beginning of a line: " + text, std::string{},
                                   "\n" + base64(part, {1000, "\n"}), "\n" + text.substr(0, 76)}) {
        EXPECT_TRUE(find_slices(raw, {part}).empty()) << raw.substr(0, 40);
    }
}

TEST(MailSlices, LeavesSmallParts) {
    const std::string part = noise(1023, 1);
    EXPECT_TRUE(find_slices("\n" + base64(part), {part, ""}).empty());
}

TEST(MailSlices, TellsApartPartsThatBeginAlike) {
    const std::string first = noise(2000, 1);
    std::string second = first;
    second[1000] = static_cast<char>(~second[1000]);
    const std::string raw = "\n" + base64(first) + "\r\n\r\n" + base64(second) + "\r\n";
    const std::vector<MailSlice> slices = find_slices(raw, {second, first});
    ASSERT_EQ(slices.size(), 1U);
    EXPECT_EQ(slices[0].part, 0U);
    EXPECT_EQ(find_slices(raw, {first, second}).size(), 2U);
}

TEST(MailSlices, FindsTheSameAttachmentTwice) {
    const std::string part = noise(2000, 1);
    const std::string raw = "\n" + base64(part) + "\r\n\r\n" + base64(part) + "\r\n";
    EXPECT_EQ(find_slices(raw, {part, part}).size(), 2U);
}

// 300 parts that are nowhere, in a mail that is full of their beginnings: each search would walk
// the whole mail.
TEST(MailSlices, GivesUpOnAHostileMail) {
    const std::string line = base64(noise(45, 1));
    std::string raw;
    while (raw.size() < 256 * 1024) raw += line + "\r\n";
    std::vector<std::string> parts;
    for (unsigned seed = 0; seed < 300; ++seed) parts.push_back(noise(45, 1) + noise(2000, seed));
    const std::vector<std::string_view> views{parts.begin(), parts.end()};
    EXPECT_TRUE(find_slices(raw, views).empty());
}

}  // namespace
}  // namespace bellhop::storage
