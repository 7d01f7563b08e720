#include "daemon/desk/oauth_settings.hpp"

#include <gtest/gtest.h>

#include "parsers/config/config_file.hpp"
#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

/// "LINE: MESSAGE = HINT" for each complaint about a bellhop.toml of this section.
struct Read {
    explicit Read(const std::string& section, const ConfigFolder& folder = {}) {
        const std::string text = "[oauth.school]\n" + section;
        auto file = parsers::ConfigFile::parse("bellhop.toml", text);
        EXPECT_TRUE(file);
        parsers::Diagnostics found;
        parsers::ConfigTable root = file->root(found);
        const std::vector<OauthSettings> all = read_applications(root, folder.path());
        root.refuse_unknown_keys();
        if (!all.empty()) settings = all.front();
        parsers::sort_by_place(found);
        for (const parsers::Diagnostic& one : found) {
            complaints += std::to_string(one.where.line) + ": " + folder.without_path(one.message);
            for (const std::string& hint : one.hints) complaints += " = " + hint;
            complaints += '\n';
        }
    }
    OauthSettings settings = {};
    std::string complaints;
};

const std::string microsoft =
    "provider = \"microsoft365\"\ntenant = \"hill.onmicrosoft.com\"\nclient_id = \"1b4e-28ba\"\n";

TEST(OauthSettings, KnowsMicrosoft365) {
    const Read read{microsoft + "secret_file = \"m365.secret\"\nsecret_expires = 2027-03-01\n"};
    EXPECT_EQ(read.complaints, "");
    const OauthSettings& settings = read.settings;
    EXPECT_EQ(settings.name, "school");
    EXPECT_EQ(settings.grant, OauthGrant::client_credentials);
    EXPECT_EQ(settings.token_endpoint,
              "https://login.microsoftonline.com/hill.onmicrosoft.com/oauth2/v2.0/token");
    EXPECT_EQ(settings.scope, "https://outlook.office365.com/.default");
    EXPECT_EQ(settings.proof, ClientProof::secret);
    EXPECT_EQ(settings.signature, SignatureAlgorithm::ps256);
    ASSERT_EQ(settings.credentials.size(), 1U);
    EXPECT_EQ(settings.credentials.front().source.file.filename(), "m365.secret");
    EXPECT_EQ(settings.credentials.front().ends,
              std::chrono::sys_days{std::chrono::year{2027} / 3 / 1});
}

TEST(OauthSettings, KnowsItsClouds) {
    const auto in = [](const std::string& cloud) {
        return Read{microsoft + "secret_file = \"s\"\ncloud = \"" + cloud + "\"\n"}.settings;
    };
    EXPECT_EQ(in("gcc_high").token_endpoint,
              "https://login.microsoftonline.us/hill.onmicrosoft.com/oauth2/v2.0/token");
    EXPECT_EQ(in("gcc_high").scope, "https://outlook.office365.us/.default");
    EXPECT_EQ(in("china").token_endpoint,
              "https://login.partner.microsoftonline.cn/hill.onmicrosoft.com/oauth2/v2.0/token");
    EXPECT_EQ(in("china").scope, "https://partner.outlook.cn/.default");
    EXPECT_EQ(in("global").token_endpoint,
              "https://login.microsoftonline.com/hill.onmicrosoft.com/oauth2/v2.0/token");
    EXPECT_EQ(Read{microsoft + "secret_file = \"s\"\ncloud = \"mars\"\n"}.complaints,
              "6: unknown cloud \"mars\" = expected one of: global, gcc_high, china\n");
}

