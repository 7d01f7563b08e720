// Logs in to an IMAP or SMTP server with an access token, over a connection that libcurl has opened
// and protected.
#pragma once

#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "daemon/net/connection_settings.hpp"
#include "daemon/net/net_stream.hpp"
#include "parsers/protocol/sasl_bearer.hpp"

namespace bellhop::daemon {

/// One login. Lives as long as its run().
class BearerLogin {
public:
    /// `stream` is open, and its opening() says what the server offers; it outlives this object.
    BearerLogin(NetStream& stream, MailProtocol protocol, ConnectionSettings settings);

    /// Throws ConnectionError: login_refused, or refused where the server asks for patience; bye;
    /// not_protocol; lost, timed_out.
    boost::asio::awaitable<void> run(std::string token);

    /// What the server said of it, line by line, without its challenges.
    const std::string& heard() const { return heard_; }

private:
    parsers::BearerMechanism choose(const parsers::LoginOffer& offer) const;
    std::string command(std::string beginning, bool with_response);
    std::string answer_to(std::string_view challenge);
    boost::asio::awaitable<void> converse_imap(bool with_response);
    boost::asio::awaitable<void> converse_smtp(bool with_response);
    boost::asio::awaitable<void> say(std::string line);
    boost::asio::awaitable<std::string> line();
    [[noreturn]] void refuse(const std::string& last_line) const;

    NetStream& stream_;
    MailProtocol protocol_;
    ConnectionSettings settings_;
    parsers::BearerMechanism mechanism_ = parsers::BearerMechanism::oauthbearer;
    std::string response_ = {};  // the initial one, until it was sent
    Deadline deadline_ = {};
    std::string_view unread_ = {};  // of the stream's buffer
    std::string heard_ = {};
    std::string reason_ = {};  // that the server's challenge gives for its refusal
    std::size_t read_ = 0;     // bytes
};

/// Opens the connection and logs in, as the settings say: with a password as NetStream does it, or
/// with a token. A token that the server refuses is exchanged for a fresh one, once. What the
/// server said is stream.opening(), also where it has failed. Throws as NetStream::open() and
/// BearerLogin::run() do, and what the source of tokens throws. Precondition: `stream` is not open,
/// and outlives this.
boost::asio::awaitable<void> open_connection(NetStream& stream,
                                             MailProtocol protocol,
                                             ConnectionSettings settings,
                                             std::string helo_name);

}  // namespace bellhop::daemon
