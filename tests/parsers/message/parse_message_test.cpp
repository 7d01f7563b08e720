#include "parsers/message/parse_message.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "parsers/header/media_type.hpp"
#include "parsers/header/thread_fields.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

std::string with_line_end(std::string_view text, std::string_view end) {
    std::string result;
    for (const char c : text) result += c == '\n' ? std::string{end} : std::string{c};
    return result;
}

bool has_defect(const Message& message, std::string_view code) {
    return std::any_of(message.defects.begin(), message.defects.end(),
                       [&](const Defect& d) { return d.code == code; });
}

/// Every mail is read with each line end that occurs: the result may not depend on it.
class EachLineEnd : public ::testing::TestWithParam<const char*> {
protected:
    Message parsed(std::string_view text) const {
        Message message = parse_message(with_line_end(text, GetParam()));
        const bool bare_cr = std::string_view{GetParam()} == "\r";
        EXPECT_EQ(has_defect(message, "bare_cr"), bare_cr);
        std::erase_if(message.defects, [](const Defect& d) { return d.code == "bare_cr"; });
        return message;
    }
};

INSTANTIATE_TEST_SUITE_P(Message,
                         EachLineEnd,
                         ::testing::Values("\r\n", "\n", "\r"),
                         [](const auto& test) {
                             const std::string end = test.param;
                             return end == "\n" ? "Lf" : end == "\r" ? "Cr" : "CrLf";
                         });

TEST_P(EachLineEnd, ReadsAPlainMail) {
    const Message message = parsed(
        "Return-Path: <ann@school.example>\nFrom: =?utf-8?q?Ann_M=C3=BCller?= "
        "<ann@school.example>\n"
        "To: IT Desk <help@desk.example>, bob@desk.example\nCc: cy@desk.example\nReply-To: "
        "office@school.example\n"
        "Subject: =?utf-8?q?Drucker?= =?utf-8?q?_kaputt?=\nDate: Thu, 5 Mar 2026 13:00:00 +0100\n"
        "Message-ID: <m1@school.example>\nIn-Reply-To: <m0@desk.example>\nReferences: "
        "<r1@desk.example>\n <m0@desk.example>\n"
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: "
        "quoted-printable\n\nDer Drucker im B=FCro ist ka=\nputt.\n");
    EXPECT_EQ(message.from, (Address{"Ann Müller", "ann@school.example"}));
    EXPECT_EQ(message.to,
              (std::vector<Address>{{"IT Desk", "help@desk.example"}, {"", "bob@desk.example"}}));
    EXPECT_EQ(message.cc, (std::vector<Address>{{"", "cy@desk.example"}}));
    EXPECT_EQ(message.reply_to, (std::vector<Address>{{"", "office@school.example"}}));
    EXPECT_EQ(message.subject, "Drucker kaputt");
    EXPECT_EQ(message.date,
              std::chrono::sys_days{std::chrono::year{2026} / 3 / 5} + std::chrono::hours{12});
    EXPECT_EQ(message.message_id, "m1@school.example");
    EXPECT_EQ(message.in_reply_to, (std::vector<std::string>{"m0@desk.example"}));
    EXPECT_EQ(message.references, (std::vector<std::string>{"r1@desk.example", "m0@desk.example"}));
    EXPECT_EQ(message.text, "Der Drucker im Büro ist kaputt.\n");
    EXPECT_EQ(message.html, std::nullopt);
    EXPECT_TRUE(message.attachments.empty());
    EXPECT_TRUE(message.defects.empty());
    EXPECT_EQ(message.field("return-path"), "<ann@school.example>");
}

