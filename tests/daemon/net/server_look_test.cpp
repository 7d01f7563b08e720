#include "daemon/net/server_look.hpp"

#include <gtest/gtest.h>

#include "daemon/net/connection_error.hpp"
#include "tests/daemon/config_folder.hpp"
#include "tests/daemon/loop_runner.hpp"
#include "tests/daemon/scripted_server.hpp"
#include "tests/daemon/tls_server.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

class Look {
public:
    Look() : loop_(io_.get_executor()) {
        settings.host = "127.0.0.1";
        settings.timeouts.connect = 3s;
    }

    FirstHeard listen(std::uint16_t port, std::chrono::milliseconds patience = 300ms) {
        settings.port = port;
        return run(io_, listen_first(loop_, settings, patience));
    }
    TlsLook look(std::uint16_t port, MailProtocol protocol = MailProtocol::imap) {
        settings.port = port;
        return run(io_, look_at_certificate(loop_, protocol, settings));
    }
    boost::asio::io_context& io() { return io_; }

    ConnectionSettings settings = {};

private:
    boost::asio::io_context io_{1};
    CurlLoop loop_;
};

FirstHeard heard(const std::string& transcript) {
    Look look;
    ScriptedServer server{look.io(), {transcript}};
    FirstHeard first = look.listen(server.port());
    server.stop();
    look.io().poll();
    return first;
}

TEST(ServerLook, HearsWhatAServerSaysFirst) {
    EXPECT_EQ(heard("S: * OK ready\nS: more\n").line, "* OK ready");
    EXPECT_EQ(heard("S. * OK half\n").line, "* OK half");
    EXPECT_EQ(heard("S: 220 \x1b[31mmx\n").line, "220 ?[31mmx");
}

TEST(ServerLook, TellsSilenceFromHangingUp) {
    const FirstHeard silence = heard("C: nothing\n");
    EXPECT_EQ(silence.line, "");
    EXPECT_FALSE(silence.is_closed);
    EXPECT_TRUE(heard("--\n").is_closed);
}

TEST(ServerLook, ReadsNoMoreThanALine) {
    EXPECT_LE(heard("S* 1 " + std::string(5000, 'x') + "\n").line.size(), 1024U + 3);
}

TEST(ServerLook, SaysWhyThereIsNoConnection) {
    Look look;
    ScriptedServer server{look.io(), {}};
    const std::uint16_t port = server.port();
    server.stop();
    look.io().poll();
    try {
        look.listen(port);
        FAIL() << "nobody listens";
    } catch (const ConnectionError& error) {
        EXPECT_EQ(error.kind(), ConnectionErrc::unreachable);
    }
    look.settings.host = "host.invalid";
    try {
        look.listen(port);
        FAIL() << "no such host";
    } catch (const ConnectionError& error) {
        EXPECT_EQ(error.kind(), ConnectionErrc::unresolved);
    }
}

TEST(ServerLook, ReadsTheCertificateOfATlsServer) {
    const ConfigFolder folder;
    const Identity authority = make_authority("The test's authority");
    write_certificate(authority, folder.path() / "ca.pem");
    const Identity identity = make_identity(authority, "DNS:mail.school.test,IP:127.0.0.1", 48h);
    TlsServer server{identity, "* OK [CAPABILITY IMAP4rev1] ready\r\n", "$1 OK done\r\n"};
    Look look;
    look.settings.ca_file = (folder.path() / "ca.pem").string();
    const TlsLook seen = look.look(server.port());
    ASSERT_TRUE(seen.certificate.has_value());
    EXPECT_EQ(seen.certificate->names, (std::vector<std::string>{"mail.school.test", "127.0.0.1"}));
    EXPECT_NE(seen.certificate->issuer.find("The test's authority"), std::string::npos);
    EXPECT_EQ(seen.certificate->fault, ChainFault::none);
    const auto left = *seen.certificate->valid_until -
                      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    EXPECT_GT(left, 47h);
    EXPECT_LE(left, 48h);
}

ChainFault fault_of(const Identity& identity) {
    TlsServer server{identity, "* OK [CAPABILITY IMAP4rev1] ready\r\n", "$1 OK done\r\n"};
    Look look;
    const TlsLook seen = look.look(server.port());
    return seen.certificate ? seen.certificate->fault : ChainFault::other;
}

TEST(ServerLook, NamesWhatIsWrongWithTheChain) {
    const Identity authority = make_authority("An authority that nobody knows");
    EXPECT_EQ(fault_of(make_identity(authority, "DNS:localhost")), ChainFault::unknown_issuer);
    EXPECT_EQ(fault_of(authority), ChainFault::self_signed);
}

TEST(ServerLook, AnExpiredCertificateIsNamed) {
    const ConfigFolder folder;
    const Identity authority = make_authority("The test's authority");
    write_certificate(authority, folder.path() / "ca.pem");
    const Identity identity = make_identity(authority, "IP:127.0.0.1", -60s);
    TlsServer server{identity, "* OK ready\r\n", "$1 OK done\r\n"};
    Look look;
    look.settings.ca_file = (folder.path() / "ca.pem").string();
    const TlsLook seen = look.look(server.port());
    ASSERT_TRUE(seen.certificate.has_value());
    EXPECT_EQ(seen.certificate->fault, ChainFault::expired);
}

TEST(ServerLook, WhereThereIsNoTlsThereIsNoCertificate) {
    Look look;
    ScriptedServer server{look.io(), {"S: * OK ready\n"}};
    const TlsLook seen = look.look(server.port());
    EXPECT_FALSE(seen.certificate.has_value());
    EXPECT_FALSE(seen.is_timed_out);
    server.stop();
    look.io().poll();
}

}  // namespace
}  // namespace bellhop::daemon
