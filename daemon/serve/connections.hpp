// The real servers behind the seams, and what gets access tokens for them.
#pragma once

#include <filesystem>

#include <boost/asio/any_io_executor.hpp>

#include "daemon/net/curl_loop.hpp"
#include "daemon/oauth/token_client.hpp"
#include "daemon/oauth/token_keeper.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/serve/gateway.hpp"

namespace bellhop::daemon {

class RealServers {
public:
    /// `database`: refresh tokens lie beside it. `clock` outlives this object.
    RealServers(boost::asio::any_io_executor executor,
                const Clock& clock,
                const std::filesystem::path& database);

    /// IMAP mailboxes and an SMTP server, as the desk's settings say. This object outlives all that
    /// the functions make. They throw std::runtime_error where a password cannot be read.
    Connections connections();

private:
    void give_tokens(ConnectionSettings& connection,
                     const Settings& settings,
                     const ServerSettings& server);

    CurlLoop loop_;
    TokenClient client_;
    TokenKeeper tokens_;
};

}  // namespace bellhop::daemon