constexpr std::string_view outlook_mail =
    "From: ann@school.example\nSubject: Screenshot\nMIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=\"mix;ed\"\n\nThis is a multi-part message in MIME "
    "format.\n"
    "--mix;ed\nContent-Type: multipart/related; boundary=rel; type=\"multipart/alternative\"\n\n"
    "--rel\nContent-Type: multipart/alternative; boundary=alt\n\n"
    "--alt\nContent-Type: text/plain; charset=utf-8\n\nSee the screenshot.\n"
    "--alt\nContent-Type: text/html; charset=utf-8\n\n<p>See the <img src=\"cid:shot%401\"> "
    "screenshot.</p>\n--alt--\n"
    "--rel\nContent-Type: image/png; name=shot.png\nContent-ID: "
    "<shot@1>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--rel--\n"
    "--mix;ed\nContent-Type: application/pdf\nContent-Disposition: attachment;\n "
    "filename*0*=utf-8''Pl%C3%A4ne;\n filename*1=.pdf\n"
    "Content-Transfer-Encoding: BASE64 \n\nJVBERi0=\n--mix;ed--\nepilogue\n";

TEST_P(EachLineEnd, TellsInlineImagesFromAttachments) {
    const Message message = parsed(outlook_mail);
    EXPECT_EQ(message.text, "See the screenshot.");
    EXPECT_EQ(message.html, "<p>See the <img src=\"cid:shot%401\"> screenshot.</p>");
    ASSERT_EQ(message.attachments.size(), 2U);
    EXPECT_EQ(message.attachments[0].filename, "shot.png");
    EXPECT_EQ(message.attachments[0].content_type, "image/png");
    EXPECT_EQ(message.attachments[0].content_id, "shot@1");
    EXPECT_EQ(message.attachments[0].disposition, Disposition::inline_part);
    EXPECT_EQ(message.attachments[1].filename, "Pläne.pdf");
    EXPECT_EQ(message.attachments[1].bytes, "%PDF-");
    EXPECT_EQ(message.attachments[1].sha256.size(), 64U);
    EXPECT_EQ(message.attachments[1].disposition, Disposition::attachment);
    EXPECT_TRUE(message.defects.empty());
}

TEST_P(EachLineEnd, ReadsHtmlWhereThereIsNoText) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: text/html\n\n<html><meta "
        "charset=windows-1251><p>\xEF\xF0\xE8\xED\xF2\xE5\xF0</p>\n");
    EXPECT_NE(message.text.find("принтер"), std::string::npos);
    EXPECT_TRUE(message.html.has_value());
    EXPECT_EQ(message.content, MessageContent::text);
}

TEST_P(EachLineEnd, JoinsTextParts) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\n"
        "Content-Type: text/html\n\n<p>second</p>\n--b\nContent-Type: "
        "text/plain\n\nthird\n--b--\n");
    EXPECT_NE(message.text.find("first"), std::string::npos);
    EXPECT_LT(message.text.find("first"), message.text.find("second"));
    EXPECT_LT(message.text.find("second"), message.text.find("third"));
    EXPECT_TRUE(message.attachments.empty());
}

TEST_P(EachLineEnd, KeepsAttachedMailsWhole) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee below\n--b\n"
        "Content-Type: message/rfc822\n\nFrom: c@d.example\nSubject: The/inner\nContent-Type: "
        "multipart/mixed; boundary=i\n\n"
        "--i\n\ninner\n--i--\n--b--\n");
    EXPECT_EQ(message.text, "see below");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].filename, "The_inner.eml");
    EXPECT_EQ(parse_message(message.attachments[0].bytes).text, "inner");
}

TEST_P(EachLineEnd, DigestsHoldMails) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: multipart/digest; boundary=b\n\n--b\n\nFrom: "
        "c@d.example\nSubject: one\n\nbody\n--b--\n");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].filename, "one.eml");
}

TEST_P(EachLineEnd, RecoversPartsThatFollowAnUnclosedMultipart) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: multipart/mixed; boundary=out\n\n"
        "--out\nContent-Type: multipart/alternative; boundary=inn\n\n--inn\n\ntext\n"
        "--out\nContent-Type: application/pdf; name=a.pdf\n\nPDF\n--out--\n");
    EXPECT_EQ(message.text, "text");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].bytes, "PDF");
    EXPECT_TRUE(has_defect(message, "unterminated_boundary"));
}

