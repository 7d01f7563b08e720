// What one press of a button sends in a reply to us, and what a person says.
#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::parsers {
namespace {

Message reply(const std::string& subject, const std::string& body, const std::string& type = {}) {
    const std::string content = type.empty() ? "text/plain; charset=utf-8" : type;
    return parse_message(
        "From: Jane Hall <jane@hill.example>\r\nTo: it@desk.example\r\nSubject: " + subject +
        "\r\nMessage-ID: <r1@hill.example>\r\nIn-Reply-To: <m1@desk.example>" +
        "\r\nMIME-Version: 1.0\r\nContent-Type: " + content + "\r\n\r\n" + body);
}

struct Case {
    std::string subject;
    std::string body;
};

TEST(PressedReplies, IsWhatOnePressOfAButtonSends) {
    const std::vector<Case> cases{
        {"Read: [HELP#7] Printer",
         "Your message\r\n\r\n   To: Jane\r\n   Subject: Printer\r\n\r\nwas read on "
         "2/11/2026.\r\n"},
        {"Not read: [HELP#7] Printer",
         "Your message\r\n\r\n To: Jane\r\n\r\nwas deleted without being read on Monday.\r\n"},
        {"Gelesen: [HELP#7] Drucker", "Ihre Nachricht wurde am Montag gelesen.\r\n"},
        {"Recall: [HELP#7] Printer",
         "Jane Hall would like to recall the message, \"[HELP#7] Printer\".\r\n"},
        {"Accepted: [HELP#7] Visit", ""},
        {"Accepted: [HELP#7] Visit", "Jane Hall has accepted this meeting.\r\n"},
        {"Declined: Visit on Tuesday", "Jane Hall has declined this invitation.\r\n"},
        {"Re: [HELP#7] Printer", "Liked \"Please try again now.\"\r\n"},
        {"Re: [HELP#7] Printer", "Loved “Please try again now.”\r\n"},
        {"Re: [HELP#7] Printer", "Jane Hall reacted to your message: ❤️\r\n"},
        {"Re: [HELP#7] Printer", "👍 Jane Hall reacted via Gmail\r\n"}};
    for (const Case& one : cases) {
        const Message message = reply(one.subject, one.body);
        EXPECT_EQ(message.kind, MessageKind::automatic) << one.subject << one.body;
    }
}

TEST(PressedReplies, IsKnownByItsParts) {
    const std::string boundary = "multipart/mixed; boundary=\"b\"";
    const auto with_part = [&](const std::string& type, const std::string& content) {
        return reply("Re: Printer",
                     "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\nContent-Type: " + type +
                         "\r\n\r\n" + content + "\r\n--b--\r\n",
                     boundary);
    };
    EXPECT_EQ(
        with_part("text/vnd.google.email-reaction+json", "{\"emoji\":\"x\",\"version\":1}").kind,
        MessageKind::automatic);
    const std::string calendar = "BEGIN:VCALENDAR\r\nMETHOD:";
    EXPECT_EQ(with_part("text/calendar; method=REPLY", calendar + "REPLY\r\nEND:VCALENDAR").kind,
              MessageKind::automatic);
    EXPECT_EQ(
        with_part("text/calendar; method=REQUEST", calendar + "REQUEST\r\nEND:VCALENDAR").kind,
        MessageKind::human)
        << "a new invitation is a person's";
}

TEST(PressedReplies, IsNoMailInWhichAPersonSaysSomething) {
    const std::vector<Case> cases{
        {"Read: the notice in the staff room", "Could you put it on the website please?\r\n"},
        {"Accepted: offer from the supplier", "Please order ten of them for the ICT suite.\r\n"},
        {"Re: [HELP#7] Printer", "Liked \"Please try again now.\" But it is still broken.\r\n"},
        {"Re: [HELP#7] Printer", "Disliked \"Please try again now.\"\r\n"},
        {"Re: [HELP#7] Printer", "Questioned \"Please try again now.\"\r\n"},
        {"Recall: laptops of year 6", "All of them go back to the factory on Friday.\r\n"},
        {"Re: [HELP#7] Printer",
         "Nobody has reacted to your message as it went to the wrong people, and the printer is "
         "still on the floor of the staff room, where the children fall over it.\r\nJane\r\n"},
        {"Re: [HELP#7] Printer", "Was it read on Monday\r\n"}};
    for (const Case& one : cases) {
        const Message message = reply(one.subject, one.body);
        EXPECT_EQ(message.kind, MessageKind::human) << one.subject << one.body;
    }
}

}  // namespace
}  // namespace bellhop::parsers
