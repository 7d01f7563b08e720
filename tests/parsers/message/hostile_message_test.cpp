// Mails made to break a reader. Each must end soon, in bounded memory, with a result that says
// something.
#include <algorithm>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "parsers/text/utf8.hpp"
#include "tests/parsers/hostile_mails.hpp"

namespace bellhop::parsers {
namespace {

const std::string head = "From: Ann <ann@school.example>\r\nSubject: printer\r\n";

bool tells(const Message& message, std::string_view code) {
    return std::any_of(message.defects.begin(), message.defects.end(),
                       [&](const Defect& d) { return d.code == code; });
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

TEST(HostileMessage, EndsInBoundsWithADefect) {
    for (const HostileMail& hostile : hostile_mails()) {
        SCOPED_TRACE(hostile.name);
        const Message message = survived(hostile.of(hostile.small));
        EXPECT_TRUE(hostile.defect.empty() || tells(message, hostile.defect));
        survived(hostile.of(1));
        survived(hostile.of(0));
    }
}

TEST(HostileMessage, IsReadAsFarAsItGoes) {
    for (const HostileMail& hostile : hostile_mails()) {
        SCOPED_TRACE(hostile.name);
        const std::string mail = hostile.of(hostile.small);
        const Message message = parse_message(mail);
        if (mail.find("To: bob@school.example\r\n") == std::string::npos) continue;
        EXPECT_EQ(message.subject, "printer");
        EXPECT_EQ(message.to.size(), 1U);
    }
}

TEST(HostileMessage, KeepsTheTextAtTheDeepestLevel) {
    std::string mail = head;
    for (int i = 0; i < MessageLimits{}.nesting; ++i) {
        const std::string boundary = "b" + std::to_string(i) + "x";
        mail += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary +
                "\r\n";
    }
    EXPECT_EQ(survived(mail + "\r\ndeep").text, "deep");
}

TEST(HostileMessage, KeepsWhatFollowsAnEndlessField) {
    const Message message = survived("X-Long: " + std::string(300000, 'x') +
                                     "\r\nTo: bob@school.example\r\n\r\nbody\r\n");
    EXPECT_EQ(message.to.size(), 1U);
    EXPECT_EQ(message.text, "body\n");
}

TEST(HostileMessage, DecodesABombOnce) {
    const Message bomb = survived(
        head +
        "Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
        std::string(1 << 18, 'A'));
    ASSERT_EQ(bomb.attachments.size(), 1U);
    EXPECT_EQ(bomb.attachments[0].bytes.size(), std::size_t{3} << 16);
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
