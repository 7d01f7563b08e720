#include "parsers/protocol/sasl_bearer.hpp"

#include <gtest/gtest.h>

#include "parsers/encoding/base64.hpp"
#include "parsers/encoding/transfer_encoding.hpp"

namespace bellhop::parsers {
namespace {

/// RFC 7628 section 4.1.
TEST(SaslBearer, SaysWhatTheStandardsExampleSays) {
    EXPECT_EQ(
        initial_response(BearerMechanism::oauthbearer,
                         {"user@example.com", "server.example.com", 143,
                          "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="}),
        "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVy"
        "IHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB");
}

/// The example of Google's documentation.
TEST(SaslBearer, SaysWhatGooglesExampleSays) {
    EXPECT_EQ(initial_response(BearerMechanism::xoauth2,
                               {"someuser@example.com", "imap.gmail.com", 993,
                                "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"}),
              "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNS"
              "bGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==");
}

TEST(SaslBearer, EscapesWhatWouldEndTheName) {
    EXPECT_EQ(decode_base64(initial_response(BearerMechanism::oauthbearer,
                                             {"a,b=c@example.com", "h", 1, "t"})),
              "n,a=a=2Cb=3Dc@example.com,\x01host=h\x01port=1\x01"
              "auth=Bearer t\x01\x01");
}

TEST(SaslBearer, AnswersARefusalAsEachMechanismWants) {
    EXPECT_EQ(answer_to_refusal(BearerMechanism::oauthbearer), "AQ==");
    EXPECT_EQ(answer_to_refusal(BearerMechanism::xoauth2), "");
}

TEST(SaslBearer, ReadsTheReasonOfARefusal) {
    EXPECT_EQ(challenge_words(encode_base64(
                  R"({"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"})")),
              "status 400, schemes Bearer, scope https://mail.google.com/");
    EXPECT_EQ(challenge_words(encode_base64(R"({"status":401,"more":{"a":[1]}})")),
              "status 401, more {\"a\":[1]}");
    EXPECT_EQ(challenge_words(encode_base64("plain\r\nwords")), "plain??words");
    EXPECT_EQ(challenge_words(""), "");
    EXPECT_EQ(challenge_words("no base64!"), "");
    EXPECT_EQ(challenge_words(std::string(100'000, 'A')), "");
    EXPECT_LE(challenge_words(encode_base64(std::string(2'000, 'x'))).size(), 303U);
}

std::string in_words(const LoginOffer& offer) {
    return std::string{offer.oauthbearer ? "oauthbearer " : ""} +
           (offer.xoauth2 ? "xoauth2 " : "") + (offer.initial_response ? "at once " : "") + '(' +
           offer.mechanisms + ')';
}

TEST(SaslBearer, ReadsWhatAnImapServerOffers) {
    EXPECT_EQ(in_words(imap_login_offer("* OK The Microsoft Exchange IMAP4 service is ready.\r\n"
                                        "* CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 "
                                        "SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE "
                                        "LITERAL+\r\nA001 OK CAPABILITY completed.\r\n")),
              "xoauth2 at once (PLAIN, XOAUTH2)");
    EXPECT_EQ(in_words(imap_login_offer("* OK [CAPABILITY IMAP4rev1 auth=oauthbearer] ready\r\n")),
              "oauthbearer (oauthbearer)");
    EXPECT_EQ(in_words(imap_login_offer("* OK ready\r\n")), "()");
    EXPECT_EQ(in_words(imap_login_offer("")), "()");
}

/// What was said in clear text may be anybody's.
TEST(SaslBearer, TakesTheLastListOfAnImapServer) {
    EXPECT_EQ(in_words(imap_login_offer("* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR] hi\r\n"
                                        "A001 OK begin TLS\r\n"
                                        "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA002 OK\r\n")),
              "(PLAIN)");
}

TEST(SaslBearer, ReadsWhatAnSmtpServerOffers) {
    EXPECT_EQ(in_words(smtp_login_offer("220 smtp.office365.com ready\r\n"
                                        "250-smtp.office365.com Hello\r\n250-STARTTLS\r\n"
                                        "250 AUTH PLAIN\r\n"
                                        "220 2.0.0 go\r\n"
                                        "250-smtp.office365.com Hello\r\n"
                                        "250-SIZE 157286400\r\n250-AUTH LOGIN XOAUTH2\r\n"
                                        "250 SMTPUTF8\r\n")),
              "xoauth2 at once (LOGIN, XOAUTH2)");
    EXPECT_EQ(in_words(smtp_login_offer("220 mx\r\n250-mx\r\n250 auth OAUTHBEARER XOAUTH2\r\n")),
              "oauthbearer xoauth2 at once (OAUTHBEARER, XOAUTH2)");
    EXPECT_EQ(in_words(smtp_login_offer("220 mx\r\n250 mx\r\n")), "at once ()");
    EXPECT_EQ(in_words(smtp_login_offer("no SMTP\r\n")), "at once ()");
}

}  // namespace
}  // namespace bellhop::parsers
