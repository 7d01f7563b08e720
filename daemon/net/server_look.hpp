// Looks at a mail server without signing in: what it says first, and the certificate that it shows.
// For `doctor`, which has to tell why a connection does not come about.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/net/connection_settings.hpp"
#include "daemon/net/curl_loop.hpp"

namespace bellhop::daemon {

/// What a connection in clear text hears, before it has said a word.
struct FirstHeard {
    std::string line = {};   ///< the first, or what there was of it; empty: nothing
    bool is_closed = false;  ///< the server hung up
};

/// Connects to host and port of `settings`, and listens for `patience`. Throws ConnectionError
/// where there is no connection, and operation_aborted when it is cancelled.
boost::asio::awaitable<FirstHeard> listen_first(CurlLoop& loop,
                                                ConnectionSettings settings,
                                                std::chrono::milliseconds patience);

enum class ChainFault { none, self_signed, unknown_issuer, expired, not_yet_valid, other };

struct ShownCertificate {
    std::vector<std::string> names = {};  ///< of hosts and addresses that it is for
    std::string issuer = {};
    std::optional<std::chrono::sys_seconds> valid_until = {};
    ChainFault fault = ChainFault::none;  ///< the name aside
};

struct TlsLook {
    std::optional<ShownCertificate> certificate = {};  ///< nothing: no handshake came about
    bool is_timed_out = false;
};

/// Takes up a TLS handshake with the server, trusts nothing of it, and says nothing over that
/// connection but what STARTTLS needs. Throws ConnectionError unresolved where the host is none,
/// and operation_aborted.
boost::asio::awaitable<TlsLook> look_at_certificate(CurlLoop& loop,
                                                    MailProtocol protocol,
                                                    ConnectionSettings settings);

}  // namespace bellhop::daemon
