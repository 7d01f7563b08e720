#include "parsers/message/own_words.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::parsers {
namespace {

const std::string footer =
    "Snow day? When the school is shut everybody is told by text before seven in the morning.";
const std::string head = "From: Ann Lee <ann@Elm.example>\r\n";
const std::string plain =
    head + "\r\nThe board is dark.\r\n\r\nKind regards\r\nAnn Lee\r\n01632 960001\r\n\r\n" + footer +
    "\r\n";
const std::string html = head +
                         "Content-Type: text/html\r\n\r\n<p>The board is dark.</p><p>Kind "
                         "regards<br>Ann Lee<br>01632 960001</p><p>" +
                         footer + "</p>\r\n";

TEST(OwnWords, AreFoundAgainWithWhatIsKnown) {
    for (const std::string& bytes : {plain, html}) {
        Message message = parse_message(bytes);
        EXPECT_NE(message.reply_text, "The board is dark.");
        find_own_words(message, {{print_of(footer)}, {}});
        EXPECT_EQ(message.reply_text, "The board is dark.");
        EXPECT_NE(message.quoted_text.find("Snow day"), std::string::npos);
        EXPECT_TRUE(make_up(message.pieces, message.text));
        EXPECT_EQ(message.pieces.back().kind, PieceKind::boilerplate);
        find_own_words(message);
        EXPECT_EQ(message.reply_text, parse_message(bytes).reply_text) << "nothing is lost by it";
    }
}

TEST(OwnWords, LeaveAnInvitationInTheReply) {
    Message message = parse_message(
        head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
               "<p>Please come.</p><p>Kind regards<br>Ann Lee<br>01632 960001</p>\r\n--b\r\n"
               "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n"
               "METHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Visit\r\nDTSTART:20260302T090000Z\r\n"
               "END:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n");
    EXPECT_EQ(message.reply_text,
              "Please come.\n\nInvitation: Visit\nWhen: 2026-03-02 09:00 (UTC)");
}

TEST(OwnWords, TellALogoFromAPicture) {
    const std::string bytes = head +
                              "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                              "Content-Type: image/png\r\n\r\nlogo\r\n--b--\r\n";
    Message message = parse_message(bytes);
    EXPECT_EQ(message.content, MessageContent::image_only);
    find_own_words(message, {{}, {message.attachments.at(0).sha256}});
    EXPECT_TRUE(message.attachments.at(0).is_furniture);
    EXPECT_EQ(message.content, MessageContent::empty);
    find_own_words(message);
    EXPECT_FALSE(message.attachments.at(0).is_furniture);
}

TEST(OwnWords, AreThoseOfThenByThePiecesOfThen) {
    Message then = parse_message(plain);
    find_own_words(then, {{print_of(footer)}, {}});
    Message now = parse_message(plain);
    set_apart_as_before(now, then.pieces);
    EXPECT_EQ(now.pieces.back().kind, PieceKind::boilerplate);
    EXPECT_EQ(now.reply_text.find("Snow day"), std::string::npos);
    const Message untouched = parse_message(plain);
    Message other = untouched;
    set_apart_as_before(other, {});
    EXPECT_EQ(other.pieces, untouched.pieces);
    set_apart_as_before(other, std::vector<TextPiece>{{PieceKind::boilerplate, 0, 3}});
    EXPECT_EQ(other.pieces, untouched.pieces) << "pieces of another text";
}

TEST(OwnWords, AreKnownByTheDomainOfTheirWriter) {
    EXPECT_EQ(furniture_domain(parse_message(plain)), "elm.example");
    EXPECT_EQ(furniture_domain(parse_message("Subject: x\r\n\r\n")), "");
}

}  // namespace
}  // namespace bellhop::parsers
