#include "daemon/oauth/token_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/oauth/refresh_token_file.hpp"
#include "tests/daemon/config_folder.hpp"
#include "tests/daemon/fakes.hpp"
#include "tests/daemon/http_server.hpp"
#include "tests/daemon/loop_runner.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;

class TokenClientTest : public testing::Test {
protected:
    TokenClientTest() {
        clock_.time = std::chrono::sys_seconds{1'796'126'400s};  // 2026-12-01T12:00:00Z
        application_.name = "school";
        application_.client_id = "the-app";
        application_.token_endpoint = server_.url();
        application_.scope = "mail";
        application_.proof = ClientProof::secret;
        application_.credentials = {credential("first", "hunter1")};
    }
    ~TokenClientTest() override {
        server_.stop();
        io_.poll();
    }

    OauthCredential credential(const std::string& name, const std::string& text) {
        return {{folder_.write(name, text), {}, {}}, {}};
    }
    GrantedToken fetch() {
        return daemon::run(io_, client_.fetch(application_, "it@school.example"));
    }
    /// What it ends in: the token, or the error's words.
    std::string outcome() {
        try {
            return fetch().text;
        } catch (const ConnectionError& error) {
            kind_ = error.kind();
            wait_ = error.retry_after();
            return error.detail();
        }
    }
    void refuse(int status, const std::string& code, const std::string& words) {
        server_.answer(status,
                       R"({"error":")" + code + R"(","error_description":")" + words + "\"}");
    }
    void grant(const std::string& more = "") {
        server_.answer(200, R"({"access_token":"tok","expires_in":60)" + more + "}");
    }
    RefreshTokenFile lent() const { return {folder_.path(), application_, "it@school.example"}; }

    ConfigFolder folder_;
    FakeClock clock_;
    boost::asio::io_context io_{1};
    CurlLoop loop_{io_.get_executor()};
    HttpServer server_{io_};
    TokenClient client_{loop_, clock_, folder_.path()};
    OauthSettings application_;
    std::optional<ConnectionErrc> kind_;
    std::optional<std::chrono::seconds> wait_;
};

TEST_F(TokenClientTest, GetsAToken) {
    grant();
    const GrantedToken token = fetch();
    EXPECT_EQ(token.text, "tok");
    EXPECT_EQ(token.lifetime, 60s);
    EXPECT_EQ(server_.bodies(),
              std::vector<std::string>{
                  "client_id=the-app&client_secret=hunter1&grant_type=client_credentials"
                  "&scope=mail"});
    EXPECT_THAT(server_.header(), HasSubstr("Content-Type: application/x-www-form-urlencoded\r\n"));
}

TEST_F(TokenClientTest, ReadsTheSecretAnewEachTime) {
    grant();
    grant();
    fetch();
    folder_.write("first", "hunter2");
    fetch();
    EXPECT_THAT(server_.bodies().back(), HasSubstr("client_secret=hunter2&"));
}

TEST_F(TokenClientTest, KeepsTheProvidersWords) {
    refuse(401, "invalid_client", "AADSTS7000222: The secret is expired.");
    EXPECT_EQ(outcome(), "127.0.0.1: invalid_client: AADSTS7000222: The secret is expired.");
    EXPECT_EQ(kind_, ConnectionErrc::no_token);
}

TEST_F(TokenClientTest, TellsAnOutageFromARefusal) {
    server_.answer(503, "<html>", "Retry-After: 17\r\n");
    EXPECT_EQ(outcome(), "127.0.0.1: HTTP 503, and no JSON");
    EXPECT_EQ(kind_, ConnectionErrc::refused);
    EXPECT_EQ(wait_, 17s);
    server_.answer(429, R"({"error":"invalid_client"})");
    outcome();
    EXPECT_EQ(kind_, ConnectionErrc::refused) << "it asks for patience";
    server_.stop();
    outcome();
    EXPECT_EQ(kind_, ConnectionErrc::unreachable);
}

TEST_F(TokenClientTest, SaysThatOurClockIsWrong) {
    server_.answer(401, R"({"error":"invalid_client","error_description":"AADSTS700024: no"})",
                   "Date: Tue, 01 Dec 2026 12:17:30 GMT\r\n");
    EXPECT_THAT(outcome(), EndsWith("; this machine's clock is 17 min behind the server's"));
    server_.answer(401, R"({"error":"invalid_client","error_description":"AADSTS700024: no"})",
                   "Date: Tue, 01 Dec 2026 09:00:00 GMT\r\n");
    EXPECT_THAT(outcome(), EndsWith("; this machine's clock is 180 min ahead of the server's"));
    server_.answer(401, R"({"error":"invalid_client","error_description":"AADSTS700024: no"})",
                   "Date: Tue, 01 Dec 2026 12:01:59 GMT\r\n");
    EXPECT_THAT(outcome(), EndsWith("AADSTS700024: no"));
}