TEST_P(EachLineEnd, MatchesBoundariesWhole) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: multipart/mixed; "
        "boundary=ab\n\n--ab\n\nline\n--abc\nstill text\n-- \nsig\n"
        "--ab  \nContent-Type: application/pdf; name=a.pdf\n\nPDF\n--ab--");
    EXPECT_EQ(message.text, "line\n--abc\nstill text\n-- \nsig");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].bytes, "PDF");
}

TEST_P(EachLineEnd, TakesADelimiterWithWordsBehindIt) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: multipart/mixed; boundary=boundary1\n\n"
        "--boundary1 of three\n\none\n--boundary12\n--boundary1\n\ntwo\n"
        "--boundary1-- The end.\nepilogue\n");
    EXPECT_EQ(message.text, "one\n--boundary12\ntwo");
    EXPECT_TRUE(message.defects.empty());
}

TEST_P(EachLineEnd, TakesADelimiterWhoseEndIsCut) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: multipart/mixed; boundary=boundary1\n\n"
        "--boundary1\n\none\n--boundary1-\n");
    EXPECT_EQ(message.text, "one");
}

TEST_P(EachLineEnd, LeavesLinesThatDashesBeginToTheText) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: multipart/mixed; boundary=\"----\"\n\n"
        "------\n\none\n------ Original\n------\n\ntwo\n--------\n");
    EXPECT_EQ(message.text, "one\n------ Original\ntwo");
}

TEST_P(EachLineEnd, JoinsAFieldThatWasBrokenInsideAnAddress) {
    const Message message = parsed(
        "From: a@x.example\nCc: Ann <ann@x.example>, Bob <bob@\n"
        "x.example>\nSubject: s\n\ntext <b\nc>\n");
    ASSERT_EQ(message.cc.size(), 2U);
    EXPECT_EQ(message.cc[1].address, "bob@x.example");
    EXPECT_EQ(message.subject, "s");
    EXPECT_EQ(message.text, "text <b\nc>\n");
    EXPECT_EQ(parsed("From: a@x.example\nSubject: I <3 you\n-> really\n").text, "-> really\n");
}

TEST_P(EachLineEnd, FindsTheBoundaryThatIsNotDeclared) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: multipart/mixed\n\n--BB\nContent-Type: "
        "text/plain\n\nhello\n"
        "--BB\nContent-Type: application/pdf; name=a.pdf\n\nPDF\n--BB--\n");
    EXPECT_EQ(message.text, "hello");
    EXPECT_EQ(message.attachments.size(), 1U);
    EXPECT_TRUE(has_defect(message, "missing_boundary"));
}

TEST_P(EachLineEnd, TakesAMultipartWithoutPartsAsText) {
    const Message message =
        parsed("From: a@x.example\nContent-Type: multipart/mixed; boundary=never\n\nhello there\n");
    EXPECT_EQ(message.text, "hello there");
    EXPECT_TRUE(has_defect(message, "boundary_not_found"));
}

TEST_P(EachLineEnd, UnpacksUuencodedFiles) {
    const Message message = parsed(
        "From: scanner@x.example\nSubject: Scan\n\nScanned page\nbegin 644 "
        "scan.txt\n#0V%T\n`\nend\n");
    EXPECT_EQ(message.text, "Scanned page\nbegin 644 scan.txt\n#0V%T\n`\nend\n");
    EXPECT_EQ(message.reply_text, "Scanned page");
    EXPECT_EQ(message.quoted_text, "");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].filename, "scan.txt");
    EXPECT_EQ(message.attachments[0].content_type, "text/plain");
    EXPECT_EQ(message.attachments[0].bytes, "Cat");
}

