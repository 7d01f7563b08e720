#include "parsers/compose/compose.hpp"

#include <algorithm>
#include <functional>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsers/header/safe_file_name.hpp"
#include "parsers/message/parse_message.hpp"

namespace bellhop::parsers {
namespace {

OutgoingMessage acknowledgement() {
    OutgoingMessage message;
    message.from = {"IT Support", "it@school.example"};
    message.to = {{"Ann Lee", "ann@school.example"}};
    message.subject = "[HELP#1042] Printer in room 7";
    message.date = std::chrono::sys_days{std::chrono::year{2026} / 11 / 2} + std::chrono::hours{8} +
                   std::chrono::minutes{5};
    message.message_id = "ack-1.1042@school.example";
    message.in_reply_to = "first@client.example";
    message.references = {"root@client.example", "first@client.example"};
    message.fields = {{"Auto-Submitted", "auto-replied"}, {"X-Auto-Response-Suppress", "All"}};
    message.text = "Dear Ann,\nwe have your mail.\n";
    return message;
}

struct Parts {
    std::vector<std::string> header_lines = {};
    std::string body = {};
};

/// Splits as a naive server does: at the first empty line, fields at every line without a blank
/// before it.
Parts parts_of(const std::string& mail) {
    Parts parts;
    const std::size_t end = mail.find("\r\n\r\n");
    std::istringstream header{mail.substr(0, end)};
    for (std::string line; std::getline(header, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        parts.header_lines.push_back(line);
    }
    parts.body = mail.substr(end + 4);
    return parts;
}

std::vector<std::string> field_names_of(const std::string& mail) {
    std::vector<std::string> names;
    for (const std::string& line : parts_of(mail).header_lines) {
        if (line.front() != ' ') names.push_back(line.substr(0, line.find(':')));
    }
    return names;
}

/// What RFC 5321 and RFC 5322 want of every mail, whatever it says.
void expect_fit_for_the_wire(const std::string& mail) {
    std::size_t begin = 0;
    while (begin < mail.size()) {
        const std::size_t end = mail.find("\r\n", begin);
        ASSERT_NE(end, std::string::npos) << "the last line is not ended";
        const std::string_view line = std::string_view{mail}.substr(begin, end - begin);
        EXPECT_LE(line.size(), 998U);
        const auto is_foreign = [](char c) { return (c < 0x20 && c != '\t') || c == 0x7f; };
        ASSERT_TRUE(std::none_of(line.begin(), line.end(), is_foreign)) << line;
        EXPECT_FALSE(line.starts_with("."));
        begin = end + 2;
    }
}

TEST(Compose, WritesAWholeMail) {
    EXPECT_EQ(compose(acknowledgement()),
              "Date: Mon, 2 Nov 2026 08:05:00 +0000\r\n"
              "From: IT Support <it@school.example>\r\n"
              "To: Ann Lee <ann@school.example>\r\n"
              "Subject: [HELP#1042] Printer in room 7\r\n"
              "Message-ID: <ack-1.1042@school.example>\r\n"
              "In-Reply-To: <first@client.example>\r\n"
              "References: <root@client.example> <first@client.example>\r\n"
              "Auto-Submitted: auto-replied\r\n"
              "X-Auto-Response-Suppress: All\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n"
              "\r\n"
              "Dear Ann,\r\n"
              "we have your mail.\r\n");
}

TEST(Compose, WritesBothFormsWhereThereIsHtml) {
    OutgoingMessage message = acknowledgement();
    message.html = "<p>Dear Ann</p>\n";
    const Parts parts = parts_of(compose(message));
    EXPECT_EQ(parts.header_lines.back(),
              "Content-Type: multipart/alternative; boundary=\"=_bdbaa206a813a2e1139331bd\"");
    EXPECT_EQ(parts.body,
              "--=_bdbaa206a813a2e1139331bd\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n"
              "\r\n"
              "Dear Ann,\r\n"
              "we have your mail.\r\n"
              "--=_bdbaa206a813a2e1139331bd\r\n"
              "Content-Type: text/html; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n"
              "\r\n"
              "<p>Dear Ann</p>\r\n"
              "--=_bdbaa206a813a2e1139331bd--\r\n");
}

TEST(Compose, IsTheSameForTheSameValue) {
    OutgoingMessage message = acknowledgement();
    message.html = "<p>x</p>";
    EXPECT_EQ(compose(message), compose(message));
}

TEST(Compose, KeepsTheFirstAndTheLastNineReferences) {
    OutgoingMessage message = acknowledgement();
    message.references.clear();
    for (int i = 0; i < 100; ++i) message.references.push_back("m" + std::to_string(i) + "@x");
    const std::string mail = compose(message);
    EXPECT_THAT(mail,
                testing::HasSubstr("References: <m0@x> <m91@x> <m92@x> <m93@x> <m94@x> <m95@x> "
                                   "<m96@x> <m97@x>\r\n <m98@x> <m99@x>\r\n"));
}

TEST(Compose, LeavesOutMessageIdsThatAreNone) {
    OutgoingMessage message = acknowledgement();
    message.in_reply_to = "a b@c>\r\nBcc: x@y";
    message.references = {"", "a>b@c", "ok@c", "sch\u00f6n@c", std::string(2000, 'x')};
    const std::string mail = compose(message);
    EXPECT_THAT(mail, testing::Not(testing::HasSubstr("In-Reply-To")));
    EXPECT_THAT(mail, testing::HasSubstr("References: <ok@c>\r\n"));
}

TEST(Compose, LeavesOutAddressesThatCannotBeSentTo) {
    OutgoingMessage message = acknowledgement();
    message.to = {{"A", "a@b>, <evil@x"}, {"B", "b@school.example"}, {"C", "c\r\n@x"}, {"D", ""}};
    message.reply_to = {{"", "it\n@x"}};
    const std::string mail = compose(message);
    EXPECT_THAT(mail, testing::HasSubstr("\r\nTo: B <b@school.example>\r\n"));
    EXPECT_THAT(mail, testing::Not(testing::HasSubstr("\r\nReply-To")));
    message.to = {};
    EXPECT_THAT(compose(message), testing::HasSubstr("\r\nTo: undisclosed-recipients:;\r\n"));
}

TEST(Compose, SeparatesRecipients) {
    OutgoingMessage message = acknowledgement();
    message.to = {{"Lee, Ann", "ann@school.example"}, {"", "bob@school.example"}};
    EXPECT_THAT(
        compose(message),
        testing::HasSubstr("\r\nTo: \"Lee, Ann\" <ann@school.example>, bob@school.example\r\n"));
}

TEST(Compose, TakesNoSecondSingletonAndNoRecipientFromFurtherFields) {
    OutgoingMessage message = acknowledgement();
    message.fields = {{"Subject", "other"}, {"bcc", "x@y"},      {"Content-Type", "text/html"},
                      {"X-A", "1"},         {"x-a", "2"},        {"X B", "3"},
                      {"X-C:", "4"},        {"X-D\r\nBcc", "5"}, {"", "6"},
                      {"X-E", "\r\n"}};
    EXPECT_THAT(field_names_of(compose(message)),
                testing::ElementsAre("Date", "From", "To", "Subject", "Message-ID", "In-Reply-To",
                                     "References", "X-A", "MIME-Version", "Content-Type",
                                     "Content-Transfer-Encoding"));
}

/// SEC-9: every place that takes a text, each with every octet and trick that could break a line.
TEST(Compose, HasTheSameFieldsWhateverAValueSays) {
    const std::vector<std::function<void(OutgoingMessage&, const std::string&)>> places{
        [](OutgoingMessage& m, const std::string& v) { m.subject = v; },
        [](OutgoingMessage& m, const std::string& v) { m.from.name = v; },
        [](OutgoingMessage& m, const std::string& v) { m.to.front().name = v; },
        [](OutgoingMessage& m, const std::string& v) {
            m.to.push_back({v, v});
        },
        [](OutgoingMessage& m, const std::string& v) { m.references.push_back(v); },
        [](OutgoingMessage& m, const std::string& v) { m.fields.front().second = "x" + v; },
        [](OutgoingMessage& m, const std::string& v) { m.text = v; },
    };
    std::vector<std::string> values{"\u0085",
                                    "\u2028",
                                    "\u2029",
                                    "\r\n",
                                    "\n\r",
                                    "\r\n\r\n",
                                    "\r\n.\r\n",
                                    "=?utf-8?q?a=0D=0ABcc:_x@y?=",
                                    "=?utf-8?b?DQpCY2M6IHhAeQ==?=",
                                    "\xc0\x8a",
                                    "\xe0\x80\x8a",
                                    "\xff\xfe",
                                    "\r\n \r\n",
                                    "\\\r\n"};
    for (int octet = 0; octet <= 0x20; ++octet) values.emplace_back(1, static_cast<char>(octet));
    for (const char octet : {'"', '\\', '<', '=', ':', '\x7f', '\x80', '\x85', '\xa0', '\xff'}) {
        values.emplace_back(1, octet);
    }
    const std::vector<std::string> expected = field_names_of(compose(acknowledgement()));
    for (const auto& put : places) {
        for (const std::string& value : values) {
            for (const std::string& around :
                 {value, "a" + value + "Bcc: evil@example.net",
                  value + "Bcc: evil@example.net" + value,
                  std::string(70, 'a') + value + "\tBcc: x@y" + value}) {
                OutgoingMessage message = acknowledgement();
                put(message, around);
                const std::string mail = compose(message);
                EXPECT_EQ(field_names_of(mail), expected);
                expect_fit_for_the_wire(mail);
            }
        }
    }
}

/// SEC-15: the end of data exists once, whatever the body says.
TEST(Compose, HoldsNoEndOfDataInTheBody) {
    for (const std::string end : {"\n.\n", "\r.\r", "\r\n.\r\n", "\n.\r\n", "\r\n.\n", "\r\n.\r",
                                  "\n\n.\n\n", "\r\r\n.\r\r\n", "\r\n\0.\r\n", "\x0b.\x0b"}) {
        OutgoingMessage message = acknowledgement();
        message.text = "before" + end + "MAIL FROM:<evil@x>" + end + "after";
        message.html = "<p>" + message.text;
        const std::string mail = compose(message);
        expect_fit_for_the_wire(mail);
        EXPECT_EQ(mail.find("\r\n."), std::string::npos);
    }
}

TEST(Compose, IsReadBackAsItWasMeant) {
    OutgoingMessage message = acknowledgement();
    message.from.name = "IT-Unterst\u00fctzung, \"Schule\"";
    message.to.front().name = "=?utf-8?q?x?= \u4f60\u597d";
    message.subject =
        "Gr\u00fc\u00dfe =?utf-8?q?a=0D=0ABcc:_x@y?= " + std::string(200, 'x') + " \U0001f600 end";
    message.text = "caf\u00e9 \n.\nFrom here\n";
    message.html = "<p>caf\u00e9</p>";
    const Message read = parse_message(compose(message));
    EXPECT_EQ(read.from, message.from);
    EXPECT_EQ(read.to, message.to);
    EXPECT_EQ(read.subject, message.subject);
    EXPECT_EQ(read.message_id, message.message_id);
    EXPECT_EQ(read.in_reply_to, (std::vector<std::string>{message.in_reply_to}));
    EXPECT_EQ(read.references, message.references);
    EXPECT_EQ(read.date, message.date);
    EXPECT_EQ(read.text, "caf\u00e9 \n.\nFrom here");
    EXPECT_EQ(read.html, "<p>caf\u00e9</p>");
    EXPECT_TRUE(read.defects.empty());
}

TEST(Compose, FoldsHeaderLinesAt78) {
    OutgoingMessage message = acknowledgement();
    for (int words = 1; words < 60; ++words) {
        message.subject += words % 3 == 0   ? " gr\u00fcn"
                           : words % 7 == 0 ? " \u20ac\u20ac\u20ac"
                                            : " word";
        message.from.name = message.subject;
        for (const std::string& line : parts_of(compose(message)).header_lines) {
            EXPECT_LE(line.size(), 78U) << line;
            EXPECT_NE(line.find_first_not_of(' '), std::string::npos);
        }
    }
}

TEST(Compose, SendsFilesThatAReaderGetsBackToTheByte) {
    std::string all;
    for (int i = 0; i < 1000; ++i) all += static_cast<char>(i * 7);
    for (const std::size_t size : {0U, 1U, 2U, 3U, 56U, 57U, 58U, 114U, 999U}) {
        for (const char* html : {"", "<p>Dear Ann</p>"}) {
            OutgoingMessage message = acknowledgement();
            message.html = html;
            message.files = {{"plan.pdf", all.substr(0, size), {}}, {"b.txt", "two", {}}};
            const std::string mail = compose(message);
            expect_fit_for_the_wire(mail);
            const Message read = parse_message(mail);
            ASSERT_EQ(read.attachments.size(), 2U) << size;
            EXPECT_EQ(read.attachments[0].bytes, all.substr(0, size));
            EXPECT_EQ(read.attachments[0].content_type, "application/pdf");
            EXPECT_EQ(read.attachments[1].bytes, "two");
            EXPECT_EQ(read.text, "Dear Ann,\nwe have your mail.");
            EXPECT_TRUE(read.defects.empty());
        }
    }
}

TEST(Compose, NamesFilesInAnyLanguageAndNoneThatLeavesItsFolder) {
    for (const std::string name : {"Zeitplan März (neu).xlsx", "say \"hi\".txt", "..\\..\\evil.exe",
                                   "a\r\nBcc: x@y.example"}) {
        OutgoingMessage message = acknowledgement();
        message.files = {{name, "x", {}}};
        const std::string mail = compose(message);
        expect_fit_for_the_wire(mail);
        const Message read = parse_message(mail);
        ASSERT_EQ(read.attachments.size(), 1U);
        EXPECT_EQ(read.attachments[0].filename, safe_file_name(name));
        EXPECT_TRUE(read.cc.empty());
    }
}

TEST(Compose, ShowsImagesInsideTheHtml) {
    OutgoingMessage message = acknowledgement();
    message.html = "<img src=\"cid:shot-1@desk\">";
    message.files = {{"shot.png", "PNG", "shot-1@desk"}, {"log.txt", "x", {}}};
    const std::string mail = compose(message);
    EXPECT_NE(mail.find("multipart/related"), std::string::npos);
    const Message read = parse_message(mail);
    ASSERT_EQ(read.attachments.size(), 2U);
    EXPECT_EQ(read.attachments[0].content_id, "shot-1@desk");
    EXPECT_EQ(read.attachments[0].disposition, Disposition::inline_part);
    EXPECT_EQ(read.attachments[1].disposition, Disposition::attachment);
}

}  // namespace
}  // namespace bellhop::parsers
