// How bellhop.toml names a mail server, the account there, and where its secret is to be found.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "daemon/net/connection_settings.hpp"
#include "parsers/config/config_value.hpp"

namespace bellhop::daemon {

/// Where a secret is to be read from. It never stands in the file itself.
struct SecretSource {
    std::filesystem::path file =
        {};  ///< password_file; refused where others than its owner may read it
    std::string credential = {};   ///< password_credential: a name below $CREDENTIALS_DIRECTORY
    std::string environment = {};  ///< password_env: a variable
};

struct ServerSettings {
    std::string host = {};
    std::uint16_t port = 0;
    Security security = Security::tls;
    Authentication authentication = Authentication::password;
    std::string user = {};
    SecretSource secret = {};
    std::filesystem::path ca_file = {};  ///< instead of the system's; for a private CA
};

/// Reads the keys that say how to reach a server. Complaints go to the table's list. Relative paths
/// are relative to `folder`. The port's default follows from protocol and security (RFC 8314
/// section 7.3): 993, 143; 465, 587, 25.
ServerSettings read_server(parsers::ConfigTable& table,
                           MailProtocol protocol,
                           const std::filesystem::path& folder);

/// The text of `key`, which must be one line without control characters; empty where it is missing.
std::string line_of(parsers::ConfigTable& table, std::string_view key);

/// The secret's text without a trailing line end. Throws std::runtime_error naming the source
/// (never the secret) where it cannot be read, is empty or no single line, or its file may be read
/// by others.
std::string read_secret(const SecretSource& source);

/// What a connection needs, with the secret resolved. Throws as read_secret does.
ConnectionSettings connection_settings(const ServerSettings& server);

}  // namespace bellhop::daemon
