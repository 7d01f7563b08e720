#include "daemon/net/bearer_login.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/net/connection_error.hpp"
#include "parsers/encoding/base64.hpp"
#include "tests/daemon/fake_tokens.hpp"
#include "tests/daemon/loop_runner.hpp"
#include "tests/daemon/scripted_server.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

std::string xoauth2(const std::string& token) {
    return parsers::encode_base64(
        "user=it@school.example\x01"
        "auth=Bearer " +
        token + "\x01\x01");
}

std::string imap_hello(const std::string& capabilities) {
    return "S: * OK ready\nC: $a CAPABILITY\nS: * CAPABILITY IMAP4rev1 " + capabilities +
           "\nS: $a OK done\n";
}

const std::string smtp_hello =
    "S: 220 mx ready\nC: EHLO desk.example\nS: 250-mx\nS: 250 AUTH LOGIN XOAUTH2\n";

const std::string gmails_reason = "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0=";

/// A server that keeps to transcripts, and what a login with tokens ends in.
class BearerLoginTest : public testing::Test {
protected:
    void serve(MailProtocol protocol, std::vector<std::string> transcripts) {
        protocol_ = protocol;
        if (server_) {
            stream_.close();
            server_->stop();
            io_.restart();
            io_.poll();
        }
        server_ = std::make_unique<ScriptedServer>(io_, std::move(transcripts));
        settings_.host = "127.0.0.1";
        settings_.port = server_->port();
        settings_.security = Security::none;
        settings_.user = "it@school.example";
        settings_.authentication = Authentication::token;
        settings_.tokens = &tokens_;
        settings_.timeouts.login = 5s;
    }
    ~BearerLoginTest() override {
        stream_.close();
        if (server_) server_->stop();
        io_.poll();
    }

    /// nullopt: it is open.
    std::optional<ConnectionErrc> open() {
        try {
            run(io_, open_connection(stream_, protocol_, settings_, "desk.example"));
        } catch (const ConnectionError& error) {
            words_ = error.detail();
            wait_ = error.retry_after();
            return error.kind();
        }
        return std::nullopt;
    }
    std::optional<ConnectionErrc> open_imap(const std::string& capabilities,
                                            const std::string& transcript) {
        serve(MailProtocol::imap, {imap_hello(capabilities) + transcript});
        return open();
    }
    std::vector<std::string> complaints() const { return server_->complaints(); }

    boost::asio::io_context io_{1};
    CurlLoop loop_{io_.get_executor()};
    NetStream stream_{loop_};
    FakeTokens tokens_;
    ConnectionSettings settings_ = {};
    MailProtocol protocol_ = MailProtocol::imap;
    std::unique_ptr<ScriptedServer> server_;
    std::string words_;
    std::optional<std::chrono::seconds> wait_;
};

TEST_F(BearerLoginTest, SendsTheTokenWithTheCommandWhereThatIsOffered) {
    EXPECT_EQ(open_imap("AUTH=PLAIN AUTH=XOAUTH2 SASL-IR",
                        "C: L1 AUTHENTICATE XOAUTH2 " + xoauth2("token1") + "\nS: L1 OK welcome\n"),
              std::nullopt)
        << words_;
    EXPECT_THAT(complaints(), testing::IsEmpty());
    EXPECT_THAT(stream_.opening(), HasSubstr("L1 OK welcome"));
    EXPECT_EQ(stream_.opening().find(xoauth2("token1")), std::string::npos);
}

TEST_F(BearerLoginTest, WaitsToBeAskedForTheTokenElsewhere) {
    EXPECT_EQ(
        open_imap("AUTH=XOAUTH2", "C: L1 AUTHENTICATE XOAUTH2\nS: + \nC: " + xoauth2("token1") +
                                      "\nS: * CAPABILITY IMAP4rev1\nS: L1 OK welcome\n"),
        std::nullopt)
        << words_;
    EXPECT_THAT(complaints(), testing::IsEmpty());
}

TEST_F(BearerLoginTest, PrefersTheStandard) {
    open_imap("AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR", "C: which one?\n");
    EXPECT_THAT(complaints(), testing::ElementsAre(HasSubstr("got: L1 AUTHENTICATE OAUTHBEARER ")));
}

TEST_F(BearerLoginTest, TakesTheMechanismThatIsAskedFor) {
    serve(MailProtocol::imap,
          {imap_hello("AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR") + "C: L1 AUTHENTICATE XOAUTH2 " +
           xoauth2("token1") + "\nS: L1 OK welcome\n"});
    settings_.authentication = Authentication::xoauth2;
    EXPECT_EQ(open(), std::nullopt) << words_;
    EXPECT_THAT(complaints(), testing::IsEmpty());
}