TEST(OauthSettings, TakesTwoCredentialsAtATime) {
    const Read read{microsoft +
                    "secret_file = \"old\"\nsecret_expires = 2027-03-01\n"
                    "next_secret_credential = \"password_new\"\n"
                    "next_secret_expires = 2029-03-01\n"};
    EXPECT_EQ(read.complaints, "");
    ASSERT_EQ(read.settings.credentials.size(), 2U);
    EXPECT_EQ(read.settings.credentials[1].source.credential, "password_new");
    EXPECT_EQ(read.settings.credentials[1].ends,
              std::chrono::sys_days{std::chrono::year{2029} / 3 / 1});
    const Read next{microsoft + "next_certificate_file = \"only.pem\"\nsignature = \"RS256\"\n"};
    EXPECT_EQ(next.complaints, "") << "the old one may be gone already";
    EXPECT_EQ(next.settings.proof, ClientProof::certificate);
    EXPECT_EQ(next.settings.signature, SignatureAlgorithm::rs256);
    EXPECT_EQ(next.settings.credentials.size(), 1U);
}

TEST(OauthSettings, KnowsWhatAPersonLends) {
    const Read read{microsoft + "grant = \"refresh_token\"\n"};
    EXPECT_EQ(read.complaints, "");
    EXPECT_EQ(read.settings.proof, ClientProof::none);
    EXPECT_EQ(read.settings.device_endpoint,
              "https://login.microsoftonline.com/hill.onmicrosoft.com/oauth2/v2.0/devicecode");
    EXPECT_EQ(read.settings.scope,
              "https://outlook.office.com/IMAP.AccessAsUser.All "
              "https://outlook.office.com/SMTP.Send offline_access");
}

TEST(OauthSettings, KnowsGoogle) {
    const Read read{"provider = \"google\"\nservice_account_file = \"google.json\"\n"};
    EXPECT_EQ(read.complaints, "");
    EXPECT_EQ(read.settings.grant, OauthGrant::service_account);
    EXPECT_EQ(read.settings.proof, ClientProof::key_file);
    EXPECT_EQ(read.settings.scope, "https://mail.google.com/");
    EXPECT_EQ(read.settings.token_endpoint, "") << "its file names it";
    const Read lent{
        "provider = \"google\"\ngrant = \"refresh_token\"\nclient_id = \"1.apps.example\"\n"
        "secret_file = \"s\"\nscope = [\"a\", \"b\"]\n"};
    EXPECT_EQ(lent.complaints, "");
    EXPECT_EQ(lent.settings.token_endpoint, "https://oauth2.googleapis.com/token");
    EXPECT_EQ(lent.settings.scope, "a b");
}

TEST(OauthSettings, TakesAnyOtherProvider) {
    const Read read{
        "provider = \"other\"\ntoken_endpoint = \"http://127.0.0.1:8080/token\"\n"
        "client_id = \"x\"\nsecret_file = \"s\"\n"};
    EXPECT_EQ(read.complaints, "");
    EXPECT_EQ(read.settings.token_endpoint, "http://127.0.0.1:8080/token");
    EXPECT_EQ(read.settings.scope, "");
}

TEST(OauthSettings, SaysWhatIsMissing) {
    EXPECT_EQ(Read{"client_id = \"x\"\n"}.complaints,
              "1: missing key \"provider\" = for example: provider = \"microsoft365\"\n");
    EXPECT_EQ(
        Read{"provider = \"microsoft365\"\n"}.complaints,
        "1: nothing proves who the application is = name one of: secret_file, secret_credential, "
        "certificate_file, certificate_credential\n"
        "1: missing key \"client_id\" = for example: client_id = "
        "\"00000000-0000-0000-0000-000000000000\"\n"
        "1: missing key \"tenant\" = for example: tenant = \"school.onmicrosoft.com\"\n");
    EXPECT_EQ(Read{"provider = \"google\"\n"}.complaints,
              "1: no key of the service account = name one of: service_account_file, "
              "service_account_credential\n");
    EXPECT_EQ(Read{"provider = \"other\"\nclient_id = \"x\"\nsecret_file = \"s\"\n"}.complaints,
              "1: missing key \"token_endpoint\" = for example: token_endpoint = "
              "\"https://login.example.org/oauth2/token\"\n");
}

