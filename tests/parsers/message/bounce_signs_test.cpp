#include "parsers/message/bounce_signs.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

Message mail(const std::string& from, const std::string& subject, const std::string& text) {
    Message made;
    made.from = Address{"", from};
    made.subject = subject;
    made.text = text;
    return made;
}

bool is_bounce(const Message& message, bool carries_original = false) {
    return bounce_signs(message, {carries_original}).is_bounce();
}

constexpr const char* notice = "Your message could not be delivered to one or more recipients.";

TEST(BounceSigns, KnowADaemonByItsName) {
    for (const char* daemon : {"mailer-daemon@x.example", "MAILER-DAEMON@x.example"}) {
        EXPECT_TRUE(is_mail_daemon(daemon)) << daemon;
        EXPECT_TRUE(is_bounce(mail(daemon, "hello", ""))) << daemon;
    }
    for (const char* person : {"ann@x.example", "my.mailer-daemon@x.example", "daemon@x.example"})
        EXPECT_FALSE(is_mail_daemon(person)) << person;
}

TEST(BounceSigns, AddUp) {
    // A postmaster alone may be a person who asks something.
    EXPECT_FALSE(is_bounce(mail("postmaster@x.example", "Your quota", "Please clean up.")));
    EXPECT_TRUE(is_bounce(mail("postmaster@x.example", "Your quota", notice)));
    EXPECT_TRUE(is_bounce(mail("noreply@x.example", "Undelivered Mail Returned to Sender", "")));
}

TEST(BounceSigns, ReadAHeaderThatOnlyServersWrite) {
    Message exim = mail("ann@x.example", "x", "");
    exim.fields.push_back({"X-Failed-Recipients", "bob@x.example"});
    EXPECT_TRUE(is_bounce(exim));
    Message null_sender = mail("ann@x.example", "x", notice);
    null_sender.fields.push_back({"Return-Path", "<>"});
    EXPECT_TRUE(is_bounce(null_sender));
}

TEST(BounceSigns, LeaveAPersonWhoTalksOfABounce) {
    EXPECT_FALSE(is_bounce(mail("ann@x.example", "Help", notice), true));
    EXPECT_FALSE(
        is_bounce(mail("ann@x.example", "Fwd: Undelivered Mail Returned to Sender", notice), true));
    EXPECT_EQ(bounce_signs(mail("ann@x.example", "Help", notice), {true}).points, 0);
}

TEST(BounceSigns, FindWhereTheReturnedMailBegins) {
    const std::string above = "It failed.\n\n";
    for (const std::string mark :
         {"--- Below this line is a copy of the message.\n", "Received: from x\n",
          "   ----- Original message -----\n", "Return-Path: <ann@x.example>\n"}) {
        EXPECT_EQ(returned_mail_start(above + mark + "Subject: x\n"), above.size()) << mark;
    }
    EXPECT_EQ(returned_mail_start(above), above.size());  // none
    EXPECT_EQ(returned_mail_start(""), 0U);
}

}  // namespace
}  // namespace bellhop::parsers
