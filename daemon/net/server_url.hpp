// The URL that tells libcurl where to connect.
#pragma once

#include <string>

#include "daemon/net/connection_settings.hpp"

namespace bellhop::daemon {

/// Built by curl, so that nothing in a host name can be taken for something else. `helo_name` is
/// for SMTP; empty: the machine's own. Throws ConnectionError unresolved where it is no host name.
std::string server_url(MailProtocol protocol,
                       const ConnectionSettings& settings,
                       const std::string& helo_name);

}  // namespace bellhop::daemon
