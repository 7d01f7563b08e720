// What libcurl's codes mean, and the options that every connection of ours has.
#pragma once

#include <string>

#include <curl/curl.h>

#include "daemon/net/connection_error.hpp"

namespace bellhop::daemon {

/// The kind of a failure to reach a server, as far as the code alone tells.
ConnectionErrc kind_of_failure(CURLcode code);

/// TLS 1.2 or later, certificates and host names verified. An empty `ca_file`: `ca_path` counts.
/// The texts are copied.
void verify_peer(CURL* handle, const std::string& ca_file, const std::string& ca_path);

}  // namespace bellhop::daemon