TEST(OauthSettings, SaysWhatIsWrong) {
    const auto said_of = [](const std::string& keys) { return Read{microsoft + keys}.complaints; };
    EXPECT_EQ(said_of("secret = \"hunter2\"\nsecret_file = \"s\"\n"),
              "5: a secret never stands in this file = write it into a file that only the service "
              "may read, and name it: secret_file = \"NAME.secret\"\n");
    EXPECT_EQ(said_of("secret_file = \"s\"\ncertificate_file = \"c\"\n"),
              "1: several kinds of credentials = keep one of: secret, certificate, "
              "service_account\n");
    EXPECT_EQ(said_of("secret_file = \"s\"\nsecret_credential = \"c\"\n"),
              "6: several sources of one secret = keep one of: secret_file, secret_credential\n");
    EXPECT_EQ(said_of("service_account_file = \"s\"\n"),
              "1: the key of a service account is for Google only = name one of: secret_file, "
              "secret_credential, certificate_file, certificate_credential\n");
    EXPECT_EQ(said_of("secret_file = \"s\"\ngrant = \"service_account\"\n"),
              "1: no key of the service account = name one of: service_account_file, "
              "service_account_credential\n"
              "4: the file of the service account names it itself = leave it out; the Admin "
              "console wants it for delegation\n"
              "6: service accounts are Google's = expected one of: client_credentials, "
              "refresh_token\n");
    EXPECT_EQ(said_of("secret_file = \"s\"\nsecret_expires = \"soon\"\n").substr(0, 3), "6: ");
    EXPECT_EQ(said_of("secret_file = \"s\"\nscopes = \"x\"\n").substr(0, 23),
              "6: unknown key \"scopes\"");
    EXPECT_EQ(said_of("secret_file = \"s\"\nscope = \"a\\\"b\"\n"), "6: not a scope: \"a\\\"b\"\n");
    EXPECT_EQ(said_of("secret_file = \"s\"\nca_file = \"nowhere.pem\"\n"),
              "6: cannot read \"nowhere.pem\": No such file or directory\n");
}

/// A secret goes over the wire only where nobody reads it.
TEST(OauthSettings, SendsNoSecretInClearText) {
    const auto said_of = [](const std::string& url) {
        return Read{microsoft + "secret_file = \"s\"\ntoken_endpoint = \"" + url + "\"\n"}
            .complaints;
    };
    EXPECT_EQ(said_of("https://login.example/token"), "");
    EXPECT_EQ(said_of("http://localhost:8080/token"), "");
    EXPECT_EQ(said_of("http://login.example/token"),
              "6: not an address that secrets may be sent to: \"http://login.example/token\" = "
              "https://...; http:// is for this machine only (localhost)\n");
    EXPECT_NE(said_of("http://127.0.0.1@login.example/"), "");
    EXPECT_NE(said_of("login.example"), "");
}

TEST(OauthSettings, WantsATenantOfItsOwn) {
    for (const char* tenant : {"common", "consumers", "a/b", "a b", "https://x"}) {
        EXPECT_EQ(Read{"provider = \"microsoft365\"\nclient_id = \"x\"\nsecret_file = \"s\"\n"
                       "tenant = \"" +
                       std::string{tenant} + "\"\n"}
                      .complaints,
                  "5: not a tenant: \"" + std::string{tenant} +
                      "\" = Directory (tenant) ID, or a domain of the tenant, for example: "
                      "\"school.onmicrosoft.com\"\n");
    }
}

TEST(OauthSettings, RefusesFilesThatOthersMayRead) {
    const ConfigFolder folder;
    folder.write("s", "hunter2", 0640);
    EXPECT_EQ((Read{microsoft + "secret_file = \"s\"\n", folder}.complaints),
              "5: others may read \"s\" = chmod 600 " + folder.path().string() + "/s\n");
}

TEST(OauthSettings, FindsAnApplicationByItsName) {
    std::vector<OauthSettings> all(2);
    all[0].name = "a";
    all[1].name = "b";
    EXPECT_EQ(&application_named(all, "b"), &all[1]);
}

}  // namespace
}  // namespace bellhop::daemon
