// Mails made to break a reader. Each must end soon, in bounded memory, with a result that says
// something.
#include <algorithm>

#include <gtest/gtest.h>

#include "parsers/charset.hpp"
#include "parsers/message.hpp"

namespace bellhop::parsers {
namespace {

const std::string head = "From: Ann <ann@school.example>\r\nSubject: printer\r\n";

bool tells(const Message& message, std::string_view code) {
    return std::any_of(message.defects.begin(), message.defects.end(),
                       [&](const Defect& d) { return d.code == code; });
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    result.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

/// Parses, and holds what must hold for any input at all.
Message survived(std::string_view bytes) {
    const MessageLimits limits;
    Message message = parse_message(bytes, limits);
    EXPECT_LE(message.text.size(), limits.text_bytes);
    EXPECT_TRUE(is_utf8(message.text));
    EXPECT_TRUE(is_utf8(message.subject));
    EXPECT_TRUE(is_utf8(message.reply_text));
    EXPECT_EQ(message.text.find('\r'), std::string::npos);
    EXPECT_LE(message.attachments.size(), limits.attachments);
    EXPECT_LE(message.fields.size(), limits.fields + 20);
    std::size_t held = message.text.size() + message.quoted_text.size() + message.reply_text.size();
    for (const Attachment& attachment : message.attachments) held += attachment.bytes.size();
    EXPECT_LE(held, 8 * bytes.size() + 4096);
    return message;
}

std::string nested(int levels, bool same_boundary) {
    std::string mail = head;
    for (int i = 0; i < levels; ++i) {
        const std::string boundary = same_boundary ? "same" : "b" + std::to_string(i) + "x";
        mail += "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n--" +
                boundary + "\r\n";
    }
    mail += "Content-Type: text/plain\r\n\r\ndeep\r\n";
    for (int i = levels; i-- > 0;)
        mail += "--" + (same_boundary ? "same" : "b" + std::to_string(i) + "x") + "--\r\n";
    return mail;
}

TEST(HostileMessage, TenThousandNestedMultiparts) {
    for (const bool same : {false, true}) {
        const Message message = survived(nested(10000, same));
        EXPECT_EQ(message.subject, "printer");
        EXPECT_TRUE(tells(message, "nested_too_deep"));
    }
    EXPECT_EQ(survived(nested(MessageLimits{}.nesting, false)).text, "deep");
}

TEST(HostileMessage, TenThousandNestedMails) {
    survived(head + repeated("Content-Type: message/rfc822\r\n\r\n", 10000) + "deep\r\n");
}

TEST(HostileMessage, HundredThousandParts) {
    const Message message = survived(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" +
                                     repeated("--b\r\n\r\nx\r\n", 100000) + "--b--\r\n");
    EXPECT_TRUE(tells(message, "too_many_parts"));
}

TEST(HostileMessage, ThousandAttachments) {
    const Message message = survived(
        head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" +
        repeated("--b\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n", 900) + "--b--\r\n");
    EXPECT_TRUE(tells(message, "too_many_attachments"));
}

TEST(HostileMessage, OneLongLine) {
    constexpr std::size_t size = 8 << 20;
    const Message message = survived(head + "\r\n" + std::string(size, 'x'));
    EXPECT_EQ(message.text.size(), MessageLimits{}.text_bytes);
    EXPECT_TRUE(tells(message, "text_too_large"));
    survived(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" +
             std::string(size, '-') + "\r\n--b--\r\n");
}

TEST(HostileMessage, HugeHeaders) {
    const Message value = survived(head + "X-Long: " + std::string(8 << 20, 'x') +
                                   "\r\nTo: bob@school.example\r\n\r\nbody\r\n");
    EXPECT_EQ(value.to.size(), 1U);
    EXPECT_EQ(value.text, "body\n");
    EXPECT_TRUE(tells(value, "header_too_large"));
    EXPECT_EQ(
        survived(head + repeated("X-A: b\r\n", 200000) + "To: bob@school.example\r\n\r\nbody\r\n")
            .to.size(),
        1U);
    EXPECT_EQ(
        survived(head + "X-Folded: a" + repeated("\r\n abcdefghij", 200000) + "\r\n\r\nbody\r\n")
            .text,
        "body\n");
    survived(head + std::string(4 << 20, 'x'));
    survived(std::string(4 << 20, 'x'));
    survived(repeated("\r\n", 1 << 20));
    survived(repeated("junk line\n", 200000));
    survived(head + "\n" + std::string(1 << 20, '\r'));
}

TEST(HostileMessage, ManyAddressesWordsAndParameters) {
    EXPECT_LE(
        survived("To: " + repeated("u@school.example,\r\n ", 50000) + "x@school.example\r\n\r\n")
            .to.size(),
        max_addresses);
    EXPECT_FALSE(
        survived("Subject: " + repeated("=?utf-8?q?a?=\r\n ", 70000) + "\r\n\r\n").subject.empty());
    survived("Subject: " + repeated("=?", 200000) + "\r\n\r\n");
    survived("Subject: " + repeated("=?utf-8?b?", 100000) + "\r\n\r\n");
    survived("From: " + repeated("\"a\\", 100000) + "\r\nTo: " + repeated("(", 100000) +
             "\r\nCc: " + repeated("<@", 100000) + "\r\n\r\n");
    survived(head + "Content-Type: text/plain" + repeated(";\r\n a=b", 100000) +
             "\r\n\r\nbody\r\n");
    survived("References: " + repeated("<", 200000) + "\r\n\r\n");
}

TEST(HostileMessage, BoundariesThatNearlyMatch) {
    const Message message =
        survived(head + "Content-Type: multipart/mixed; boundary=BB\r\n\r\n--BB\r\n\r\n" +
                 repeated("--B\r\n", 200000) + "--BB--\r\n");
    EXPECT_FALSE(message.text.empty());
    survived(head + "Content-Type: multipart/mixed; boundary=" + std::string(100000, 'B') +
             "\r\n\r\n--" + std::string(100000, 'B') + "\r\n\r\nx\r\n");
    survived(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" +
             repeated("--b\r\n\r\nx\r\n--b--\r\n", 2000));
    std::string unclosed = nested(50, false).substr(0, nested(50, false).find("deep"));
    EXPECT_FALSE(survived(unclosed + repeated("--nothing\r\n", 100000)).text.empty());
}

TEST(HostileMessage, TransferEncodingBombs) {
    survived(head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
             std::string(4 << 20, '='));
    survived(head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
             std::string(4 << 20, ' '));
    survived(head + "Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
             repeated("\xFF\x80!*()={\r\n", 200000));
    const Message bomb = survived(
        head +
        "Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
        std::string(4 << 20, 'A'));
    ASSERT_EQ(bomb.attachments.size(), 1U);
    EXPECT_EQ(bomb.attachments[0].bytes.size(), std::size_t{3} << 20);
    survived(head + "\r\n" + repeated("begin 644 x\n#0V%T\n", 50000));
}

TEST(HostileMessage, CharsetsThatExpand) {
    survived(head + "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" +
             repeated("\x1B$B", 100000));
    survived(head + "Content-Type: text/plain; charset=utf-16\r\n\r\n" +
             repeated("\xFF\xFE", 100000));
    survived(head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" +
             repeated("e\xCC\x81", 100000));
    survived(head + "Content-Type: text/plain; charset=hz-gb-2312\r\n\r\n" +
             repeated("~{<:Ky2;", 100000));
    survived(head + "Content-Type: text/plain\r\n\r\n" + repeated("\x80\xFF\xC0", 100000));
}

TEST(HostileMessage, EveryTruncation) {
    const std::string whole =
        head +
        "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; "
        "charset=utf-8\r\n"
        "Content-Transfer-Encoding: "
        "quoted-printable\r\n\r\n<p>na=C3=AFve</p>\r\n--b\r\nContent-Type: application/pdf\r\n"
        "Content-Disposition: attachment; filename*0*=utf-8''a%C3%A4; "
        "filename*1=\".pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--\r\n";
    for (std::size_t length = 0; length <= whole.size(); ++length)
        survived(whole.substr(0, length));
}

TEST(HostileMessage, RandomBytes) {
    std::uint32_t state = 1;
    for (int round = 0; round < 200; ++round) {
        std::string bytes =
            round % 2 == 0 ? head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" : "";
        for (int i = 0; i < 500; ++i) {
            state = state * 1664525 + 1013904223;
            constexpr std::string_view interesting = "\r\n\r\n:;=?\"<>()--b,@ \t\0\x1b%*'Aa0";
            const std::uint32_t pick = state >> 16;
            bytes += pick % 3 == 0 ? static_cast<char>(pick >> 4)
                                   : interesting[pick % interesting.size()];
        }
        survived(bytes);
    }
}

}  // namespace
}  // namespace bellhop::parsers
