#include "daemon/oauth/token_request.hpp"

#include <map>
#include <stdexcept>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "parsers/encoding/base64.hpp"
#include "tests/daemon/config_folder.hpp"
#include "tests/daemon/oauth/test_keys.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using Fields = std::map<std::string, std::string>;

constexpr std::chrono::sys_seconds now{1'800'000'000s};

const TestKey& one_key() {
    static const TestKey key;
    return key;
}

class TokenRequestTest : public testing::Test {
protected:
    TokenRequestTest() {
        application_.name = "school";
        application_.client_id = "the-app";
        application_.token_endpoint = "https://login.example/token";
        application_.scope = "https://outlook.office365.com/.default";
    }

    OauthCredential credential(const std::string& text) {
        return {{folder_.write("credential", text), {}, {}}, {}};
    }
    TokenRequest request(const OauthCredential* credential) const {
        return token_request(application_, credential, {"it@school.example", "lent", now});
    }
    static Fields fields(const TokenRequest& request) {
        return {request.form.begin(), request.form.end()};
    }
    std::string said_of(const OauthCredential& credential) const {
        try {
            static_cast<void>(request(&credential));
        } catch (const std::runtime_error& error) {
            return folder_.without_path(error.what());
        }
        return "nothing";
    }

    ConfigFolder folder_;
    OauthSettings application_;
};

/// An assertion, taken apart.
struct ReadAssertion {
    explicit ReadAssertion(const std::string& text) {
        const std::size_t first = text.find('.');
        const std::size_t second = text.find('.', first + 1);
        input = text.substr(0, second);
        header = boost::json::parse(*parsers::decode_base64url(text.substr(0, first))).as_object();
        claims = boost::json::parse(
                     *parsers::decode_base64url(text.substr(first + 1, second - first - 1)))
                     .as_object();
        signature = *parsers::decode_base64url(text.substr(second + 1));
    }
    std::string text_of(const char* claim) const { return claims.at(claim).as_string().c_str(); }
    std::int64_t number_of(const char* claim) const { return claims.at(claim).as_int64(); }

    std::string input;
    std::string signature;
    boost::json::object header;
    boost::json::object claims;
};

TEST_F(TokenRequestTest, ProvesWithASecret) {
    application_.proof = ClientProof::secret;
    const OauthCredential secret = credential("hunter2\n");
    const TokenRequest asked = request(&secret);
    EXPECT_EQ(asked.endpoint, "https://login.example/token");
    EXPECT_EQ(fields(asked), (Fields{{"grant_type", "client_credentials"},
                                     {"client_id", "the-app"},
                                     {"client_secret", "hunter2"},
                                     {"scope", "https://outlook.office365.com/.default"}}));
}

TEST_F(TokenRequestTest, ProvesWithACertificate) {
    application_.proof = ClientProof::certificate;
    const OauthCredential certificate = credential(one_key().pem());
    Fields asked = fields(request(&certificate));
    const ReadAssertion assertion{asked.at("client_assertion")};
    asked.erase("client_assertion");
    EXPECT_EQ(
        asked,
        (Fields{{"grant_type", "client_credentials"},
                {"client_id", "the-app"},
                {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                {"scope", "https://outlook.office365.com/.default"}}));
    EXPECT_EQ(assertion.header.at("alg"), "PS256");
    EXPECT_EQ(assertion.header.at("typ"), "JWT");
    EXPECT_EQ(assertion.header.at("x5t#S256").as_string().c_str(),
              parsers::encode_base64url(one_key().digest()));
    EXPECT_EQ(assertion.text_of("aud"), "https://login.example/token");
    EXPECT_EQ(assertion.text_of("iss"), "the-app");
    EXPECT_EQ(assertion.text_of("sub"), "the-app");
    EXPECT_EQ(assertion.text_of("jti").size(), 36U);
    const std::int64_t begins = assertion.number_of("nbf");
    EXPECT_LE(begins, now.time_since_epoch().count());
    EXPECT_EQ(assertion.number_of("exp") - begins, 600) << "Entra takes at most ten minutes";
    EXPECT_GT(assertion.number_of("exp"), now.time_since_epoch().count() + 300);
    EXPECT_TRUE(
        one_key().verifies(SignatureAlgorithm::ps256, assertion.input, assertion.signature));
}

TEST_F(TokenRequestTest, SignsAsTheSwitchSays) {
    application_.proof = ClientProof::certificate;
    application_.signature = SignatureAlgorithm::rs256;
    const OauthCredential certificate = credential(one_key().pem());
    const ReadAssertion assertion{fields(request(&certificate)).at("client_assertion")};
    EXPECT_EQ(assertion.header.at("alg"), "RS256");
    EXPECT_TRUE(assertion.header.contains("x5t#S256"));
    EXPECT_TRUE(
        one_key().verifies(SignatureAlgorithm::rs256, assertion.input, assertion.signature));
}

TEST_F(TokenRequestTest, UsesNoAssertionTwice) {
    application_.proof = ClientProof::certificate;
    const OauthCredential certificate = credential(one_key().pem());
    const auto id = [&] {
        return ReadAssertion{fields(request(&certificate)).at("client_assertion")}.text_of("jti");
    };
    EXPECT_NE(id(), id());
}

std::string service_account(const std::string& key, const std::string& endpoint) {
    return boost::json::serialize(boost::json::object{
        {"type", "service_account"},
        {"private_key_id", "k1"},
        {"private_key", key},
        {"client_email", "desk@p.iam.gserviceaccount.com"},
        {"token_uri", endpoint},
    });
}

TEST_F(TokenRequestTest, ActsForAUserOfTheDomain) {
    application_.grant = OauthGrant::service_account;
    application_.proof = ClientProof::key_file;
    application_.token_endpoint.clear();
    application_.scope = "https://mail.google.com/";
    const OauthCredential key =
        credential(service_account(one_key().private_pem(), "https://oauth2.googleapis.com/token"));
    const TokenRequest asked = request(&key);
    EXPECT_EQ(asked.endpoint, "https://oauth2.googleapis.com/token");
    Fields form = fields(asked);
    const ReadAssertion assertion{form.at("assertion")};
    form.erase("assertion");
    EXPECT_EQ(form, (Fields{{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}}));
    EXPECT_EQ(assertion.header.at("alg"), "RS256");
    EXPECT_EQ(assertion.header.at("kid"), "k1");
    EXPECT_EQ(assertion.text_of("iss"), "desk@p.iam.gserviceaccount.com");
    EXPECT_EQ(assertion.text_of("sub"), "it@school.example");
    EXPECT_EQ(assertion.text_of("aud"), "https://oauth2.googleapis.com/token");
    EXPECT_EQ(assertion.text_of("scope"), "https://mail.google.com/");
    EXPECT_LE(assertion.number_of("iat"), now.time_since_epoch().count());
    EXPECT_EQ(assertion.number_of("exp") - assertion.number_of("iat"), 3600);
    EXPECT_TRUE(
        one_key().verifies(SignatureAlgorithm::rs256, assertion.input, assertion.signature));
}

TEST_F(TokenRequestTest, HandsInWhatAPersonHasLent) {
    application_.grant = OauthGrant::refresh_token;
    application_.scope = "mail offline_access";
    EXPECT_EQ(fields(request(nullptr)), (Fields{{"grant_type", "refresh_token"},
                                                {"refresh_token", "lent"},
                                                {"client_id", "the-app"},
                                                {"scope", "mail offline_access"}}));
    application_.proof = ClientProof::secret;
    const OauthCredential secret = credential("hunter2");
    EXPECT_EQ(fields(request(&secret)).at("client_secret"), "hunter2");
}

TEST_F(TokenRequestTest, SaysWhatIsWrongWithACredentialAndNoWordOfIt) {
    application_.proof = ClientProof::secret;
    EXPECT_EQ(said_of({{folder_.path() / "nowhere", {}, {}}, {}}),
              "cannot read the client secret from nowhere: No such file or directory");
    EXPECT_EQ(said_of(credential("hunter2\nmore")),
              "cannot read the client secret from credential: it has more than one line");
    application_.proof = ClientProof::certificate;
    EXPECT_EQ(said_of(credential("hunter2")), "credential: there is no private key in it (PEM)");
    EXPECT_EQ(said_of(credential(one_key().private_pem())),
              "credential: there is no certificate in it (PEM)");
    application_.grant = OauthGrant::service_account;
    application_.token_endpoint.clear();
    EXPECT_EQ(said_of(credential("hunter2")), "credential: it is no JSON");
    EXPECT_EQ(said_of(credential(service_account("hunter2", "https://x.example/"))),
              "credential: there is no private key in it (PEM)");
    EXPECT_EQ(said_of(credential(service_account(one_key().private_pem(), "http://x.example/"))),
              "credential: its \"token_uri\" is no https:// address");
}

TEST_F(TokenRequestTest, KnowsWhenACredentialEnds) {
    application_.proof = ClientProof::secret;
    OauthCredential secret = credential("hunter2");
    EXPECT_EQ(end_of(application_, secret), std::nullopt);
    secret.ends = std::chrono::sys_days{std::chrono::year{2027} / 3 / 1};
    EXPECT_EQ(end_of(application_, secret), std::chrono::sys_seconds{*secret.ends});
    application_.proof = ClientProof::certificate;
    const auto ends = end_of(application_, credential(one_key().pem()));
    ASSERT_TRUE(ends);
    EXPECT_GT(*ends, std::chrono::system_clock::now() + 99 * 24h);
    EXPECT_EQ(end_of(application_, credential("no certificate")), std::nullopt);
}

}  // namespace
}  // namespace bellhop::daemon
