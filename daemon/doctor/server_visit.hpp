// Tries a mail server as the gateway would use it, and looks closer where that fails.
#pragma once

#include <filesystem>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "daemon/desk/server_settings.hpp"
#include "daemon/net/curl_loop.hpp"
#include "rules/doctor/server_trial.hpp"

namespace bellhop::daemon {

/// How long `doctor` waits for each step of a server: a person sits before it.
Timeouts doctor_timeouts();

/// A server, and how it is called in what is found.
struct VisitedServer {
    std::string what = {};  ///< "mailbox support", "smtp"
    MailProtocol protocol = MailProtocol::imap;
    ServerSettings settings = {};
    std::string helo_name = {};
    std::filesystem::path folder = {};  ///< of the configuration
    /// Servers greet within so long, but for those that make clients wait on purpose.
    std::chrono::milliseconds first_second{1000};
};

/// What a connection needs, the secret resolved: as the service would, or, where the service
/// manager gives none, from the file that it takes the credential from. Throws std::runtime_error
/// where the secret cannot be read.
ConnectionSettings ready_connection(const ServerSettings& server,
                                    const std::filesystem::path& folder);

/// Where the secret is read from, for people: "the file /etc/bellhop/credentials/support".
std::string secret_in_words(const ServerSettings& server, const std::filesystem::path& folder);

/// Listens to the port in clear text, looks at the certificate, and signs in; says nothing more,
/// and sends no password where it has seen that this cannot be the server that is meant. Each step
/// has a deadline. `connection` is what ready_connection() gave.
boost::asio::awaitable<rules::ServerTrial> visit_server(CurlLoop& loop,
                                                        VisitedServer server,
                                                        ConnectionSettings connection);

}  // namespace bellhop::daemon
