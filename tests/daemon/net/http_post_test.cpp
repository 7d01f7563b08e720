#include "daemon/net/http_post.hpp"

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/net/connection_error.hpp"
#include "tests/daemon/fakes.hpp"
#include "tests/daemon/http_server.hpp"
#include "tests/daemon/loop_runner.hpp"
#include "tests/daemon/tls_server.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

TEST(AcceptableUrl, IsOneThatSecretsMayGoTo) {
    for (const char* url :
         {"https://login.microsoftonline.com/t/oauth2/v2.0/token", "https://x.example:8443/a?b=c",
          "http://127.0.0.1:8080/token", "http://localhost/token", "http://[::1]:80/token",
          "https://[2001:db8::1]/"}) {
        EXPECT_TRUE(is_acceptable_url(url)) << url;
    }
    for (const char* url :
         {"", "login.example", "http://login.example/token", "http://127.0.0.1.example/token",
          "http://localhost.example/token", "http://127.0.0.1@login.example/token",
          "https://user:word@login.example/", "https://login.example/#x", "ftp://login.example/",
          "file:///etc/passwd", "https://", "http://192.0.2.1/", "https://a b/"}) {
        EXPECT_FALSE(is_acceptable_url(url)) << url;
    }
}

class HttpPostTest : public testing::Test {
protected:
    ~HttpPostTest() override {
        server_.stop();
        io_.poll();
    }
    HttpAnswer post(std::chrono::milliseconds patience = 10s) {
        HttpPost request;
        request.url = server_.url();
        request.header_lines = {"Accept: application/json"};
        request.body = "a=b&c=" + std::string(3'000, 'd');
        request.patience = patience;
        return run(io_, http_post(loop_, std::move(request)));
    }
    /// "KIND WORDS" of what it throws.
    std::string failure(std::chrono::milliseconds patience = 10s) {
        try {
            post(patience);
        } catch (const ConnectionError& error) {
            return error.code().message() + ": " + error.detail();
        }
        return "an answer";
    }

    boost::asio::io_context io_{1};
    CurlLoop loop_{io_.get_executor()};
    HttpServer server_{io_};
};

TEST_F(HttpPostTest, SendsTheBodyAndReturnsTheAnswer) {
    server_.answer(200, "{\"x\":1}", "Date: Tue, 01 Dec 2026 12:00:00 GMT\r\nRetry-After: 17\r\n");
    const HttpAnswer answer = post();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "{\"x\":1}");
    EXPECT_EQ(answer.retry_after, 17s);
    EXPECT_EQ(answer.date, std::chrono::sys_seconds{1'796'126'400s});
    EXPECT_EQ(server_.bodies(), std::vector<std::string>{"a=b&c=" + std::string(3'000, 'd')});
    EXPECT_THAT(server_.header(), StartsWith("POST /token HTTP/1.1\r\n"));
    EXPECT_THAT(server_.header(), HasSubstr("Accept: application/json\r\n"));
}

TEST_F(HttpPostTest, ReturnsRefusalsAsAnswers) {
    server_.answer(401, "no", "Retry-After: soon\r\nDate: never\r\n");
    const HttpAnswer refusal{401, "no", {}, {}};
    EXPECT_EQ(post(), refusal);
}

/// What goes there is a secret: it goes nowhere else.
TEST_F(HttpPostTest, IsLedNowhereElse) {
    server_.answer(307, "", "Location: " + server_.url("/elsewhere") + "\r\n");
    server_.answer(200, "{}");
    EXPECT_EQ(post().status, 307);
    EXPECT_EQ(server_.bodies().size(), 1U);
}

TEST_F(HttpPostTest, ReadsOnlySoMuch) {
    server_.answer(200, std::string(max_http_body, 'x'));
    EXPECT_EQ(post().body.size(), max_http_body);
    server_.answer(200, std::string(max_http_body + 1, 'x'));
    EXPECT_THAT(failure(), StartsWith("the server does not follow the protocol: 127.0.0.1: "));
    server_.answer(200, "", "X: " + std::string(max_http_header, 'x') + "\r\n");
    EXPECT_THAT(failure(), StartsWith("the server does not follow the protocol: 127.0.0.1: "));
}

TEST_F(HttpPostTest, DoesNotWaitForever) {
    EXPECT_THAT(failure(200ms), StartsWith("no answer in time: 127.0.0.1: "));
    server_.answer("HTTP/1.1 200 x\r\nContent-Length: 9\r\n\r\nhalf");
    EXPECT_NE(failure(), "an answer") << "half a body is none";
}

TEST_F(HttpPostTest, NamesTheHostThatIsNotThere) {
    server_.stop();
    HttpPost request;
    request.url = "http://127.0.0.1:1/token";
    try {
        run(io_, http_post(loop_, std::move(request)));
        FAIL();
    } catch (const ConnectionError& error) {
        EXPECT_EQ(error.kind(), ConnectionErrc::unreachable);
        EXPECT_THAT(error.detail(), StartsWith("127.0.0.1: "));
    }
}

/// A secret goes to nobody who only says that he is the provider.
TEST_F(HttpPostTest, TrustsNoServerForWhomSomebodyElseVouches) {
    std::signal(SIGPIPE, SIG_IGN);
    const TemporaryFolder folder;
    const Identity authority = make_authority("The provider's authority");
    write_certificate(authority, folder.path / "ca.pem");
    const auto kind_of = [&](const Identity& identity) -> std::optional<ConnectionErrc> {
        TlsServer server{identity, "", "HTTP/1.1 200 x\r\nContent-Length: 0\r\n\r\n"};
        HttpPost request;
        request.url = "https://127.0.0.1:" + std::to_string(server.port()) + "/token";
        request.ca_file = (folder.path / "ca.pem").string();
        request.patience = 5s;
        try {
            run(io_, http_post(loop_, std::move(request)));
        } catch (const ConnectionError& error) {
            EXPECT_EQ(server.lines(), 0);
            return error.kind();
        }
        return std::nullopt;
    };
    EXPECT_EQ(kind_of(make_identity(authority, "IP:127.0.0.1")), std::nullopt);
    EXPECT_EQ(kind_of(make_identity(authority, "DNS:other.example")), ConnectionErrc::untrusted);
    const Identity other = make_authority("Somebody else's authority");
    EXPECT_EQ(kind_of(make_identity(other, "IP:127.0.0.1")), ConnectionErrc::untrusted);
}

}  // namespace
}  // namespace bellhop::daemon