TEST_F(BearerLoginTest, NamesWhatIsOfferedWhereNoTokenIsTaken) {
    // A second look, with a fresh token: servers change their minds.
    for (const auto& [offered, named] :
         {std::pair{"AUTH=PLAIN AUTH=NTLM", "PLAIN, NTLM"}, {"IDLE", "no login at all"}}) {
        serve(MailProtocol::imap, {imap_hello(offered), imap_hello(offered)});
        EXPECT_EQ(open(), ConnectionErrc::login_refused);
        EXPECT_EQ(words_,
                  "the server offers no login with a token; it offers " + std::string{named});
    }
}

/// RFC 7628 section 3.2.3.
TEST_F(BearerLoginTest, HearsTheReasonOfARefusal) {
    tokens_.gives_another = false;
    EXPECT_EQ(
        open_imap("AUTH=XOAUTH2 SASL-IR",
                  "C: L1 AUTHENTICATE XOAUTH2 " + xoauth2("token1") + "\nS: + " + gmails_reason +
                      "\nC: \nS: L1 NO [AUTHENTICATIONFAILED] Invalid credentials\n"),
        ConnectionErrc::login_refused);
    EXPECT_EQ(words_,
              "L1 NO [AUTHENTICATIONFAILED] Invalid credentials (status 400, schemes Bearer)");
    EXPECT_THAT(complaints(), testing::IsEmpty());
    EXPECT_EQ(open_imap("AUTH=OAUTHBEARER SASL-IR", "C: L1 AUTHENTICATE OAUTHBEARER $r\nS: + " +
                                                        gmails_reason + "\nC: AQ==\nS: L1 NO no\n"),
              ConnectionErrc::login_refused);
    EXPECT_EQ(words_, "L1 NO no (status 400, schemes Bearer)");
    EXPECT_THAT(complaints(), testing::IsEmpty());
}

TEST_F(BearerLoginTest, TriesAFreshTokenOnceWhereOneIsRefused) {
    const std::string first = imap_hello("AUTH=XOAUTH2 SASL-IR") + "C: L1 AUTHENTICATE XOAUTH2 " +
                              xoauth2("token1") + "\nS: L1 NO AUTHENTICATE failed.\n";
    const auto second = [](const std::string& answer) {
        return imap_hello("AUTH=XOAUTH2 SASL-IR") + "C: L1 AUTHENTICATE XOAUTH2 " +
               xoauth2("token2") + "\nS: L1 " + answer + "\n";
    };
    serve(MailProtocol::imap, {first, second("OK welcome")});
    EXPECT_EQ(open(), std::nullopt) << words_;
    EXPECT_EQ(tokens_.refusals, std::vector<std::string>{"token1"});
    EXPECT_THAT(complaints(), testing::IsEmpty());

    stream_.close();
    server_->stop();
    tokens_.number = 1;
    serve(MailProtocol::imap, {first, second("NO AUTHENTICATE failed.")});
    EXPECT_EQ(open(), ConnectionErrc::login_refused);
    EXPECT_EQ(server_->connections(), 2U);
}

TEST_F(BearerLoginTest, TriesNoTokenTwice) {
    tokens_.gives_another = false;
    EXPECT_EQ(open_imap("AUTH=XOAUTH2 SASL-IR", "C: L1 AUTHENTICATE XOAUTH2 " + xoauth2("token1") +
                                                    "\nS: L1 NO AUTHENTICATE failed.\n"),
              ConnectionErrc::login_refused);
    EXPECT_EQ(server_->connections(), 1U);
}

TEST_F(BearerLoginTest, GoesNowhereWithoutAToken) {
    serve(MailProtocol::imap, {});
    tokens_.failure = ConnectionError(ConnectionErrc::no_token, "invalid_client", 60s);
    EXPECT_EQ(open(), ConnectionErrc::no_token);
    EXPECT_EQ(wait_, 60s);
    EXPECT_EQ(server_->connections(), 0U);
}

TEST_F(BearerLoginTest, TellsABusyServerFromARefusal) {
    EXPECT_EQ(open_imap("AUTH=XOAUTH2 SASL-IR",
                        "C: L1 AUTHENTICATE XOAUTH2 " + xoauth2("token1") +
                            "\nS: L1 NO Request is throttled. Suggested Backoff Time: 9000 "
                            "milliseconds\n"),
              ConnectionErrc::refused);
    EXPECT_EQ(wait_, 9s);
    EXPECT_THAT(tokens_.refusals, testing::IsEmpty());
    EXPECT_EQ(open_imap("AUTH=XOAUTH2 SASL-IR", "C: L1 AUTHENTICATE XOAUTH2 " + xoauth2("token1") +
                                                    "\nS: * BYE Server Unavailable. 15\n"),
              ConnectionErrc::bye);
}

