#include "parsers/message/sent_in_name.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::parsers {
namespace {

struct Mail {
    std::string subject = {};
    std::string text = {};
    std::string fields = {};
};

Message parsed(const Mail& mail, const std::string& answers = "In-Reply-To: <1@desk.example>\n") {
    return parse_message("From: Ann Lee <ann@elm.example.org>\nTo: desk@desk.example\nSubject: " +
                         mail.subject + "\n" + mail.fields + answers +
                         "Content-Type: text/plain; charset=utf-8\n\n" + mail.text + "\n");
}

const std::vector<Mail> by_programs = {
    {"Re: Printer", "Liked \"Which room?\""},
    {"Re: Printer", "Loved “We will come on Monday”"},
    {"Re: Printer", "Laughed at \"Which room?\""},
    {"Re: Printer", "👍 Ann Lee reacted via Gmail\n<https://www.gmail.example/>"},
    {"Re: Printer", "Lee, Ann reacted to your message:\n❤️"},
    {"Read: [CASE#1] Printer",
     "Your message\n\n  To: Ann Lee\n  Subject: [CASE#1] Printer\n  Sent: 02/11/2026 09:12\n\nwas "
     "read on 02/11/2026 09:15."},
    {"Not read: [CASE#1] Printer",
     "Your message\n\n  To: Ann Lee\n\nwas deleted without being read on 2 November."},
    {"Gelesen: [CASE#1] Drucker",
     "Ihre Nachricht\n\nAn: Ann Lee\n\nwurde gelesen am 02.11.2026 09:15."},
    {"Lu : Imprimante", "Votre message a été lu le lundi 2 novembre."},
    {"Return receipt (displayed) - Printer",
     "This is a Return Receipt for the mail that you sent. It was displayed on Ann's computer."},
    {"Recall: [CASE#1] Printer", "Ann Lee would like to recall the message, \"[CASE#1] Printer\"."},
    {"Accepted: Visit", ""},
    {"Declined: Visit", "Ann Lee has declined this invitation."},
    {"Zugesagt: Termin", ""},
    {"[#4711] Re: [CASE#1] Printer", "Your ticket has been received. Ticket-ID: 4711"},
    {"[Ticket #4711] Re: Printer",
     "Your ticket was created. Reply to this message to add a comment."},
    {"Thank you for contacting Elm IT [4711]",
     "This is an automated response to let you know that we have received your request."},
    {"Request received: Printer",
     "Your request (4711) has been received and is being reviewed by our support staff."},
    {"Incident INC0012345 has been opened", "Incident INC0012345 has been opened on your behalf."},
    {"Re: Printer",
     "Your request has been logged with reference 48213. Please do not reply to this email."},
    {"Re: Drucker", "Ihre Anfrage ist eingegangen. Dies ist eine automatische Nachricht."},
    {"Re: Printer", "We have received your message.", "X-FreeScout-Mail-Type: auto.reply\n"},
    {"Out of Office Re: Printer", "I am away.", "X-SmarterMail-AutoResponse: yes\n"},
    {"Printer", "I am away.", "X-Acme-Auto-Reply: 1\n"},
    {"Printer", "INC1 opened", "X-ServiceNow-Generated: true\n"},
    {"I'm on annual leave Re: Printer",
     "I am on annual leave until Monday and will not read mail."},
    {"Ateb awtomatig: Argraffydd", "Rwyf ar wyliau tan ddydd Llun."},
    {"Odpowiedź automatyczna: Drukarka", "Jestem na urlopie."},
    {"Automatikus válasz: Nyomtató", "Szabadságon vagyok."},
    {"自动回复: 打印机", "我在休假"},
    {"Re: Printer",
     "Thank you for your email. I am out of the office until 9 November. For urgent matters please "
     "contact the school office."}};

TEST(SentInName, TellsProgramsFromTheirPerson) {
    for (const Mail& mail : by_programs) {
        const Message message = parsed(mail);
        EXPECT_EQ(message.kind, MessageKind::automatic) << mail.subject << "\n" << mail.text;
        EXPECT_FALSE(message.answerable) << mail.subject;
        EXPECT_FALSE(message.evidence.empty());
    }
}

const std::vector<Mail> by_people = {
    {"Re: Printer", "I liked \"Which room?\" as a question."},
    {"Re: Printer", "Liked the new board, thank you!"},
    {"Re: Printer", "She questioned \"the plan\". What do you say?"},
    {"Read: chapter 4 does not print", "The file is there, but the printer shows an error."},
    {"Read: [CASE#1] Printer", "Your message was read on Monday, but who comes now?"},
    {"Recall: five tablets", "The maker recalls them, please collect them."},
    {"Accepted: laptops for year 6", "We take the offer, please order 30."},
    {"Accepted: Visit", "Fine, but could you come at 3?"},
    {"Re: [CASE#1] Printer", "We have received your message and wait for the toner."},
    {"Re: [CASE#1] Printer", "Thank you for contacting us, ticket 1 can be closed."},
    {"Re: Printer", "The ticket was created by Bob; I am in room 4."},
    {"Re: Printer", "My ticket has been received twice, why?"},
    {"Re: Printer", "I am on annual leave next week, so please come before Friday."},
    {"Re: Printer", "I am out of the office today. Can you contact Bob?"},
    {"Re: Annual leave form", "The form does not open."},
    {"Re: Printer",
     "Please do not reply to this address, use bob@elm.example.org. The printer jams."}};

TEST(SentInName, TakesNobodyForAProgram) {
    for (const Mail& mail : by_people) {
        EXPECT_EQ(parsed(mail).kind, MessageKind::human) << mail.subject << "\n" << mail.text;
    }
}

TEST(SentInName, BelievesAcknowledgementsOnlyOfAnswers) {
    EXPECT_EQ(parsed({"Ticket system", "Your ticket has been received. Ticket-ID: 4711"}, "").kind,
              MessageKind::human);
}

Message with_part(const std::string& type, const std::string& content, const std::string& text) {
    return parse_message(
        "From: Ann Lee <ann@elm.example.org>\nSubject: Visit\nContent-Type: "
        "multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n" +
        text + "\n--b\nContent-Type: " + type + "\n\n" + content + "\n--b--\n");
}

TEST(SentInName, KnowsThePartsOfPrograms) {
    EXPECT_EQ(with_part("text/vnd.google.email-reaction+json", "{}", "👍").kind,
              MessageKind::automatic);
    for (const std::string method : {"REPLY", "Reply"}) {
        const std::string calendar = "BEGIN:VCALENDAR\nMETHOD:" + method +
                                     "\nBEGIN:VEVENT\nSUMMARY:Visit\nEND:VEVENT\nEND:VCALENDAR";
        EXPECT_EQ(with_part("text/calendar", calendar, "").kind, MessageKind::automatic);
        EXPECT_EQ(with_part("text/calendar", calendar, "Could we do 3 pm?").kind,
                  MessageKind::human);
    }
    EXPECT_EQ(
        with_part("text/calendar",
                  "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Visit\nEND:VEVENT", "")
            .kind,
        MessageKind::human);
}

TEST(SentInName, TakesAPersonForNoBounce) {
    for (const std::string subject :
         {"Mail delivery failed: returning message to sender - what is this?",
          "Undelivered Mail Returned to Sender since Monday", "Undeliverable mails since Monday",
          "Delivery Status Notification (Failure) again"}) {
        EXPECT_EQ(parsed({subject, "I get these all day, please help."}, "").kind,
                  MessageKind::human)
            << subject;
    }
}

}  // namespace
}  // namespace bellhop::parsers
