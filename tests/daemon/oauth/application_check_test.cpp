#include "daemon/oauth/application_check.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/daemon/config_folder.hpp"
#include "tests/daemon/oauth/test_keys.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

class ApplicationCheckTest : public testing::Test {
protected:
    ApplicationCheckTest() {
        settings_.folder = folder_.path();
        folder_.write("bellhop.toml", "[desk]\n\n[oauth.school]\nprovider = \"microsoft365\"\n");
        settings_.applications.emplace_back();
        application().name = "school";
        application().client_id = "the-app";
        application().token_endpoint = "https://login.example/token";
    }
    OauthSettings& application() { return settings_.applications.front(); }
    void use(ClientProof proof, const std::string& text) {
        application().proof = proof;
        application().credentials = {{{folder_.write("credential", text), {}, {}}, {}}};
    }
    std::string found(std::chrono::sys_seconds now) const {
        std::string text;
        for (const parsers::Diagnostic& one : lint_applications(settings_, now)) {
            EXPECT_EQ(one.severity, parsers::Severity::warning);
            text +=
                std::to_string(one.where.line) + ": " + folder_.without_path(one.message) + '\n';
        }
        return text;
    }

    ConfigFolder folder_;
    Settings settings_;
    std::chrono::sys_seconds now_ =
        std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
};

TEST_F(ApplicationCheckTest, SaysNothingOfWhatIsRight) {
    use(ClientProof::secret, "hunter2");
    EXPECT_EQ(found(now_), "");
    use(ClientProof::certificate, TestKey{}.pem());
    EXPECT_EQ(found(now_), "");
}

TEST_F(ApplicationCheckTest, SaysWhatIsWrongWithACredential) {
    use(ClientProof::certificate, TestKey{}.certificate_pem());
    EXPECT_EQ(found(now_), "3: credential: there is no private key in it (PEM)\n");
    use(ClientProof::secret, "");
    EXPECT_EQ(found(now_), "3: cannot read the client secret from credential: it is empty\n");
}

TEST_F(ApplicationCheckTest, CountsDownToTheEnd) {
    use(ClientProof::secret, "hunter2");
    application().credentials.front().ends =
        std::chrono::floor<std::chrono::days>(now_) + std::chrono::days{20};
    EXPECT_EQ(found(now_), "3: the client secret of [oauth.school] ends in 19 days\n");
    use(ClientProof::certificate, TestKey{KeyKind::rsa, -1h, 10 * 24h}.pem());
    EXPECT_EQ(found(now_), "3: the certificate of [oauth.school] ends in 10 days\n");
    EXPECT_EQ(found(now_ + 11 * 24h), "3: the certificate of [oauth.school] has ended\n");
}

/// What the service manager hands to the service, nobody else sees.
TEST_F(ApplicationCheckTest, ComplainsOfNoCredentialThatItCannotSee) {
    unsetenv("CREDENTIALS_DIRECTORY");
    application().proof = ClientProof::secret;
    application().credentials = {{{{}, "school", {}}, {}}};
    EXPECT_EQ(found(now_), "");
    setenv("CREDENTIALS_DIRECTORY", folder_.path().c_str(), 1);
    EXPECT_EQ(found(now_),
              "3: cannot read the client secret from credential \"school\": No such file or "
              "directory\n");
    unsetenv("CREDENTIALS_DIRECTORY");
}

}  // namespace
}  // namespace bellhop::daemon
