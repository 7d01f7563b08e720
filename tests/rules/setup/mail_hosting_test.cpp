#include "rules/setup/mail_hosting.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

MailHosting by_exchanger(const std::string& host) {
    return hosting_of("school.example", {{{host, 0, 10}}, {}, {}, {}});
}

TEST(MailHosting, KnowsAProviderByItsExchangers) {
    for (const char* host :
         {"school-example.mail.protection.outlook.com", "SCHOOL.Mail.Protection.Outlook.COM",
          "school-example.x-v1.mx.microsoft", "school.mail.protection.partner.outlook.cn"}) {
        const MailHosting found = by_exchanger(host);
        EXPECT_EQ(found.by, HostedBy::microsoft365) << host;
        EXPECT_EQ(found.imap, (MailPlace{"outlook.office365.com", 993, false}));
        EXPECT_EQ(found.smtp, (MailPlace{"smtp.office365.com", 587, true}));
        EXPECT_NE(found.because.find(host), std::string::npos);
    }
    for (const char* host : {"aspmx.l.google.com", "ALT1.ASPMX.L.GOOGLE.COM", "smtp.google.com",
                             "aspmx2.googlemail.com"}) {
        EXPECT_EQ(by_exchanger(host).by, HostedBy::google) << host;
    }
}

TEST(MailHosting, ALookalikeIsNoProvider) {
    for (const char* host : {"mail.protection.outlook.com.evil.example", "google.com.evil.example",
                             "mx.school.example", "eu-smtp-inbound-1.mimecast.com"}) {
        EXPECT_EQ(by_exchanger(host).by, HostedBy::own) << host;
        EXPECT_TRUE(by_exchanger(host).is_guessed);
    }
}

TEST(MailHosting, OneOfSeveralExchangersIsEnough) {
    EXPECT_EQ(hosting_of("school.example",
                         {{{"mx.filter.example", 0, 5}, {"aspmx.l.google.com", 0, 10}}, {}, {}, {}})
                  .by,
              HostedBy::google);
}

TEST(MailHosting, TakesTheServersThatDnsNames) {
    MailDns dns;
    dns.imaps = {{"imap2.school.example", 993, 20}, {"imap1.school.example", 1993, 10}};
    dns.submission = {{"out.school.example", 587, 0}};
    const MailHosting found = hosting_of("school.example", dns);
    EXPECT_EQ(found.imap, (MailPlace{"imap1.school.example", 1993, false}));
    EXPECT_EQ(found.smtp, (MailPlace{"out.school.example", 587, true}));
    EXPECT_FALSE(found.is_guessed);
    dns.submissions = {{"tls.school.example", 465, 0}};
    EXPECT_EQ(hosting_of("school.example", dns).smtp,
              (MailPlace{"tls.school.example", 465, false}));
}

TEST(MailHosting, AServiceThatIsNotOfferedIsNotTaken) {
    MailDns dns;
    dns.imaps = {{".", 0, 0}};
    dns.submission = {{"out.school.example", 587, 0}};
    const MailHosting found = hosting_of("school.example", dns);
    EXPECT_EQ(found.imap.host, "imap.school.example");
    EXPECT_TRUE(found.is_guessed);
}

TEST(MailHosting, GuessesWhereNothingIsSaid) {
    EXPECT_EQ(hosting_of("school.example", {}), hosting_by(HostedBy::own, "school.example"));
    EXPECT_EQ(to_text(HostedBy::own), "own");
    EXPECT_EQ(to_text(HostedBy::google), "google");
    EXPECT_EQ(to_text(HostedBy::microsoft365), "microsoft365");
}

}  // namespace
}  // namespace bellhop::rules
