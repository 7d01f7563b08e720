#include "parsers/message/mime_leaf.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/message/message_limits.hpp"
#include "parsers/message/mime_outline.hpp"

namespace bellhop::parsers {
namespace {

/// The mail as one part. `mail` must outlive the result.
OutlinePart part_of(std::string_view mail) {
    return outline_of(mail, MessageLimits{}).parts.front();
}

LeafText text_of(const std::string& mail, std::size_t limit = 1000) {
    return decoded_text(part_of(mail), limit);
}

std::vector<std::string> codes(const std::vector<Defect>& defects) {
    std::vector<std::string> all;
    for (const Defect& each : defects) all.push_back(each.code);
    return all;
}

using Codes = std::vector<std::string>;

TEST(MimeLeaf, TakesTheNameFromWhereverItStands) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"Content-Disposition: attachment; filename=a.txt\r\nContent-Type: text/plain; name=b.txt",
         "a.txt"},
        {"Content-Type: text/plain; name=b.txt", "b.txt"},
        {"Content-Type: text/plain; name=\"=?utf-8?q?caf=C3=A9.txt?=\"", "café.txt"},
        {"Content-Disposition: attachment; filename*=utf-8''%e2%98%95.txt", "\u2615.txt"},
        {"Content-Disposition: attachment; filename=\"../../etc/passwd\"", "passwd"},
        {"Content-Type: text/plain", ""}};
    for (const auto& [head, name] : cases) {
        const std::string mail = head + "\r\n\r\nx";
        const OutlinePart part = part_of(mail);
        EXPECT_EQ(leaf_of(part).filename, name) << head;
    }
    const std::string mail = "Content-ID: <logo@x>\r\nContent-Disposition: inline\r\n\r\nx";
    const OutlinePart part = part_of(mail);
    EXPECT_EQ(leaf_of(part).content_id, "logo@x");
    EXPECT_EQ(leaf_of(part).disposition.value, "inline");
}

TEST(MimeLeaf, UndoesTheTransferEncoding) {
    const std::vector<std::pair<std::string, std::string>> cases{{"base64", "aGVsbG8="},
                                                                 {"quoted-printable", "hel=6Co"},
                                                                 {"7bit", "hello"},
                                                                 {"BASE64", "aGVs\r\nbG8="}};
    for (const auto& [encoding, body] : cases) {
        const std::string mail = "Content-Transfer-Encoding: " + encoding + "\r\n\r\n" + body;
        const LeafBytes read = decoded_bytes(part_of(mail));
        EXPECT_EQ(read.bytes, "hello") << encoding;
        EXPECT_TRUE(read.defects.empty()) << encoding;
    }
}

TEST(MimeLeaf, SaysWhatWasWrongWithTheEncoding) {
    const std::string unknown = "Content-Transfer-Encoding: rot13\r\n\r\nuryyb";
    EXPECT_EQ(decoded_bytes(part_of(unknown)).bytes, "uryyb");
    EXPECT_EQ(codes(decoded_bytes(part_of(unknown)).defects), (Codes{"unknown_transfer_encoding"}));
    const std::string damaged = "Content-Transfer-Encoding: base64\r\n\r\naGVs!!!bG8";
    EXPECT_EQ(codes(decoded_bytes(part_of(damaged)).defects), (Codes{"damaged_encoding"}));
}

TEST(MimeLeaf, ReadsTextInItsCharset) {
    EXPECT_EQ(text_of("Content-Type: text/plain; charset=iso-8859-1\r\n\r\ncaf\xE9").text, "café");
    const LeafText html =
        text_of("Content-Type: text/html\r\n\r\n<meta charset=iso-8859-1>caf\xE9");
    EXPECT_EQ(html.text, "<meta charset=iso-8859-1>café");
    EXPECT_TRUE(html.defects.empty());
}

TEST(MimeLeaf, SaysWhatWasGuessedAndLost) {
    EXPECT_EQ(codes(text_of("\r\ncaf\xE9").defects), (Codes{"unknown_charset"}));
    EXPECT_EQ(codes(text_of("Content-Type: text/plain; charset=x-none\r\n\r\ncaf\xC3\xA9").defects),
              (Codes{"unknown_charset"}));
    EXPECT_EQ(
        codes(text_of("Content-Type: text/plain; charset=utf-8\r\n\r\nna\xEF\xBFve é é").defects),
        (Codes{"undecodable_text"}));
    // A sender's own U+FFFD tells of a loss further up.
    EXPECT_EQ(codes(text_of("Content-Type: text/plain; charset=utf-8\r\n\r\na\uFFFD").defects),
              Codes{});
}

TEST(MimeLeaf, NotesOctetsThatNoTextMayHold) {
    EXPECT_EQ(codes(text_of(std::string{"\r\na\0b", 5}).defects), (Codes{"nul_bytes"}));
    EXPECT_EQ(codes(text_of("\r\na\rb\r\n").defects), (Codes{"bare_cr"}));
    EXPECT_EQ(codes(text_of("\r\na\r\r\nb\r\n").defects), Codes{});  // a known damage
}

TEST(MimeLeaf, JoinsFlowedText) {
    EXPECT_EQ(text_of("Content-Type: text/plain; format=flowed\r\n\r\none \r\ntwo").text,
              "one two");
    EXPECT_EQ(text_of("Content-Type: text/plain; format=Flowed; delsp=YES\r\n\r\none \r\ntwo").text,
              "onetwo");
    EXPECT_EQ(text_of("Content-Type: text/plain\r\n\r\none \r\ntwo").text, "one \ntwo");
}

TEST(MimeLeaf, CutsNoCharacterAndNoEscape) {
    const std::string quoted =
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        "\r\n=C3=A9=C3=A9=C3=A9";
    const std::string plain = "Content-Type: text/plain; charset=utf-8\r\n\r\néééééééé";
    for (std::size_t limit = 1; limit < 8; ++limit) {
        for (const std::string* mail : {&quoted, &plain}) {
            const std::string text = text_of(*mail, limit).text;
            EXPECT_LE(text.size(), limit);
            EXPECT_EQ(text.size() % 2, 0U) << text;
            EXPECT_EQ(text.find("\uFFFD"), std::string::npos) << text;
        }
    }
    EXPECT_TRUE(is_longer_than(part_of(plain), 15));
    EXPECT_FALSE(is_longer_than(part_of(plain), 16));
    EXPECT_FALSE(is_longer_than(part_of(quoted), 6));  // of the decoded text
    EXPECT_TRUE(is_longer_than(part_of(quoted), 5));
}

}  // namespace
}  // namespace bellhop::parsers
