#include "parsers/message/mail_charset.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::parsers {
namespace {

/// "打印机" and a sentence of it, in GB 18030.
const std::string gb_subject = "\xB4\xF2\xD3\xA1\xBB\xFA";
const std::string gb_body =
    "\xB0\xEC\xB9\xAB\xCA\xD2\xB5\xC4\xB4\xF2\xD3\xA1\xBB\xFA\xB2\xBB\xB9\xA4\xD7\xF7";
/// "会議室の件", "職員室のプリンターが動きません" in Shift_JIS.
const std::string sjis_subject =
    "\x89\xEF\x8B"
    "c\x8E\xBA\x82\xCC\x8C\x8F";
const std::string sjis_body =
    "\x90"
    "E\x88\xF5\x8E\xBA\x82\xCC\x83v\x83\x8A\x83\x93\x83^\x81[\x82\xAA\x93\xAE\x82\xAB\x82\xDC\x82"
    "\xB9\x82\xF1";

std::string charset_of(const std::string& mail) {
    return undeclared_charset(outline_of(mail, {}));
}

Message read(const std::string& header, const std::string& body) {
    return parse_message("From: a@elm.example\r\n" + header + "\r\n" + body + "\r\n");
}

TEST(UndeclaredCharset, IsFoundByAllOfTheMail) {
    const Message gb = read("Subject: " + gb_subject + "\r\n", gb_body);
    EXPECT_EQ(gb.subject, "打印机");
    EXPECT_EQ(gb.text, "办公室的打印机不工作\n");
    const Message sjis = read("Subject: " + sjis_subject + "\r\n", sjis_body);
    EXPECT_EQ(sjis.subject, "会議室の件");
    EXPECT_EQ(sjis.text, "職員室のプリンターが動きません\n");
}

TEST(UndeclaredCharset, ReadsAlsoWhatIsTooShortByItself) {
    // "你好" alone might be Korean.
    const Message mail = read("Subject: \xC4\xE3\xBA\xC3\r\n", gb_body);
    EXPECT_EQ(mail.subject, "你好");
    const Message named = read("Subject: =?x-unknown?B?xOO6ww==?=\r\n", gb_body);
    EXPECT_EQ(named.subject, "你好");
}

TEST(UndeclaredCharset, IsThatOfATextThatDeclaresOne) {
    const std::string type = "Content-Type: text/plain; charset=gb2312\r\n";
    EXPECT_EQ(read("Subject: \xC4\xE3\xBA\xC3\r\n" + type, gb_body).subject, "你好");
    EXPECT_EQ(charset_of("Subject: \xC4\xE3\r\n" + type + "\r\nplain\r\n"), "gb2312");
    EXPECT_EQ(charset_of("Subject: x\r\n\r\nplain\r\n"), "");
}

TEST(UndeclaredCharset, IsNotWhatCannotBe) {
    const std::string type = "Content-Type: text/plain; charset=utf-8\r\n";
    EXPECT_EQ(read("Subject: " + sjis_subject + "\r\n" + type, "plain").subject, "会議室の件");
    const std::string ascii = "Content-Type: text/plain; charset=us-ascii\r\n";
    EXPECT_EQ(read("Subject: " + sjis_subject + "\r\n" + ascii, "plain").subject, "会議室の件");
    EXPECT_EQ(read("Subject: M\xFCller\r\n" + ascii, "plain").subject, "Müller");
}

TEST(UndeclaredCharset, LooksPastTheTagsOfHtml) {
    const Message mail =
        read("Subject: " + gb_subject + "\r\nContent-Type: text/html\r\n",
             "<html><body><div class=\"a long name of no use\"><p>" + gb_body + "</p></div>");
    EXPECT_EQ(mail.subject, "打印机");
    EXPECT_EQ(mail.text, "办公室的打印机不工作");
    const Message meta = read("Subject: \xC4\xE3\xBA\xC3\r\nContent-Type: text/html\r\n",
                              "<meta charset=gbk><p>" + gb_body);
    EXPECT_EQ(meta.subject, "你好");
}

TEST(UndeclaredCharset, ReadsNamesOfFiles) {
    const Message mail = parse_message(
        "From: a@elm.example\r\nSubject: " + gb_subject +
        "\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + gb_body +
        "\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"" +
        gb_subject + ".pdf\"\r\n\r\nx\r\n--b--\r\n");
    ASSERT_EQ(mail.attachments.size(), 1U);
    EXPECT_EQ(mail.attachments[0].filename, "打印机.pdf");
}

TEST(UndeclaredCharset, ReadsTransferEncodings) {
    const Message mail =
        read("Subject: " + gb_subject + "\r\nContent-Transfer-Encoding: base64\r\n",
             "sOy5q8rStcS08tOhu/qyu7mk1/c=");
    EXPECT_EQ(mail.subject, "打印机");
    EXPECT_EQ(mail.text, "办公室的打印机不工作");
}

/// RFC 2152: old mail has it in headers and in plain text; in HTML it hides what stands there.
TEST(UndeclaredCharset, DecodesUtf7ButInHtml) {
    const std::string utf7 = "Content-Type: text/plain; charset=utf-7\r\n";
    EXPECT_EQ(read("Subject: =?utf-7?Q?Dr+APw-cker?=\r\n" + utf7, "Gr+APwA3w-e").subject,
              "Drücker");
    EXPECT_EQ(read("Subject: x\r\n" + utf7, "Gr+APwA3w-e").text, "Grüße\n");
    const Message html = read("Subject: x\r\nContent-Type: text/html; charset=utf-7\r\n",
                              "<p>+ADw-script+AD4-alert(1)</p>");
    EXPECT_EQ(html.text, "+ADw-script+AD4-alert(1)");
    ASSERT_EQ(html.defects.size(), 1U);
    EXPECT_EQ(html.defects[0].code, "refused_charset");
}

TEST(UndeclaredCharset, TakesABoundedLook) {
    std::string body;
    for (int i = 0; i < 100000; ++i) body += gb_body;
    EXPECT_EQ(charset_of("Subject: x\r\n\r\n" + body), "gb18030");
}

}  // namespace
}  // namespace bellhop::parsers