TEST_P(EachLineEnd, UnpacksUuencodedFilesThatAreLongerThanATextMayBe) {
    std::string mail = "From: scanner@x.example\nSubject: Scan\n\nScanned page\nbegin 644 a.bin\n";
    for (int line = 0; line < 100; ++line) mail += "M" + std::string(60, '!') + "\n";
    MessageLimits limits;
    limits.text_bytes = 2000;
    const Message message = parse_message(with_line_end(mail + "`\nend\n", GetParam()), limits);
    EXPECT_EQ(message.reply_text, "Scanned page");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].bytes.size(), 4500U);
    EXPECT_TRUE(has_defect(message, "text_too_large"));
}

TEST(Message, IsNoTextWhereAFileIsAllThatIsWrittenIntoIt) {
    const Message message = parse_message(
        "From: scanner@x.example\nSubject: Scan\n\nbegin 644 scan.png\n#0V%T\n`\nend\n");
    EXPECT_EQ(message.content, MessageContent::image_only);
}

TEST(Message, TakesTheMailThatIsForwardedAsAFile) {
    const std::string file =
        "--b\nContent-Type: message/rfc822\n\nFrom: Mary <m@x.example>\nSubject: Keys\n\nLost.\n";
    const auto mail = [&](const std::string& subject, const std::string& parts) {
        return parse_message("From: nia@desk.example\nSubject: " + subject +
                             "\nContent-Type: multipart/mixed; boundary=b\n\n" + parts + "--b--\n");
    };
    const Message message = mail("WG: Keys", file);
    ASSERT_TRUE(message.forwarded);
    EXPECT_EQ(message.forwarded->from, (Address{"Mary", "m@x.example"}));
    EXPECT_EQ(message.forwarded->subject, "Keys");
    EXPECT_EQ(message.forwarded->text, "Lost.");
    EXPECT_FALSE(mail("Is this genuine?", file).forwarded);
    EXPECT_FALSE(mail("Fwd: two", file + file).forwarded);
}

TEST(Message, TellsPeopleNothingButUtf8) {
    const Message message = parse_message(
        "Return-Path: <MAILER-DAEMON@x\xFF.example>\nFrom: MAILER-DAEMON@x.example\nSubject: "
        "failure notice\nContent-Type: multipart/report; report-type=delivery-status; "
        "boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; "
        "x\n\nFinal-Recipient: rfc822; a\xFE@x.example\nAction: failed\nDiagnostic-Code: smtp; "
        "550 unbekannter Empf\xE4nger\n--b--\n");
    ASSERT_TRUE(message.report);
    ASSERT_EQ(message.report->recipients.size(), 1U);
    EXPECT_TRUE(is_utf8(message.report->recipients[0].address));
    EXPECT_EQ(message.report->recipients[0].diagnostic, "550 unbekannter Empfänger");
    for (const Evidence& each : message.evidence) EXPECT_TRUE(is_utf8(each.signal)) << each.signal;
}

TEST(Message, GivesMediaTypesInAscii) {
    const Message message = parse_message(
        "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
        "Image/\xFF\xC3png name=\"a.png\"\n\nPNG\n--b--\n");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].content_type, "image/png");
    EXPECT_EQ(message.attachments[0].filename, "a.png");
}

TEST_P(EachLineEnd, SummarisesInvitations) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: "
        "text/plain\n\nPlease come\n"
        "--b\nContent-Type: text/calendar; "
        "method=REQUEST\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:INSET day\n"
        "DTSTART:20260302T090000Z\nLOCATION:Hall\nEND:VEVENT\nEND:VCALENDAR\n--b--\n");
    EXPECT_EQ(message.text,
              "Please come\n\nInvitation: INSET day\nWhen: 2026-03-02 09:00 (UTC)\nWhere: Hall\n");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].filename, "invite.ics");
}

