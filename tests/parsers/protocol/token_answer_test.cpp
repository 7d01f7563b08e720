#include "parsers/protocol/token_answer.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using namespace std::chrono_literals;

/// "CODE | WORDS" of a refusal.
std::string refusal(int status, const std::string& body) {
    const TokenAnswer answer = read_token_answer(status, body);
    EXPECT_FALSE(answer.is_granted());
    return answer.refusal.code + " | " + answer.refusal.words;
}

TEST(TokenAnswer, ReadsAGrant) {
    const TokenAnswer answer =
        read_token_answer(200, R"({"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,)"
                               R"("access_token":"eyJ0eXAi.abc.def","refresh_token":"0.AXoA"})");
    EXPECT_TRUE(answer.is_granted());
    EXPECT_EQ(answer.access_token, "eyJ0eXAi.abc.def");
    EXPECT_EQ(answer.refresh_token, "0.AXoA");
    EXPECT_EQ(answer.lifetime, 3599s);
}

TEST(TokenAnswer, ReadsLifetimesAsServersWriteThem) {
    const auto lifetime = [](const std::string& written) {
        return read_token_answer(200, R"({"access_token":"t")" + written + "}").lifetime;
    };
    EXPECT_EQ(lifetime(R"(,"expires_in":"3600")"), 3600s) << "Entra's first endpoint";
    EXPECT_EQ(lifetime(R"(,"expires_in":3600.0)"), 3600s);
    EXPECT_EQ(lifetime(""), 3600s);
    EXPECT_EQ(lifetime(R"(,"expires_in":99999999999)"), 24h);
    EXPECT_EQ(lifetime(R"(,"expires_in":"soon")"), 3600s);
}

TEST(TokenAnswer, TakesNoTokenThatWouldNotGoIntoACommand) {
    for (const char* token : {R"("")", R"("a b")", R"("a\r\nA1 LOGOUT")", R"("a\u0000b")", "null",
                              "17", R"("\u00e4")"}) {
        const std::string body = std::string{R"({"access_token":)"} + token + "}";
        EXPECT_EQ(refusal(200, body), " | HTTP 200, and no access token") << token;
    }
    EXPECT_EQ(refusal(200, R"({"access_token":")" + std::string(20'000, 'x') + "\"}"),
              " | HTTP 200, and no access token");
    EXPECT_EQ(refusal(200, R"({"access_token":"t","token_type":"mac"})"),
              " | HTTP 200, a token of the kind mac");
    EXPECT_EQ(refusal(200, R"({"access_token":"t","expires_in":0})"),
              " | HTTP 200, a token that has ended already");
    EXPECT_EQ(refusal(500, R"({"access_token":"t"})"), " | HTTP 500, and no access token");
}

TEST(TokenAnswer, ReadsARefusalWithoutWhatOnlySupportCanRead) {
    EXPECT_EQ(
        refusal(401,
                R"({"error":"invalid_client","error_description":"AADSTS7000222: The provided )"
                R"(client secret keys for app '1b4e28ba-2fa1-11d2-883f-0016d3cca427' are )"
                R"(expired.\r\nTrace ID: a586af20-bd59-4bd7-8c85-443558347400\r\nCorrelation )"
                R"(ID: a4b83fcf-5fd9-44ea-9dbc-43abb1d59a75\r\nTimestamp: 2026-10-31 12:37:32Z",)"
                R"("error_codes":[7000222],"timestamp":"2026-10-31 12:37:32Z"})"),
        "invalid_client | AADSTS7000222: The provided client secret keys for app "
        "'1b4e28ba-2fa1-11d2-883f-0016d3cca427' are expired.");
    EXPECT_EQ(refusal(400, R"({"error":"invalid_grant","error_description":"Bad Request",)"
                           R"("error_subtype":"invalid_rapt"})"),
              "invalid_grant | Bad Request (invalid_rapt)");
    EXPECT_EQ(refusal(400, R"({"error":"invalid_grant"})"), "invalid_grant | ");
}