TEST_F(TokenClientTest, TriesTheNextCredentialWhereOneIsRefused) {
    application_.credentials.push_back(credential("next", "hunter2"));
    refuse(401, "invalid_client", "AADSTS7000222: The secret is expired.");
    grant();
    EXPECT_EQ(outcome(), "tok");
    EXPECT_THAT(server_.bodies().at(1), HasSubstr("client_secret=hunter2&"));
    EXPECT_EQ(client_.credential_in_use("school"), 1U);
    // From now on it comes first.
    grant();
    EXPECT_EQ(outcome(), "tok");
    EXPECT_EQ(server_.bodies().size(), 3U);
    EXPECT_THAT(server_.bodies().back(), HasSubstr("client_secret=hunter2&"));
    // Until the other one is the right one again.
    refuse(401, "invalid_client", "AADSTS7000215: Invalid client secret.");
    grant();
    EXPECT_EQ(outcome(), "tok");
    EXPECT_EQ(client_.credential_in_use("school"), 0U);
}

TEST_F(TokenClientTest, TriesTheNextCredentialWhereOneCannotBeRead) {
    application_.credentials.push_back(credential("next", "hunter2"));
    folder_.write("first", "");
    grant();
    EXPECT_EQ(outcome(), "tok");
    EXPECT_EQ(server_.bodies().size(), 1U);
}

TEST_F(TokenClientTest, TriesNoOtherCredentialWhereItIsNotTheCredential) {
    application_.credentials.push_back(credential("next", "hunter2"));
    refuse(400, "invalid_scope", "no");
    EXPECT_EQ(outcome(), "127.0.0.1: invalid_scope: no");
    EXPECT_EQ(server_.bodies().size(), 1U);
}

TEST_F(TokenClientTest, TellsOfTheFirstCredentialWhereBothAreRefused) {
    application_.credentials.push_back(credential("next", "hunter2"));
    refuse(401, "invalid_client", "the first");
    refuse(401, "invalid_client", "the next");
    EXPECT_EQ(outcome(), "127.0.0.1: invalid_client: the first");
}

// ---- What a person has lent

class LentTest : public TokenClientTest {
protected:
    LentTest() {
        application_.grant = OauthGrant::refresh_token;
        application_.proof = ClientProof::none;
        application_.credentials.clear();
    }
};

TEST_F(LentTest, WantsSomebodyToHaveLoggedIn) {
    EXPECT_EQ(outcome(),
              "nobody has logged in as it@school.example yet, or for another client_id: bellhop "
              "login");
    EXPECT_EQ(kind_, ConnectionErrc::no_token);
    EXPECT_TRUE(server_.bodies().empty());
}

TEST_F(LentTest, KeepsTheNewRefreshTokenBeforeItUsesTheAccessToken) {
    lent().store("one");
    grant(R"(,"refresh_token":"two")");
    EXPECT_EQ(outcome(), "tok");
    EXPECT_EQ(lent().load(), "two");
    grant();
    EXPECT_EQ(outcome(), "tok");
    EXPECT_THAT(server_.bodies().back(), HasSubstr("refresh_token=two"));
    EXPECT_EQ(lent().load(), "two") << "no new one came";
}

TEST_F(LentTest, UsesNothingThatCameWithATokenThatCannotBeKept) {
    lent().store("one");
    const std::filesystem::path obstacle = lent().path().string() + ".new";
    std::filesystem::create_directory(obstacle);
    grant(R"(,"refresh_token":"two")");
    EXPECT_THAT(outcome(), testing::StartsWith("the new refresh token cannot be kept: "));
    EXPECT_EQ(kind_, ConnectionErrc::no_token);
    // The provider may have made the old one void: the new one is written before it goes on.
    std::filesystem::remove(obstacle);
    grant(R"(,"refresh_token":"three")");
    EXPECT_EQ(outcome(), "tok");
    EXPECT_THAT(server_.bodies().back(), HasSubstr("refresh_token=two"));
    EXPECT_EQ(lent().load(), "three");
}

/// Somebody logs in anew while a token is renewed.
TEST_F(LentTest, WritesNoOldLoginOverANewOne) {
    lent().store("one");
    std::string got;
    boost::asio::co_spawn(
        io_, client_.fetch(application_, "it@school.example"),
        [&got](std::exception_ptr, const GrantedToken& token) { got = token.text; });
    server_.before_answer = [this] { lent().store("anew"); };
    grant(R"(,"refresh_token":"two")");
    while (got.empty() && io_.run_one_for(10s) > 0) continue;
    EXPECT_EQ(got, "tok");
    EXPECT_EQ(lent().load(), "anew");
}

/// A command beside the daemon: a refresh token that is shown twice may end the whole login.
TEST_F(LentTest, WaitsForAnotherProcessThatExchangesTheToken) {
    lent().store("one");
    auto lock = lent().try_lock();
    std::string got;
    boost::asio::co_spawn(
        io_, client_.fetch(application_, "it@school.example"),
        [&got](std::exception_ptr, const GrantedToken& token) { got = token.text; });
    io_.run_for(50ms);
    EXPECT_TRUE(server_.bodies().empty());
    lent().store("two");
    lock.reset();
    grant();
    while (got.empty() && io_.run_one_for(10s) > 0) continue;
    EXPECT_EQ(got, "tok");
    EXPECT_THAT(server_.bodies().back(), HasSubstr("refresh_token=two"));
    EXPECT_NE(lent().try_lock(), nullptr);
}

}  // namespace
}  // namespace bellhop::daemon
