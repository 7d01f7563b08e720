#include "parsers/protocol/service_account_key.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

const std::string whole =
    R"({"type":"service_account","project_id":"p","private_key_id":"k1","private_key":"PEM\n",)"
    R"("client_email":"desk@p.iam.gserviceaccount.com","client_id":"1234567890",)"
    R"("token_uri":"https://oauth2.googleapis.com/token"})";

TEST(ServiceAccountKey, ReadsTheFileThatGoogleGives) {
    const ReadServiceAccountKey read = read_service_account_key(whole);
    EXPECT_EQ(read.complaint, "");
    EXPECT_EQ(read.key.client_email, "desk@p.iam.gserviceaccount.com");
    EXPECT_EQ(read.key.private_key, "PEM\n");
    EXPECT_EQ(read.key.private_key_id, "k1");
    EXPECT_EQ(read.key.token_uri, "https://oauth2.googleapis.com/token");
}

std::string without(const std::string& key) {
    std::string text = whole;
    return text.replace(text.find('"' + key + '"'), key.size() + 2, "\"x\"");
}

TEST(ServiceAccountKey, SaysWhatIsWrong) {
    const auto said_of = [](const std::string& text) {
        return read_service_account_key(text).complaint;
    };
    EXPECT_EQ(said_of("-----BEGIN PRIVATE KEY-----"), "it is no JSON");
    EXPECT_EQ(said_of("[]"), "it is no JSON");
    EXPECT_EQ(said_of(R"({"installed":{"client_id":"x","client_secret":"hunter2"}})"),
              "it is not the key of a service account (\"type\": \"service_account\")");
    EXPECT_EQ(said_of(without("client_email")), "it has no \"client_email\"");
    EXPECT_EQ(said_of(without("private_key")), "it has no \"private_key\"");
    EXPECT_EQ(said_of(without("token_uri")), "it has no \"token_uri\"");
}

}  // namespace
}  // namespace bellhop::parsers