TEST_F(BearerLoginTest, EndsAConversationThatDoesNotEnd) {
    const std::string begin =
        "C: L1 AUTHENTICATE XOAUTH2 " + xoauth2("token1") + "\nS: + e30=\nC: \n";
    EXPECT_EQ(open_imap("AUTH=XOAUTH2 SASL-IR", begin + "S: + e30=\n"),
              ConnectionErrc::not_protocol);
    EXPECT_EQ(open_imap("AUTH=XOAUTH2 SASL-IR", begin + "S* 9000 * OK still here\n"),
              ConnectionErrc::not_protocol);
    EXPECT_EQ(open_imap("AUTH=XOAUTH2 SASL-IR", begin + "S. " + std::string(70'000, 'x') + "\n"),
              ConnectionErrc::not_protocol);
    EXPECT_EQ(open_imap("AUTH=XOAUTH2 SASL-IR", begin + "--\n"), ConnectionErrc::lost);
}

TEST_F(BearerLoginTest, DoesNotWaitForever) {
    serve(MailProtocol::imap, {imap_hello("AUTH=XOAUTH2 SASL-IR") + "C: L1 AUTHENTICATE XOAUTH2 " +
                               xoauth2("token1") + "\n"});
    settings_.timeouts.login = 200ms;
    EXPECT_EQ(open(), ConnectionErrc::timed_out);
}

TEST_F(BearerLoginTest, LogsInNowhereTwice) {
    serve(MailProtocol::imap,
          {"S: * PREAUTH ready\nC: $a CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: $a OK done\n"});
    EXPECT_EQ(open(), std::nullopt) << words_;
    EXPECT_THAT(complaints(), testing::IsEmpty());
}

TEST_F(BearerLoginTest, LogsInToAnSmtpServer) {
    serve(MailProtocol::smtp,
          {smtp_hello + "C: AUTH XOAUTH2 " + xoauth2("token1") + "\nS: 235 2.7.0 Accepted\n"});
    EXPECT_EQ(open(), std::nullopt) << words_;
    EXPECT_THAT(complaints(), testing::IsEmpty());
    EXPECT_THAT(stream_.opening(), HasSubstr("235 2.7.0"));
}

/// RFC 4954 section 4: a real token makes the command longer than commands may be.
TEST_F(BearerLoginTest, SendsALongTokenOnALineOfItsOwn) {
    const std::string token(1'800, 't');
    serve(MailProtocol::smtp, {smtp_hello + "C: AUTH XOAUTH2\nS: 334 \nC: " + xoauth2(token) +
                               "\nS: 235 2.7.0 Accepted\n"});
    settings_.tokens = nullptr;
    settings_.password = token;
    EXPECT_EQ(open(), std::nullopt) << words_;
    EXPECT_THAT(complaints(), testing::IsEmpty());
}

TEST_F(BearerLoginTest, HearsWhyAnSmtpServerRefuses) {
    tokens_.gives_another = false;
    serve(MailProtocol::smtp,
          {smtp_hello + "C: AUTH XOAUTH2 " + xoauth2("token1") + "\nS: 334 " + gmails_reason +
           "\nC: \nS: 535-5.7.8 Username and Password not accepted.\nS: 535 5.7.8 see there\n"});
    EXPECT_EQ(open(), ConnectionErrc::login_refused);
    EXPECT_EQ(words_, "535 5.7.8 see there (status 400, schemes Bearer)");
    EXPECT_THAT(stream_.opening(), HasSubstr("535-5.7.8 Username"));
    EXPECT_THAT(complaints(), testing::IsEmpty());
}

TEST_F(BearerLoginTest, TellsABusySmtpServerFromARefusal) {
    serve(MailProtocol::smtp, {smtp_hello + "C: AUTH XOAUTH2 " + xoauth2("token1") +
                               "\nS: 454 4.7.0 Temporary authentication failure\n"});
    EXPECT_EQ(open(), ConnectionErrc::refused);
    EXPECT_THAT(tokens_.refusals, testing::IsEmpty());
}

TEST_F(BearerLoginTest, BelievesNoReplyTooMany) {
    serve(MailProtocol::smtp,
          {smtp_hello + "C: AUTH XOAUTH2 " + xoauth2("token1") + "\nS* 2 235 2.7.0 Accepted\n"});
    EXPECT_EQ(open(), ConnectionErrc::not_protocol);
}

TEST_F(BearerLoginTest, KnowsWhenItsTokenIsNoLongerTheNewest) {
    EXPECT_EQ(open_imap("AUTH=XOAUTH2 SASL-IR",
                        "C: L1 AUTHENTICATE XOAUTH2 " + xoauth2("token1") + "\nS: L1 OK welcome\n"),
              std::nullopt);
    EXPECT_FALSE(stream_.is_outdated());
    tokens_.newest = 2;
    EXPECT_TRUE(stream_.is_outdated());
    stream_.close();
    EXPECT_FALSE(stream_.is_outdated());
}

}  // namespace
}  // namespace bellhop::daemon
