#include "daemon/smtp/smtp_envelope.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

using parsers::SmtpExtensions;
using testing::HasSubstr;

OutgoingMail mail(const std::string& sender,
                  const std::string& recipient,
                  const std::string& bytes = "Subject: hi\r\n\r\ntext\r\n") {
    return {sender, recipient, bytes};
}

TEST(SmtpEnvelope, SaysWhatTheServerHasToKnow) {
    SmtpExtensions server;
    EXPECT_EQ(mail_command(mail("", "a@b.example"), server), "MAIL FROM:<>\r\n");
    EXPECT_EQ(rcpt_command(mail("", "a@b.example")), "RCPT TO:<a@b.example>\r\n");
    server.size = server.eight_bit_mime = server.smtp_utf8 = true;
    EXPECT_EQ(mail_command(mail("d@e.example", "a@b.example", "xxx\r\n"), server),
              "MAIL FROM:<d@e.example> SIZE=5\r\n");
    EXPECT_EQ(mail_command(mail("", "a@b.example", "\xc3\xa4\r\n"), server),
              "MAIL FROM:<> SIZE=4 BODY=8BITMIME\r\n");
    EXPECT_EQ(mail_command(mail("", "\xc3\xa4@b.example", "xxx\r\n"), server),
              "MAIL FROM:<> SIZE=5 SMTPUTF8\r\n");
    EXPECT_EQ(rcpt_command(mail("", "a@\xc3\xa4.example")), "RCPT TO:<a@xn--4ca.example>\r\n");
}

TEST(SmtpEnvelope, RefusesWhatTheServerCouldNotTake) {
    SmtpExtensions poor;
    SmtpExtensions small;
    small.size_limit = 10;
    const struct {
        OutgoingMail mail;
        SmtpExtensions server;
        const char* why;
    } table[] = {
        {mail("", "a@b.example\r\nDATA"), poor, "not an address to send to"},
        {mail("", ""), poor, "not an address to send to"},
        {mail("x y", "a@b.example"), poor, "not an address to send to"},
        {mail("", "\xc3\xa4@b.example"), poor, "SMTPUTF8"},
        {mail("", "a@b.example", "\xc3\xa4\r\n"), poor, "8BITMIME"},
        {mail("", "a@b.example", std::string(11, 'x')), small, "the server takes 10"},
        {mail("", "a@b.example", std::string(999, 'x')), poor, "allowed are 998"},
    };
    for (const auto& [one, server, why] : table) {
        const std::optional<Delivery> refused = refusal(one, server);
        ASSERT_TRUE(refused) << why;
        EXPECT_EQ(refused->verdict, Verdict::rejected);
        EXPECT_EQ(refused->code, 0);
        EXPECT_THAT(refused->reply, HasSubstr(why));
    }
    EXPECT_EQ(refusal(mail("", "a@b.example", std::string(998, 'x')), poor), std::nullopt);
    EXPECT_EQ(refusal(mail("", "a@b.example", std::string(10, 'x')), small), std::nullopt);
}

}  // namespace
}  // namespace bellhop::daemon
