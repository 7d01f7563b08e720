#include "daemon/net/net_stream.hpp"

#include <csignal>

#include <gtest/gtest.h>

#include "daemon/net/connection_error.hpp"
#include "tests/daemon/fakes.hpp"
#include "tests/daemon/loop_runner.hpp"
#include "tests/daemon/scripted_server.hpp"
#include "tests/daemon/tls_server.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

struct Protocol {
    MailProtocol protocol;
    const char* greeting;
    const char* answer;
};

const Protocol imap{MailProtocol::imap, "* PREAUTH ready\r\n", "$1 OK done\r\n"};
const Protocol smtp{MailProtocol::smtp, "220 ready\r\n", "250 done\r\n"};

class NetStreamTls : public testing::TestWithParam<Protocol> {
protected:
    NetStreamTls() {
        std::signal(SIGPIPE, SIG_IGN);  // of the server's thread
        write_certificate(authority, folder.path / "ca.pem");
    }

    /// What opening a connection to this server ends in; nullopt: it is open. `said`: what the
    /// server was told after the handshake.
    std::optional<ConnectionErrc> opening(const Identity& identity,
                                          const std::string& host = "127.0.0.1") {
        TlsServer server{identity, GetParam().greeting, GetParam().answer, clients};
        ConnectionSettings settings;
        settings.client_certificate = client_certificate;
        settings.host = host;
        settings.port = server.port();
        settings.security = Security::tls;
        settings.authentication = Authentication::none;
        settings.ca_file = folder.path / "ca.pem";
        settings.timeouts.connect = 10s;
        boost::asio::io_context io{1};
        CurlLoop loop{io.get_executor()};
        std::optional<ConnectionErrc> failure;
        {
            NetStream stream{loop};
            try {
                run(io, stream.open(GetParam().protocol, settings, "desk.example"));
            } catch (const ConnectionError& error) {
                failure = error.kind();
                detail = error.detail();
            }
        }
        lines = server.lines();
        return failure;
    }

    TemporaryFolder folder;
    Identity authority = make_authority("The school's own authority");
    const Identity* clients = nullptr;  // who must vouch for us
    std::string client_certificate;
    std::string detail;
    int lines = 0;
};

INSTANTIATE_TEST_SUITE_P(Each, NetStreamTls, testing::Values(imap, smtp), [](const auto& each) {
    return each.param.protocol == MailProtocol::imap ? "Imap" : "Smtp";
});

TEST_P(NetStreamTls, TrustsAServerForWhoseNameTheAuthorityVouches) {
    EXPECT_EQ(opening(make_identity(authority, "IP:127.0.0.1")), std::nullopt) << detail;
    EXPECT_GT(lines, 0);
    EXPECT_EQ(opening(make_identity(authority, "DNS:localhost"), "localhost"), std::nullopt)
        << detail;
}

TEST_P(NetStreamTls, TrustsNoServerWithTheCertificateOfAnotherHost) {
    for (const char* names : {"DNS:mail.elsewhere.example", "IP:127.0.0.2", "DNS:localhost"}) {
        EXPECT_EQ(opening(make_identity(authority, names)), ConnectionErrc::untrusted) << names;
        EXPECT_EQ(lines, 0) << names;
    }
}

TEST_P(NetStreamTls, TrustsNoServerForWhomSomebodyElseVouches) {
    const Identity other = make_authority("Somebody else's authority");
    EXPECT_EQ(opening(make_identity(other, "IP:127.0.0.1")), ConnectionErrc::untrusted) << detail;
    EXPECT_EQ(lines, 0);
    // OpenSSL says of a signature by another key, under the name that we trust, only that it fails.
    const Identity namesake = make_authority("The school's own authority");
    EXPECT_NE(opening(make_identity(namesake, "IP:127.0.0.1")), std::nullopt);
    EXPECT_EQ(lines, 0);
    const Identity alone = make_authority("127.0.0.1");
    EXPECT_EQ(opening(alone), ConnectionErrc::untrusted);
    EXPECT_EQ(lines, 0);
}

TEST_P(NetStreamTls, TrustsNoCertificateThatHasExpired) {
    EXPECT_EQ(opening(make_identity(authority, "IP:127.0.0.1", -60s)), ConnectionErrc::untrusted);
    EXPECT_EQ(lines, 0);
}