TEST_P(EachLineEnd, JoinsFlowedLines) {
    const Message message = parsed(
        "From: a@x.example\nContent-Type: text/plain; format=flowed\n\nThis is one \nline.\n> "
        "quoted \n> too\n-- \nAnn\n");
    EXPECT_EQ(message.text, "This is one line.\n> quoted too\n-- \nAnn\n");
}

TEST_P(EachLineEnd, NamesCryptography) {
    const Message encrypted = parsed(
        "From: a@x.example\nContent-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: "
        "application/pgp-encrypted\n\nVersion: 1\n"
        "--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP "
        "MESSAGE-----\n--b--\n");
    EXPECT_EQ(encrypted.protection, Protection::encrypted_content);
    EXPECT_EQ(encrypted.content, MessageContent::attachment_only);
    EXPECT_TRUE(has_defect(encrypted, "encrypted_content"));
    const Message signed_mail = parsed(
        "From: a@x.example\nContent-Type: multipart/signed; boundary=b\n\n--b\n\nhello\n--b\n"
        "Content-Type: application/pgp-signature; name=signature.asc\n\nsig\n--b--\n");
    EXPECT_EQ(signed_mail.protection, Protection::signed_content);
    EXPECT_EQ(signed_mail.text, "hello");
}

TEST_P(EachLineEnd, SaysWhatTheContentAmountsTo) {
    EXPECT_EQ(parsed("From: a@x.example\n\n \n").content, MessageContent::empty);
    EXPECT_EQ(parsed("From: a@x.example\nContent-Type: image/png; name=a.png\n\nPNG").content,
              MessageContent::image_only);
    EXPECT_EQ(parsed("From: a@x.example\nContent-Type: application/pdf; name=a.pdf\n\nPDF").content,
              MessageContent::attachment_only);
}

TEST(Message, FindsAnAuthorWhoCanBeAnswered) {
    EXPECT_EQ(parse_message("From: Ann <>\nReply-To: ann@x.example\n\n").from,
              (Address{"", "ann@x.example"}));
    EXPECT_EQ(parse_message("Sender: ann@x.example\n\n").from, (Address{"", "ann@x.example"}));
    EXPECT_EQ(parse_message("From: [??????]\nFrom: ann@x.example\n\n").from,
              (Address{"", "ann@x.example"}));
    const Message nobody = parse_message("Subject: x\n\n");
    EXPECT_EQ(nobody.from, std::nullopt);
    EXPECT_TRUE(has_defect(nobody, "no_author"));
}

TEST(Message, TakesRawHeaderBytesInTheCharsetOfTheText) {
    const Message message = parse_message(
        "From: \xD0\xD2\xC9\xCE\xD4\xC5\xD2 <a@x.example>\nContent-Type: text/plain; "
        "charset=koi8-r\n\n\xD0\xD2\xC9\xCE\xD4\xC5\xD2\n");
    EXPECT_EQ(message.from->name, "принтер");
    EXPECT_EQ(message.text, "принтер\n");
}

TEST(Message, ReadsBareCrAndMixedLineEnds) {
    EXPECT_EQ(parse_message("From: a@x.example\rSubject: s\r\rone\rtwo\r").text, "one\ntwo\n");
    EXPECT_EQ(
        parse_message("From: a@x.example\nSubject: s\r\nTo: b@x.example\r\r\none\r\r\ntwo\n").text,
        "one\ntwo\n");
}

std::string with_field(const std::string& field) {
    return "From: a@x.example\n" + field + "\n\ntext\n";
}

/// A mail of one part in that transfer encoding.
std::string encoded(const std::string& encoding, const std::string& body) {
    return "From: a@x.example\nContent-Type: text/plain; "
           "charset=utf-8\nContent-Transfer-Encoding: " +
           encoding + "\n\n" + body;
}

