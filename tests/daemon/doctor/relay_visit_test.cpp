#include "daemon/doctor/relay_visit.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/loop_runner.hpp"
#include "tests/daemon/scripted_server.hpp"

namespace bellhop::daemon {
namespace {

using rules::EnvelopeTried;
using Way = EnvelopeTried::Way;

const std::string hello =
    "S: 220 relay ready\n"
    "C: EHLO desk.test\n"
    "S: 250 relay\n";

struct Asked {
    std::vector<EnvelopeTried> tried = {};
    std::vector<std::string> complaints = {};
};

Asked asked(const std::string& transcript,
            std::vector<std::string> addresses = {"it@school.test"}) {
    boost::asio::io_context io{1};
    ScriptedServer server{io, {transcript}};
    CurlLoop loop{io.get_executor()};
    RelayQuestion question;
    question.connection.host = "127.0.0.1";
    question.connection.port = server.port();
    question.connection.security = Security::none;
    question.connection.authentication = Authentication::none;
    question.helo_name = "desk.test";
    question.addresses = std::move(addresses);
    Asked result{run(io, ask_relay(loop, std::move(question))), {}};
    result.complaints = server.complaints();
    server.stop();
    io.poll();
    return result;
}

TEST(RelayVisit, TriesEnvelopesAndSendsNothing) {
    const Asked result = asked(hello +
                                   "C: MAIL FROM:<it@school.test>\n"
                                   "S: 250 2.1.0 Ok\n"
                                   "C: RCPT TO:<it@school.test>\n"
                                   "S: 250 2.1.5 Ok\n"
                                   "C: RSET\n"
                                   "S: 250 Ok\n"
                                   "C: MAIL FROM:<office@school.test>\n"
                                   "S: 553 5.7.1 not yours\n"
                                   "C: RSET\n"
                                   "S: 250 Ok\n"
                                   "C: MAIL FROM:<>\n"
                                   "S: 250 2.1.0 Ok\n"
                                   "C: RCPT TO:<it@school.test>\n"
                                   "S: 550-5.7.60 no\n"
                                   "S: 550 5.7.60 null sender\n"
                                   "C: RSET\n"
                                   "S: 250 Ok\n"
                                   "C: MAIL FROM:<it@school.test>\n"
                                   "S: 250 2.1.0 Ok\n"
                                   "C: RCPT TO:<postmaster@example.com>\n"
                                   "S: 554 5.7.1 Relay access denied\n"
                                   "C: QUIT\n"
                                   "S: 221 bye\n",
                               {"it@school.test", "office@school.test"});
    EXPECT_EQ(result.complaints, std::vector<std::string>{});
    ASSERT_EQ(result.tried.size(), 4U);
    EXPECT_EQ(result.tried[0].answer,
              (rules::RelayAnswer{rules::SmtpStage::recipient, 250, "250 2.1.5 Ok"}));
    EXPECT_EQ(result.tried[1].answer,
              (rules::RelayAnswer{rules::SmtpStage::sender, 553, "553 5.7.1 not yours"}));
    EXPECT_EQ(result.tried[1].address, "office@school.test");
    EXPECT_EQ(result.tried[2].way, Way::null);
    EXPECT_EQ(result.tried[2].answer.code, 550);
    EXPECT_EQ(result.tried[3].way, Way::outside);
    EXPECT_EQ(result.tried[3].address, "it@school.test");
}

TEST(RelayVisit, ALostConnectionIsTheLastThatIsTold) {
    const Asked result = asked(hello +
                               "C: MAIL FROM:<it@school.test>\n"
                               "S: 250 2.1.0 Ok\n"
                               "C: RCPT TO:<it@school.test>\n"
                               "S: 250 2.1.5 Ok\n"
                               "C: RSET\n"
                               "--\n");
    ASSERT_EQ(result.tried.size(), 2U);
    EXPECT_EQ(result.tried[0].answer.code, 250);
    EXPECT_EQ(result.tried[1].way, Way::null);
    EXPECT_EQ(result.tried[1].answer.code, 0);
}

TEST(RelayVisit, ARelayThatHangsUpAtOnceIsTold) {
    const Asked result = asked("S: 421 too busy\n--\n");
    ASSERT_EQ(result.tried.size(), 1U);
    EXPECT_EQ(result.tried[0].answer.code, 0);
}

}  // namespace
}  // namespace bellhop::daemon
