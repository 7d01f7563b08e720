#include "rules/mail/answer_mail.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "rules/ticket/own_message_id.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

MailTemplate part(const char* source, Escaping escaping = Escaping::none) {
    return *MailTemplate::create("test", source, escaping, answer_placeholders());
}

MailText acknowledgement() {
    return {part("{{ticket_tag}} {{subject}}"),
            part("\n\nHello {{requester_name}},\n{{opened_at}}\n"),
            part("<p>{{subject}}</p>", Escaping::html)};
}

const Letterhead letterhead{"IT Support", "",        "HELP",     "Europe/London",
                            "mark",       "the key", 25'000'000, "your request"};

Ticket ticket(const std::string& subject) {
    Ticket one;
    one.id = TicketId{7};
    one.subject = subject;
    one.requester = {"Ann\r\nBcc: x@y.example", "ann@school.example"};
    one.opened_at = std::chrono::sys_seconds{1'792'888'200s};
    return one;
}

AnswerFacts facts() {
    AnswerFacts given;
    given.mailbox_address = "support@desk.example";
    given.recipient = "ann@school.example";
    given.label = "ack-1";
    given.received = "Sunday 25 October, 1.30 am";
    return given;
}

TEST(AnswerMail, StaysInTheThreadAndSaysThatNobodyWroteIt) {
    parsers::Message original;
    original.message_id = "second@school.example";
    original.references = {"first@school.example"};
    const parsers::OutgoingMessage mail = answer_mail(
        acknowledgement(), letterhead, ticket("projector"), conversation_of(original), facts());
    EXPECT_EQ(mail.subject, "[HELP#7] projector");
    EXPECT_EQ(mail.from, (parsers::Address{"IT Support", "support@desk.example"}));
    EXPECT_EQ(mail.in_reply_to, "second@school.example");
    EXPECT_EQ(mail.references,
              (std::vector<std::string>{"first@school.example", "second@school.example"}));
    EXPECT_EQ(mail.fields,
              (std::vector<std::pair<std::string, std::string>>{{"Auto-Submitted", "auto-replied"},
                                                                {"X-Auto-Response-Suppress", "All"},
                                                                {"X-Bellhop-Loop", "mark"}}));
    EXPECT_EQ(read_message_id(mail.message_id, "the key"),
              (std::pair{OwnMessageId{TicketId{7}, "ack-1"}, Genuine::yes}));
}

TEST(AnswerMail, LetsNoForeignWordBecomeALineOrATag) {
    const parsers::OutgoingMessage mail =
        answer_mail(acknowledgement(), letterhead,
                    ticket("<b>x</b>\r\nBcc: evil@x.example {{desk_phone}}"), {}, facts());
    EXPECT_EQ(mail.subject, "[HELP#7] <b>x</b> Bcc: evil@x.example {{desk_phone}}");
    EXPECT_EQ(mail.text, "Hello Ann Bcc: x@y.example,\nSunday 25 October, 1.30 am\n");
    EXPECT_EQ(mail.html.find("<b>"), std::string::npos);
}

TEST(AnswerMail, ShowsEachReaderWhatHeMaySee) {
    struct Case {
        Reader reader;
        bool restricted;
        std::string subject;
        std::string greeting;
    };
    const std::vector<Case> cases{
        {Reader::known_requester, false, "projector", "Hello Ann Bcc: x@y.example,"},
        {Reader::known_requester, true, "your request", "Hello Ann Bcc: x@y.example,"},
        {Reader::stranger, false, "your request", "Hello ,"},
        {Reader::stranger, true, "your request", "Hello ,"},
        {Reader::staff, false, "projector", "Hello Ann Bcc: x@y.example,"},
        {Reader::staff, true, "(confidential)", "Hello ,"}};
    for (const Case& one : cases) {
        Ticket about = ticket("projector");
        about.restricted = one.restricted;
        AnswerFacts given = facts();
        given.reader = one.reader;
        const parsers::OutgoingMessage mail =
            desk_mail(acknowledgement(), letterhead, about, given);
        EXPECT_EQ(mail.subject, "[HELP#7] " + one.subject);
        const bool is_small = one.reader == Reader::stranger;
        EXPECT_EQ(mail.html, is_small ? "" : "<p>" + one.subject + "</p>");
        EXPECT_EQ(mail.text.substr(0, mail.text.find('\n')), one.greeting);
    }
}

TEST(HarmlessLine, KeepsWhatPeopleWrite) {
    EXPECT_EQ(harmless_line("Größe – naïve 漢字 😀"), "Größe – naïve 漢字 😀");
    EXPECT_EQ(harmless_line("  two \t\r\n words  "), "two words");
}

TEST(HarmlessLine, TakesOutWhatDeceives) {
    EXPECT_EQ(harmless_line("a\u202Eb\u200Bc\u0007d\u2066e"), "abcde");
    EXPECT_EQ(harmless_line("http://evil.example/x"), "http: //evil.example/x");
    EXPECT_EQ(harmless_line("\xff\xfe broken"), "\uFFFD\uFFFD broken");
    EXPECT_EQ(harmless_line(std::string(5000, 'x')), std::string(120, 'x'));
}

}  // namespace
}  // namespace bellhop::rules