TEST_P(EachLineEnd, TellsWhatIsWrongAndNothingElse) {
    std::string addresses = "To: b@x.example";
    std::string references = "References: <0@x.example>";
    std::string parameters = "Content-Type: text/plain";
    for (std::size_t i = 1; i < max_addresses; ++i) addresses += ",\n b@x.example";
    for (std::size_t i = 1; i < max_message_ids; ++i)
        references += "\n <" + std::to_string(i) + "@x.example>";
    for (std::size_t i = 0; i <= max_parameters; ++i) parameters += ";\n a=b";
    std::string cut = "begin 644 x\n";
    for (int i = 0; i < 3; ++i) cut += "M" + std::string(60, '!') + "\n";
    const std::vector<std::pair<std::string, std::string>> cases{
        {"From: Ann\n\ntext\n", "author_without_address"},
        {with_field("From: b@x.example"), "repeated_field"},
        {with_field("X-A: b\n "), "no_header_end"},
        {"From: a@x.example\n", "no_header_end"},
        {with_field(addresses), "too_many_addresses"},
        {with_field(references), "too_many_references"},
        {with_field(parameters), "too_many_parameters"},
        {"From: a@x.example\nno field\nnor this\n\ntext\n", "no_header_end"},
        {with_field(std::string{"X-A: a\0b", 8}), "nul_bytes"},
        {std::string{"From: a@x.example\n\na\0b\n", 23}, "nul_bytes"},
        {encoded("base64", "aGVs{bG8=\n"), "damaged_encoding"},
        {encoded("quoted-printable", "100 % =ZZ\n"), "damaged_encoding"},
        {encoded("x-uuencode", "no file\n"), "damaged_encoding"},
        {encoded("x-nonsense", "text\n"), "unknown_transfer_encoding"},
        {encoded("7bit", cut), "cut_encoded_file"},
        {encoded("8bit", "na\xEF\xBFve \xC3\xA9 \xC3\xA9\n"), "undecodable_text"},
        {"From: a@x.example\nContent-Type: text/plain; charset=x-none\n\nna\xC3\xAFve\n",
         "unknown_charset"},
        {"From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n"
         "--b\n\ntwo\n--b--\n",
         "closed_too_early"},
    };
    for (const auto& [mail, code] : cases) {
        const Message message = parsed(mail);
        ASSERT_EQ(message.defects.size(), 1U) << code;
        EXPECT_EQ(message.defects[0].code, code);
    }
}

TEST(Message, CutsNoCharacterAndBlamesNobodyForIt) {
    MessageLimits limits;
    limits.text_bytes = 10;
    for (const std::string encoding : {"8bit", "base64"}) {
        const std::string body =
            encoding == "8bit" ? "012345678\u00e9\u00e9" : "MDEyMzQ1Njc4w6nDqcOpw6k=";
        const Message message = parse_message(encoded(encoding, body), limits);
        EXPECT_EQ(message.text, "012345678");
        EXPECT_FALSE(has_defect(message, "undecodable_text"));
        EXPECT_FALSE(has_defect(message, "damaged_encoding"));
    }
    EXPECT_FALSE(has_defect(parse_message("\n\n"), "no_header_end"));
}

TEST(Message, TellsOfCrsThatEndNoLine) {
    const std::string head = "From: a@x.example\r\n\r\n";
    EXPECT_TRUE(has_defect(parse_message(head + "one\rtwo\r\n"), "bare_cr"));
    EXPECT_FALSE(has_defect(parse_message(head + "one\r\r\ntwo\r\n"), "bare_cr"));
    EXPECT_FALSE(has_defect(parse_message(head + "one\r"), "bare_cr"));
    EXPECT_TRUE(has_defect(parse_message("X-A: b\r\nSubject: one\rX-B: b\r\n\r\n"), "bare_cr"));
}

TEST(Message, DropsNulsFromText) {
    const std::string_view bytes{"From: a@x.example\n\nbo\0dy\n", 25};
    EXPECT_EQ(parse_message(bytes).text, "body\n");
}

}  // namespace
}  // namespace bellhop::parsers
