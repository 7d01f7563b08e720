#include "daemon/oauth/device_login.hpp"

#include <deque>

#include <gtest/gtest.h>

#include "daemon/net/connection_error.hpp"
#include "tests/daemon/config_folder.hpp"
#include "tests/daemon/fakes.hpp"
#include "tests/daemon/loop_runner.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

const HttpAnswer device{
    200,
    R"({"device_code":"dev","user_code":"ABCD-EFGH","verification_uri":"https://x.example/device",)"
    R"("expires_in":900,"interval":5})",
    {},
    {}};

HttpAnswer refusal(const std::string& code) {
    return {400, R"({"error":")" + code + R"("})", {}, {}};
}

class DeviceLoginTest : public testing::Test {
protected:
    DeviceLoginTest() {
        application_.client_id = "the-app";
        application_.scope = "mail offline_access";
        application_.token_endpoint = "https://x.example/token";
        application_.device_endpoint = "https://x.example/devicecode";
    }

    asio::awaitable<HttpAnswer> post(HttpPost request) {
        posts_.push_back(request.url + ' ' + request.body);
        if (answers_.empty()) throw ConnectionError(ConnectionErrc::lost, "cut");
        HttpAnswer answer = std::move(answers_.front());
        answers_.pop_front();
        co_return answer;
    }
    asio::awaitable<void> pause(std::chrono::seconds time) {
        pauses_.push_back(time);
        clock_.time += time;
        co_return;
    }

    /// The refresh token, or the error's words.
    std::string outcome() {
        DeviceLogin login{clock_,
                          {[this](HttpPost request) { return post(std::move(request)); },
                           [this](std::chrono::seconds time) { return pause(time); },
                           [this](const parsers::DeviceAnswer& told) {
                               shown_ = told.user_code + " at " + told.address;
                           }}};
        try {
            return daemon::run(io_, login.run(application_));
        } catch (const ConnectionError& error) {
            return error.code().message() + ": " + error.detail();
        }
    }

    asio::io_context io_{1};
    FakeClock clock_;
    OauthSettings application_;
    std::deque<HttpAnswer> answers_;
    std::vector<std::string> posts_;
    std::vector<std::chrono::seconds> pauses_;
    std::string shown_;
};

TEST_F(DeviceLoginTest, WaitsUntilThePersonHasLoggedIn) {
    answers_ = {device,
                refusal("authorization_pending"),
                refusal("authorization_pending"),
                {200, R"({"access_token":"a","refresh_token":"lent","expires_in":3599})", {}, {}}};
    EXPECT_EQ(outcome(), "lent");
    EXPECT_EQ(shown_, "ABCD-EFGH at https://x.example/device");
    EXPECT_EQ(pauses_, (std::vector<std::chrono::seconds>{5s, 5s, 5s}));
    EXPECT_EQ(posts_.at(0),
              "https://x.example/devicecode client_id=the-app"
              "&scope=mail%20offline_access");
    EXPECT_EQ(posts_.at(1),
              "https://x.example/token client_id=the-app"
              "&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
              "&device_code=dev");
}

/// RFC 8628 section 3.5.
TEST_F(DeviceLoginTest, AsksMoreSlowlyWhereItIsToldSo) {
    answers_ = {device,
                refusal("slow_down"),
                refusal("authorization_pending"),
                refusal("slow_down"),
                {200, R"({"access_token":"a","refresh_token":"lent"})", {}, {}}};
    EXPECT_EQ(outcome(), "lent");
    EXPECT_EQ(pauses_, (std::vector<std::chrono::seconds>{5s, 10s, 10s, 15s}));
}

TEST_F(DeviceLoginTest, EndsWhereThePersonSaysNo) {
    answers_ = {device, refusal("access_denied")};
    EXPECT_EQ(outcome(), "no access token: access_denied");
    answers_ = {device, refusal("expired_token")};
    EXPECT_EQ(outcome(), "no access token: expired_token");
}

TEST_F(DeviceLoginTest, EndsWhereNobodyComes) {
    answers_ = {device};
    for (int i = 0; i < 1'000; ++i) answers_.push_back(refusal("authorization_pending"));
    EXPECT_EQ(outcome(), "no access token: expired_token: nobody has typed the code");
    EXPECT_EQ(posts_.size(), 181U) << "each five seconds for a quarter of an hour";
}

TEST_F(DeviceLoginTest, SurvivesAnOutageWhileItWaits) {
    answers_ = {device,
                {503, "busy", {}, {}},
                {200, R"({"access_token":"a","refresh_token":"lent"})", {}, {}}};
    EXPECT_EQ(outcome(), "lent");
    answers_ = {device};  // and then the network is gone for good
    EXPECT_EQ(outcome(), "no access token: expired_token: nobody has typed the code");
    EXPECT_LE(pauses_.size(), 40U);
}

TEST_F(DeviceLoginTest, WantsARightToStayLoggedIn) {
    answers_ = {device, {200, R"({"access_token":"a"})", {}, {}}};
    EXPECT_EQ(outcome(),
              "no access token: the provider gives no refresh token; scope must have "
              "offline_access in it");
}

TEST_F(DeviceLoginTest, SaysWhyThereIsNoCode) {
    answers_ = {
        {400, R"({"error":"invalid_client","error_description":"AADSTS7000218: no"})", {}, {}}};
    EXPECT_EQ(outcome(), "no access token: invalid_client: AADSTS7000218: no");
    answers_ = {};
    EXPECT_EQ(outcome(), "connection lost: cut");
    EXPECT_EQ(shown_, "");
}

TEST_F(DeviceLoginTest, ProvesWhoItIsWhereItHasASecret) {
    const ConfigFolder folder;
    application_.proof = ClientProof::secret;
    application_.credentials = {{{folder.write("secret", "hunter2"), {}, {}}, {}}};
    answers_ = {device, {200, R"({"access_token":"a","refresh_token":"lent"})", {}, {}}};
    EXPECT_EQ(outcome(), "lent");
    EXPECT_NE(posts_.at(1).find("&client_secret=hunter2&"), std::string::npos);
}

}  // namespace
}  // namespace bellhop::daemon
