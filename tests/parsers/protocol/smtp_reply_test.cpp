#include "parsers/protocol/smtp_reply.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using State = SmtpReplyParser::State;

SmtpReply reply_from(std::string_view bytes) {
    SmtpReplyParser parser;
    const SmtpReplyParser::Step step = parser.feed(bytes);
    EXPECT_EQ(step.taken, bytes.size());
    EXPECT_EQ(step.state, State::reply);
    return step.state == State::reply ? parser.take() : SmtpReply{};
}

State state_after(std::string_view bytes) {
    SmtpReplyParser parser;
    return parser.feed(bytes).state;
}

TEST(SmtpReply, ReadsOneLineAndMany) {
    EXPECT_EQ(reply_from("250 2.1.0 Ok\r\n"), (SmtpReply{250, {"2.1.0 Ok"}}));
    EXPECT_EQ(reply_from("550-5.1.1 No such user\r\n550 5.1.1 here\r\n"),
              (SmtpReply{550, {"5.1.1 No such user", "5.1.1 here"}}));
    EXPECT_EQ(reply_from("354\r\n"), (SmtpReply{354, {""}}));
    EXPECT_EQ(reply_from("250-\n250\n"), (SmtpReply{250, {"", ""}}));
}

TEST(SmtpReply, ReadsTheSameInPieces) {
    const std::string replies = "250-a\r\n250-b c\r\n250 d\r\n354 go\r\n";
    for (std::size_t piece = 1; piece <= replies.size(); ++piece) {
        SmtpReplyParser parser;
        std::vector<SmtpReply> read;
        for (std::size_t at = 0; at < replies.size(); at += piece) {
            std::string_view bytes = std::string_view{replies}.substr(at, piece);
            while (!bytes.empty()) {
                const SmtpReplyParser::Step step = parser.feed(bytes);
                bytes.remove_prefix(step.taken);
                if (step.state == State::reply) read.push_back(parser.take());
            }
        }
        EXPECT_EQ(read, (std::vector<SmtpReply>{{250, {"a", "b c", "d"}}, {354, {"go"}}}));
    }
}

TEST(SmtpReply, KeepsTheServersWordsOnOneLine) {
    EXPECT_EQ(reply_from("451-4.7.1 Grey\x1b[1mlisted\r\n451 come back\r\n").text(),
              "451 4.7.1 Grey?[1mlisted come back");
}

TEST(SmtpReply, RefusesWhatIsNoSmtp) {
    EXPECT_EQ(state_after("\r\n"), State::fault);
    EXPECT_EQ(state_after("hello\r\n"), State::fault);
    EXPECT_EQ(state_after("25\r\n"), State::fault);
    EXPECT_EQ(state_after("199 x\r\n"), State::fault);
    EXPECT_EQ(state_after("250_x\r\n"), State::fault);
    EXPECT_EQ(state_after("250-a\r\n251 b\r\n"), State::fault);
}

TEST(SmtpReply, KeepsLittleOfALongReply) {
    const SmtpReply reply = reply_from("550-" + std::string(5000, 'x') + "\r\n550 y\r\n");
    EXPECT_LE(reply.text().size(), max_reply_text + 16);
    EXPECT_EQ(reply.code, 550);
}

TEST(SmtpReply, RefusesRepliesWithoutEnd) {
    EXPECT_EQ(state_after(std::string(max_reply_bytes + 1, '2')), State::fault);
    std::string lines;
    for (std::size_t i = 0; i < max_reply_lines; ++i) lines += "250-x\r\n";
    EXPECT_EQ(state_after(lines), State::more);
    EXPECT_EQ(state_after(lines + "250-x\r\n"), State::fault);
}

TEST(SmtpReply, ReadsExtensions) {
    EXPECT_EQ(extensions_of(
                  {250, {"SIZE 5", "pipelining", "8BITMIME", "SIZE 10240000", "SMTPUTF8", "X"}}),
              (SmtpExtensions{true, true, true, true, 10'240'000}));
    EXPECT_EQ(extensions_of({250, {"host", "SIZE", "PIPELININGX"}}),
              (SmtpExtensions{.size = true}));
    EXPECT_EQ(extensions_of({250, {"host", "SIZE -1"}}), (SmtpExtensions{.size = true}));
    EXPECT_EQ(extensions_of({}), SmtpExtensions{});
}

TEST(MailData, EndsEveryLineTheSameWay) {
    EXPECT_EQ(mail_data("a\r\nb\nc\rd"), "a\r\nb\r\nc\r\nd\r\n.\r\n");
    EXPECT_EQ(mail_data(""), ".\r\n");
    EXPECT_EQ(mail_data("a\r\n"), "a\r\n.\r\n");
    EXPECT_EQ(mail_data("\r\r\n\n"), "\r\n\r\n\r\n.\r\n");
    EXPECT_EQ(mail_data(std::string_view("a\0b", 3)), "ab\r\n.\r\n");
}

TEST(MailData, StuffsDots) {
    EXPECT_EQ(mail_data(".\r\n..\r\na.\r\n.b"), "..\r\n...\r\na.\r\n..b\r\n.\r\n");
}

// Servers differ in what ends a mail (SMTP smuggling, VU#302671). Whatever stands in the mail, the
// only line with nothing but a dot is the last one, for a reader of CRLF, of LF and of CR.
TEST(MailData, HasOneEndForEveryReader) {
    const std::vector<std::string> ends = {"\n", "\r", "\r\n", "\r\n\0"};
    for (const std::string& before : ends) {
        for (const std::string& after : ends) {
            const std::string mail =
                "a" + before + "." + after + "MAIL FROM:<x@example.org>" + after;
            const std::string data = mail_data(mail);
            for (const std::string end : {"\r\n.\r\n", "\n.\n", "\r.\r", "\r.\n", "\n.\r"}) {
                const std::size_t found = data.find(end);
                EXPECT_TRUE(found == std::string::npos || found + end.size() >= data.size() - 1);
            }
        }
    }
}

TEST(MailData, MeasuresLines) {
    EXPECT_EQ(longest_line("ab\r\nabcd\nabc\rx"), 4u);
    EXPECT_EQ(longest_line(""), 0u);
}

}  // namespace
}  // namespace bellhop::parsers
