// Asks a relay, for `doctor`, what it would take: envelopes that no mail follows.
#pragma once

#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/net/connection_settings.hpp"
#include "daemon/net/curl_loop.hpp"
#include "rules/doctor/relay_trial.hpp"

namespace bellhop::daemon {

struct RelayQuestion {
    ConnectionSettings connection = {};
    std::string helo_name = {};
    std::vector<std::string> addresses = {};  ///< of the mailboxes that mail goes out for
};

/// Each address as a sender, and once the other envelopes of rules::EnvelopeTried. A connection
/// that is lost, or does not come about, ends it: it stands in the last one.
boost::asio::awaitable<std::vector<rules::EnvelopeTried>> ask_relay(CurlLoop& loop,
                                                                    RelayQuestion question);

}  // namespace bellhop::daemon