/// Entra repeats the assertion that it does not like.
TEST(TokenAnswer, RepeatsNoSecret) {
    const std::string assertion =
        "eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiJhcHAifQ." + std::string(342, 'S');
    const std::string secret = "abc8Q~" + std::string(34, 'k');
    EXPECT_EQ(refusal(401, R"({"error":"invalid_client","error_description":"Client assertion )" +
                               assertion + R"( is not right, nor ')" + secret + R"('."})"),
              "invalid_client | Client assertion (left out) is not right, nor '(left out)'.");
    EXPECT_EQ(refusal(400, R"({"error":"x","error_description":"eyJhbGciOiJQUzI1NiJ9.e30.x see )"
                           R"(https://learn.microsoft.com/entra/identity-platform/certificate-)"
                           R"(credentials"})"),
              "x | (left out) see "
              "https://learn.microsoft.com/entra/identity-platform/certificate-credentials");
}

TEST(TokenAnswer, SaysWhatCameWhereItIsNoAnswerOfOauth) {
    EXPECT_EQ(refusal(502, "<html>Bad Gateway</html>"), " | HTTP 502, and no JSON");
    EXPECT_EQ(refusal(200, ""), " | HTTP 200, and no JSON");
    EXPECT_EQ(refusal(200, "[]"), " | HTTP 200, and no JSON");
    EXPECT_EQ(refusal(302, "{}"), " | HTTP 302, and no access token");
    EXPECT_EQ(refusal(503, R"({"error":{"code":503,"message":"The service is unavailable",)"
                           R"("status":"UNAVAILABLE"}})"),
              " | HTTP 503, The service is unavailable");
    EXPECT_EQ(refusal(200, std::string(5'000, '[')), " | HTTP 200, and no JSON");
}

TEST(TokenAnswer, KeepsAnErrorOnOneLineOfBoundedLength) {
    const std::string words =
        refusal(400, R"({"error":"a\u001b[31m\nb","error_description":"\u0007)" +
                         std::string(900, '-') + "\"}");
    EXPECT_EQ(words.find('\n'), std::string::npos);
    EXPECT_EQ(words.find('\x1b'), std::string::npos);
    EXPECT_LT(words.size(), 480U);
}

TEST(DeviceAnswer, ReadsWhatAPersonIsToDo) {
    const DeviceAnswer answer = read_device_answer(
        200, R"({"user_code":"B5Z8XK4PQ","device_code":"BAQABAAEAAAD","verification_uri":)"
             R"("https://microsoft.com/devicelogin","expires_in":900,"interval":5,)"
             R"("message":"To sign in, use a web browser"})");
    EXPECT_TRUE(answer.is_granted());
    EXPECT_EQ(answer.user_code, "B5Z8XK4PQ");
    EXPECT_EQ(answer.device_code, "BAQABAAEAAAD");
    EXPECT_EQ(answer.address, "https://microsoft.com/devicelogin");
    EXPECT_EQ(answer.lifetime, 900s);
    EXPECT_EQ(answer.interval, 5s);
}

TEST(DeviceAnswer, ReadsWhatOlderServersWrite) {
    const DeviceAnswer answer = read_device_answer(
        200, R"({"user_code":"A","device_code":"d","verification_url":"https://x.example/",)"
             R"("expires_in":"1800","interval":0})");
    EXPECT_EQ(answer.address, "https://x.example/");
    EXPECT_EQ(answer.lifetime, 1800s);
    EXPECT_EQ(answer.interval, 1s);
}

TEST(DeviceAnswer, TakesNoHalfAnswer) {
    for (const char* body :
         {R"({"device_code":"d","verification_uri":"https://x","expires_in":9})",
          R"({"user_code":"u","verification_uri":"https://x","expires_in":9})",
          R"({"user_code":"u","device_code":"d","expires_in":9})",
          R"({"user_code":"u","device_code":"d","verification_uri":"https://x"})"}) {
        const DeviceAnswer answer = read_device_answer(200, body);
        EXPECT_FALSE(answer.is_granted()) << body;
        EXPECT_EQ(answer.refusal.words, "HTTP 200, and no code for a device") << body;
    }
    EXPECT_EQ(read_device_answer(400, R"({"error":"invalid_client"})").refusal.code,
              "invalid_client");
    EXPECT_EQ(read_device_answer(404, "not here").refusal.words, "HTTP 404, and no JSON");
}

}  // namespace
}  // namespace bellhop::parsers
