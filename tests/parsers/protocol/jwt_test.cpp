#include "parsers/protocol/jwt.hpp"

#include <gtest/gtest.h>

#include "parsers/encoding/base64.hpp"

namespace bellhop::parsers {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

/// "HEADER CLAIMS" of what is signed.
std::string in_words(const std::string& input) {
    const std::size_t dot = input.find('.');
    return decode_base64url(input.substr(0, dot)).value_or("?") + ' ' +
           decode_base64url(input.substr(dot + 1)).value_or("?");
}

TEST(Jwt, WritesWhatEntraWants) {
    Assertion assertion;
    assertion.algorithm = "PS256";
    assertion.certificate_digest = std::string(32, '\xff');
    assertion.issuer = "the-app";
    assertion.subject = "the-app";
    assertion.audience = "https://login.microsoftonline.com/t/oauth2/v2.0/token";
    assertion.id = "1-2";
    assertion.not_before = sys_seconds{seconds{1000}};
    assertion.issued_at = sys_seconds{seconds{1000}};
    assertion.expires = sys_seconds{seconds{1600}};
    EXPECT_EQ(in_words(signing_input(assertion)),
              R"({"alg":"PS256","typ":"JWT",)"
              R"("x5t#S256":"__________________________________________8"} )"
              R"({"aud":"https://login.microsoftonline.com/t/oauth2/v2.0/token","iss":"the-app",)"
              R"("sub":"the-app","jti":"1-2","nbf":1000,"iat":1000,"exp":1600})");
}

TEST(Jwt, WritesWhatGoogleWants) {
    Assertion assertion;
    assertion.algorithm = "RS256";
    assertion.key_id = "key 1";
    assertion.issuer = "desk@project.iam.gserviceaccount.com";
    assertion.subject = "it\"@school.example";
    assertion.audience = "https://oauth2.googleapis.com/token";
    assertion.scope = "https://mail.google.com/";
    assertion.issued_at = sys_seconds{seconds{1000}};
    assertion.expires = sys_seconds{seconds{4600}};
    EXPECT_EQ(in_words(signing_input(assertion)),
              R"({"alg":"RS256","typ":"JWT","kid":"key 1"} )"
              R"({"aud":"https://oauth2.googleapis.com/token",)"
              R"("iss":"desk@project.iam.gserviceaccount.com","sub":"it\"@school.example",)"
              R"("scope":"https://mail.google.com/","iat":1000,"exp":4600})");
}

TEST(Jwt, PutsTheSignatureBehindWhatIsSigned) {
    EXPECT_EQ(signed_assertion("a.b", "\xfb\xff\xfe"), "a.b.-__-");
}

std::string token_of(const std::string& claims) {
    return "e30." + encode_base64url(claims) + ".c2ln";
}

TEST(Jwt, ReadsWhatATokenSaysOfItself) {
    const TokenClaims application{
        "https://outlook.office365.com", "1b4e28ba", {"IMAP.AccessAsApp", "SMTP.SendAsApp"}};
    EXPECT_EQ(claims_of(token_of(R"({"aud":"https://outlook.office365.com","appid":"1b4e28ba",)"
                                 R"("roles":["IMAP.AccessAsApp",7,"SMTP.SendAsApp"]})")),
              application);
    const TokenClaims person{"a", "", {"IMAP.AccessAsUser.All", "SMTP.Send"}};
    EXPECT_EQ(claims_of(token_of(R"({"aud":"a","scp":"IMAP.AccessAsUser.All  SMTP.Send"})")),
              person);
}

TEST(Jwt, ReadsNothingElse) {
    for (const std::string& token :
         {std::string{"ya29.a0AfB_byC"}, std::string{""}, std::string{"a.b.c"},
          std::string{"a.!.c"}, token_of("[]"), token_of("{"), token_of("{}") + ".d",
          token_of(std::string(20'000, ' ') + "{}")}) {
        EXPECT_EQ(claims_of(token), std::nullopt) << token.substr(0, 40);
    }
}

}  // namespace
}  // namespace bellhop::parsers