TEST_P(NetStreamTls, ShowsItsOwnCertificateWhereOneIsWanted) {
    const Identity server = make_identity(authority, "IP:127.0.0.1");
    clients = &authority;
    EXPECT_NE(opening(server), std::nullopt);
    EXPECT_NE(detail.find("certificate required"), std::string::npos) << detail;
    EXPECT_EQ(lines, 0);
    client_certificate = pem_of(make_identity(authority, "DNS:desk.example"));
    EXPECT_EQ(opening(server), std::nullopt) << detail;
    client_certificate = pem_of(make_identity(make_authority("Somebody else"), "DNS:desk.example"));
    EXPECT_NE(opening(server), std::nullopt);
    client_certificate = "no certificate";
    EXPECT_NE(opening(server), std::nullopt);
}

// ---- How long it may take

/// What opening a connection to a server that keeps to `transcript` ends in, and after how long.
struct Opening {
    std::optional<ConnectionErrc> failure = {};
    std::chrono::steady_clock::duration took = {};
};

Opening open_to(const std::string& transcript, Timeouts timeouts, std::size_t silent_from) {
    boost::asio::io_context io{1};
    ScriptedServer server{io, {transcript}, silent_from};
    server.set_fault(ScriptedServer::Fault::silence);
    CurlLoop loop{io.get_executor()};
    Opening result;
    {
        ConnectionSettings settings;
        settings.host = "127.0.0.1";
        settings.port = server.port();
        settings.security = Security::none;
        settings.authentication = Authentication::none;
        settings.timeouts = timeouts;
        NetStream stream{loop};
        const auto begun = std::chrono::steady_clock::now();
        try {
            run(io, stream.open(MailProtocol::imap, settings, {}));
        } catch (const ConnectionError& error) {
            result.failure = error.kind();
        }
        result.took = std::chrono::steady_clock::now() - begun;
        server.stop();
        io.poll();
    }
    return result;
}

/// A server that has been reached may let us wait before it lets us in; one that is not there is
/// known at once.
TEST(NetStream, WaitsLongerForALoginThanForAConnection) {
    Timeouts timeouts;
    timeouts.connect = 300ms;
    timeouts.login = 20s;
    const std::string slow = "S: * PREAUTH ready\nC: $a CAPABILITY\nS. * CAPABILITY IMAP4rev1 " +
                             std::string(900, 'X') + "\nS: \nS: $a OK done\n";
    const Opening opened = open_to(slow, timeouts, ScriptedServer::never);
    EXPECT_EQ(opened.failure, std::nullopt);
    EXPECT_GT(opened.took, timeouts.connect);

    const Opening silent = open_to(slow, timeouts, 0);
    EXPECT_EQ(silent.failure, ConnectionErrc::timed_out);
    EXPECT_LT(silent.took, 10s);

    timeouts.connect = 20s;
    timeouts.login = 300ms;
    const Opening endless = open_to(slow, timeouts, 2);
    EXPECT_EQ(endless.failure, ConnectionErrc::timed_out);
    EXPECT_LT(endless.took, 10s);
}

// ---- Nobody is answered who has not asked

/// What a server has said before we write is no answer to it.
TEST(NetStream, WritesNothingWhereTheServerHasSpokenMeanwhile) {
    const std::string greeting =
        "S: * PREAUTH ready\nC: $a CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: $a OK done\n";
    for (const bool speaks : {true, false}) {
        const std::string transcript =
            greeting + "C: hello\n" + (speaks ? "S: 250 early\n" : "C: dot\n");
        boost::asio::io_context io{1};
        ScriptedServer server{io, {transcript}};
        CurlLoop loop{io.get_executor()};
        {
            ConnectionSettings settings;
            settings.host = "127.0.0.1";
            settings.port = server.port();
            settings.security = Security::none;
            settings.authentication = Authentication::none;
            NetStream stream{loop};
            run(io, stream.open(MailProtocol::imap, settings, {}));
            run(io, stream.write("hello\r\n", 10s));
            const std::size_t all = ScriptedServer::line_count(transcript);
            while (speaks && server.played() < all) io.run_one_for(1s);
            const auto heard = run(io, stream.write_unless_spoken_to("dot\r\n", 10s));
            EXPECT_EQ(heard.has_value(), speaks);
            EXPECT_EQ(heard.value_or(std::string{}), speaks ? "250 early\r\n" : "");
            EXPECT_EQ(stream.written(), speaks ? 7U : 12U);
            while (server.played() < all) io.run_one_for(1s);
            server.stop();
            io.poll();
        }
        EXPECT_TRUE(server.complaints().empty());
    }
}

}  // namespace
}  // namespace bellhop::daemon
