#include "daemon/doctor/self_mail.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"
#include "rules/ticket/own_message_id.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::chrono::sys_seconds now{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}};

SelfMail the_mail() {
    MailboxSettings mailbox;
    mailbox.name = "it";
    mailbox.address = "it@school.test";
    return self_mail(mailbox, {rules::MailProvider::rfc8601, {"mx.school.test"}}, "the key", now);
}

TEST(SelfMail, IsOurOwnAndAsksNobodyForAnAnswer) {
    const parsers::Message message = parsers::parse_message(the_mail().mail.bytes);
    EXPECT_TRUE(rules::is_ours(message.message_id, "the key"));
    EXPECT_FALSE(rules::is_ours(message.message_id, "another key"));
    EXPECT_EQ(message.kind, parsers::MessageKind::automatic);
    EXPECT_FALSE(message.answerable);
    EXPECT_EQ(message.from->address, "it@school.test");
    EXPECT_EQ(the_mail().mail.envelope_sender, "it@school.test");
    EXPECT_EQ(the_mail().mail.recipient, "it@school.test");
}

TEST(SelfMail, CarriesWhatForgersWrite) {
    const SelfMail mail = the_mail();
    const parsers::Message message = parsers::parse_message(mail.mail.bytes);
    EXPECT_TRUE(message.field("Authentication-Results").starts_with("mx.school.test; "));
    EXPECT_NE(message.field("Authentication-Results").find(mail.mark), std::string_view::npos);
    EXPECT_EQ(message.field("X-MS-Exchange-Organization-AuthAs"), "Internal");
}

TEST(SelfMail, IsReadWhenItComesBack) {
    const SelfMail mail = the_mail();
    rules::RoundTrip trip;
    read_found("Received: by mx\r\n" + mail.mail.bytes, mail.mark, trip);
    EXPECT_EQ(trip.report, "");
    EXPECT_EQ(trip.message.from->address, "it@school.test");
}

TEST(SelfMail, AReportAboutItIsReadAsSuch) {
    const SelfMail mail = the_mail();
    rules::RoundTrip trip;
    read_found(
        "From: MAILER-DAEMON@school.test\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        "Final-Recipient: rfc822; it@school.test\r\nAction: failed\r\nStatus: 5.4.6\r\n"
        "Diagnostic-Code: smtp; 554 5.4.6 Too many hops\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <" +
            mail.mark + "@x>\r\n\r\n--b--\r\n",
        mail.mark, trip);
    EXPECT_NE(trip.report.find("5.4.6"), std::string::npos) << trip.report;
    rules::RoundTrip other;
    read_found(
        "From: postmaster@school.test\r\nSubject: Mail failure\r\n\r\nyour mail " + mail.mark,
        mail.mark, other);
    EXPECT_EQ(other.report, "Mail failure");
}

}  // namespace
}  // namespace bellhop::daemon
