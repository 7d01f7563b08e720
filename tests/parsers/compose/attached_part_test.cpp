#include "parsers/compose/attached_part.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::parsers {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The part as a mail that has nothing else in it.
Message mail_of(const OutgoingFile& file) {
    return parse_message(
        "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
        "boundary=b\r\n\r\n--b\r\n" +
        attached_part(file) + "\r\n--b--\r\n");
}

/// Of every length, so that each remainder of three octets and of a line has been.
TEST(AttachedPart, GivesItsBytesBackWhateverTheyAre) {
    std::string bytes;
    for (int length = 0; length < 130; ++length) {
        const std::string part = attached_part({"a.bin", bytes, {}});
        const Message mail = mail_of({"a.bin", bytes, {}});
        ASSERT_EQ(mail.attachments.size(), 1U) << length;
        EXPECT_EQ(mail.attachments[0].bytes, bytes) << length;
        std::size_t longest = 0;
        for (std::size_t at = 0; at < part.size();) {
            const std::size_t end = part.find("\r\n", at);
            ASSERT_NE(end, std::string::npos) << "every line has its end";
            longest = std::max(longest, end - at);
            at = end + 2;
        }
        EXPECT_LE(longest, 76U) << length;
        bytes += static_cast<char>(length * 37 + 200);
    }
}

TEST(AttachedPart, KeepsAnyNameThatIsHarmless) {
    const char* const names[] = {"plan.pdf",      "a b.txt",  "caf\xc3\xa9.pdf",
                                 "quote\"s.txt",  "100%.csv", "\xe6\x97\xa5\xe6\x9c\xac.docx",
                                 "semi;colon.txt"};
    for (const char* name : names) {
        const Message mail = mail_of({name, "x", {}});
        ASSERT_EQ(mail.attachments.size(), 1U) << name;
        EXPECT_FALSE(mail.attachments[0].filename.empty()) << name;
        const std::string again =
            mail_of({mail.attachments[0].filename, "x", {}}).attachments[0].filename;
        EXPECT_EQ(again, mail.attachments[0].filename)
            << "what has been made harmless stays as it is";
    }
    EXPECT_EQ(mail_of({"caf\xc3\xa9.pdf", "x", {}}).attachments[0].filename, "caf\xc3\xa9.pdf");
}

TEST(AttachedPart, LetsNoNameLeaveItsField) {
    for (const char* name : {"a\r\nBcc: victim@x.example", "a\nContent-Type: text/html",
                             "../../etc/passwd", "a\"; filename=\"b.exe"}) {
        const std::string part = attached_part({name, "x", {}});
        const std::string header = part.substr(0, part.find("\r\n\r\n"));
        EXPECT_THAT(header, Not(HasSubstr("Bcc:"))) << name;
        EXPECT_THAT(header, Not(HasSubstr("text/html"))) << name;
        EXPECT_THAT(header, Not(HasSubstr("../"))) << name;
        EXPECT_THAT(header, Not(HasSubstr("filename=\"b"))) << name;
    }
}

TEST(AttachedPart, IsShownWhereTheHtmlSaysSo) {
    const std::string part = attached_part({"logo.png", "x", "logo@desk.example"});
    EXPECT_THAT(part, HasSubstr("Content-ID: <logo@desk.example>\r\n"));
    EXPECT_THAT(part, HasSubstr("Content-Disposition: inline;\r\n"));
    EXPECT_THAT(part, HasSubstr("Content-Type: image/png\r\n"));
    EXPECT_THAT(attached_part({"logo.png", "x", {}}), HasSubstr("Disposition: attachment;\r\n"));
}

TEST(AttachedPart, CallsByItsTypeOnlyWhatNoReaderWouldRun) {
    const struct {
        const char* name;
        const char* type;
    } table[] = {{"Screen.PNG", "image/png"},
                 {"a.jpeg", "image/jpeg"},
                 {"log.txt", "text/plain"},
                 {"plan.tar.zip", "application/zip"},
                 {"page.html", "application/octet-stream"},
                 {"picture.svg", "application/octet-stream"},
                 {"run.exe", "application/octet-stream"},
                 {"picture.png.exe", "application/octet-stream"},
                 {"png", "application/octet-stream"},
                 {"", "application/octet-stream"}};
    for (const auto& [name, type] : table) EXPECT_EQ(media_type_of_file(name), type) << name;
}

}  // namespace
}  // namespace bellhop::parsers
