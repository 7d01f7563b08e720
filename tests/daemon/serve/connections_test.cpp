#include "daemon/serve/connections.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/daemon/fakes.hpp"
#include "tests/daemon/loop_runner.hpp"
#include "tests/daemon/scripted_server.hpp"

namespace bellhop::daemon {
namespace {

const std::string before_login =
    "S: 220 mx ready\n"
    "C: EHLO desk.example.org\n"
    "S: 250-mx\n"
    "S: 250-AUTH PLAIN LOGIN\n"
    "S: 250 HELP\n";
const std::string after_login =
    "S: 235 2.7.0 welcome\n"
    "C: MAIL FROM:<>\n"
    "S: 451 4.3.0 enough of a test\n";

/// A desk whose relay wants "desk" and the password in a file.
class ConnectionsTest : public testing::Test {
protected:
    ConnectionsTest() {
        SmtpSettings& smtp = desk.settings.smtp;
        smtp.server.host = "127.0.0.1";
        smtp.server.security = Security::none;
        smtp.server.user = "desk";
        smtp.server.secret.file = password;
        smtp.helo_name = "desk.example.org";
    }
    ~ConnectionsTest() override { io.poll(); }

    void write_password(const std::string& text,
                        std::filesystem::perms mode = std::filesystem::perms::owner_read |
                                                      std::filesystem::perms::owner_write) const {
        std::ofstream{password} << text;
        std::filesystem::permissions(password, mode);
    }

    /// What the relay answers to one mail over a transport made now.
    Delivery send(ScriptedServer& server) {
        desk.settings.smtp.server.port = server.port();
        const std::unique_ptr<MailTransport> transport = connections.transport(desk);
        Delivery told;
        DeliveryReport report = [&told](std::size_t, const Delivery& delivery) {
            told = delivery;
            return Proceed::yes;
        };
        std::vector<OutgoingMail> mails{{"", "ann@school.example", "Subject: x\r\n\r\nx\r\n"}};
        daemon::run(io, transport->send(std::move(mails), std::move(report)));
        server.stop();
        io.restart();
        io.poll();
        return told;
    }

    TemporaryFolder folder;
    std::filesystem::path password = folder.path / "password";
    Desk desk = test_desk(folder.path);
    boost::asio::io_context io{1};
    FakeClock clock;
    RealServers servers{io.get_executor(), clock, folder.path / "bellhop.db"};
    Connections connections = servers.connections();
};

TEST_F(ConnectionsTest, LogsInWithTheSecretAsItStandsInItsFileNow) {
    write_password("secret\n");
    ScriptedServer first{io, {before_login + "C: AUTH PLAIN AGRlc2sAc2VjcmV0\n" + after_login}};
    EXPECT_EQ(send(first).code, 451);
    EXPECT_EQ(first.complaints(), std::vector<std::string>{});
    // A token that somebody renews: each connection reads it anew.
    write_password("other\n");
    ScriptedServer second{io, {before_login + "C: AUTH PLAIN AGRlc2sAb3RoZXI=\n" + after_login}};
    EXPECT_EQ(send(second).code, 451);
    EXPECT_EQ(second.complaints(), std::vector<std::string>{});
}

TEST_F(ConnectionsTest, MakesNoTransportWithoutTheSecret) {
    EXPECT_THROW(connections.transport(desk), std::runtime_error) << "there is no file";
    write_password("");
    EXPECT_THROW(connections.transport(desk), std::runtime_error) << "it is empty";
    write_password("secret\n", std::filesystem::perms::all);
    try {
        connections.transport(desk);
        FAIL() << "others may read it";
    } catch (const std::runtime_error& error) {
        EXPECT_EQ(std::string{error.what()}.find("secret\n"), std::string::npos);
        EXPECT_NE(std::string{error.what()}.find("others may read it"), std::string::npos);
    }
}

TEST_F(ConnectionsTest, MakesNoMailboxWithoutTheSecret) {
    MailboxSettings mailbox = desk.settings.mailboxes.front();
    mailbox.server.user = "support";
    mailbox.server.secret.file = folder.path / "nowhere";
    EXPECT_THROW(connections.mailbox(desk, mailbox), std::runtime_error);
}

}  // namespace
}  // namespace bellhop::daemon
