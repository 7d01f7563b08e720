// The real servers behind the seams.
#pragma once

#include "daemon/net/curl_loop.hpp"
#include "daemon/serve/gateway.hpp"

namespace bellhop::daemon {

/// IMAP mailboxes and an SMTP server, as the desk's settings say. `loop` outlives all that the
/// functions make. They throw std::runtime_error where a secret cannot be read.
Connections real_connections(CurlLoop& loop);

}  // namespace bellhop::daemon
