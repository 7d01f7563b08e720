// How bellhop.toml names a mail server, the account there, and where its secret is to be found.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "daemon/desk/oauth_settings.hpp"
#include "daemon/desk/secret_source.hpp"
#include "daemon/net/connection_settings.hpp"
#include "parsers/config/config_value.hpp"

namespace bellhop::daemon {

struct ServerSettings {
    std::string host = {};
    std::uint16_t port = 0;
    Security security = Security::tls;
    Authentication authentication = Authentication::password;
    std::string user = {};
    SecretSource secret = {};  ///< the password, or an access token that others keep fresh
    std::string oauth = {};    ///< the section [oauth.NAME] that gives access tokens instead
    SecretSource client_certificate = {};  ///< PEM with its key, for a server that wants one
    std::filesystem::path ca_file = {};    ///< instead of the system's; for a private CA
};

/// Reads the keys that say how to reach a server. Complaints go to the table's list. Relative paths
/// are relative to `folder`. The port's default follows from protocol and security (RFC 8314
/// section 7.3): 993, 143; 465, 587, 25. `applications`: what oauth = "NAME" may name.
ServerSettings read_server(parsers::ConfigTable& table,
                           MailProtocol protocol,
                           const std::filesystem::path& folder,
                           const std::vector<OauthSettings>& applications = {});

/// What a connection needs, with password and certificate resolved. Throws as read_secret does.
/// Where `oauth` is set the source of its tokens is for the caller to put in.
ConnectionSettings connection_settings(const ServerSettings& server);

}  // namespace bellhop::daemon
