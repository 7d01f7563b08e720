#include "daemon/desk/server_settings.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <system_error>

#include <arpa/inet.h>
#include <unistd.h>

#include "parsers/text/lists.hpp"

namespace bellhop::daemon {
namespace {

using parsers::ConfigTable;
using parsers::in_quotes;

constexpr std::size_t longest_host = 253;  // octets of a domain name

const SecretKeys password_keys{"password_file", "password_credential", "password_env", "password",
                               "imap.password"};
const SecretKeys certificate_keys{"client_certificate_file",
                                  "client_certificate_credential",
                                  {},
                                  "client_certificate",
                                  "client.pem"};

bool is_ip_literal(const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
           inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

bool is_host_name(const std::string& host) {
    return !host.empty() && host.size() <= longest_host && host.front() != '-' &&
           host.front() != '.' && std::all_of(host.begin(), host.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_';
           });
}

std::uint16_t default_port(MailProtocol protocol, Security security) {
    if (protocol == MailProtocol::imap) return security == Security::tls ? 993 : 143;
    if (security == Security::tls) return 465;
    return security == Security::starttls ? 587 : 25;
}

std::string read_host(ConfigTable& table, MailProtocol protocol) {
    const std::string example = protocol == MailProtocol::imap ? "host = \"imap.example.org\""
                                                               : "host = \"smtp.example.org\"";
    const std::string host = table.required_text("host", example);
    if (host.empty() || is_host_name(host) || is_ip_literal(host)) return host;
    const std::size_t colon = host.find(':');
    const std::string behind = colon == std::string::npos ? "" : host.substr(colon + 1);
    const bool is_port =
        !behind.empty() && behind.find_first_not_of("0123456789") == std::string::npos;
    if (is_port && is_host_name(host.substr(0, colon))) {
        table.complain("host", "not a host name: " + in_quotes(host),
                       {"write the port as a key of its own: port = " + behind});
    } else {
        table.complain("host", "not a host name: " + in_quotes(host), {"for example: " + example});
    }
    return host;
}

/// The token stands in the place of the password.
void check_oauth(ConfigTable& table,
                 const ServerSettings& server,
                 const std::vector<OauthSettings>& applications) {
    const std::vector<std::string> names = parsers::names_of(applications);
    if (!parsers::contains(names, server.oauth)) {
        table.complain("oauth", "no section [oauth." + server.oauth + "]",
                       {names.empty() ? "it says how to get an access token; see bellhop.toml(5)"
                                      : "there are: " + parsers::joined(names, ", ")});
    }
    if (!uses_token(server.authentication)) {
        table.complain("authentication", "an access token is no password",
                       {"leave it out, or say one of: xoauth2, oauthbearer"});
    }
    if (server.secret.is_named()) {
        table.complain_at(table.where_key("oauth"), "both a password and an access token",
                          {"keep oauth, or the password"});
    }
}

void check_account(ConfigTable& table, const ServerSettings& server) {
    const SecretSource& secret = server.secret;
    const auto sources = static_cast<int>(!secret.file.empty()) +
                         static_cast<int>(!secret.credential.empty()) +
                         static_cast<int>(!secret.environment.empty());
    if (server.authentication == Authentication::none) {
        if (!server.user.empty()) {
            table.complain("user", "a user needs authentication",
                           {"leave out authentication = \"none\", or the user"});
        }
        return;
    }
    table.require("user", "user = \"it@example.org\"");
    if (!server.oauth.empty()) return;
    if (sources == 0 && !table.has("password")) {
        table.complain_at(table.where(), "no source of the password",
                          {"name one of: password_file, password_credential, password_env"});
    }
    if (sources > 1) {
        table.complain_at(table.where(), "several sources of the password",
                          {"keep one of: password_file, password_credential, password_env"});
    }
}

/// SEC-20: a password in clear text leaves this machine never.
void check_security(const ConfigTable& table, const ServerSettings& server) {
    if (server.security != Security::none || server.host.empty() || is_loopback(server.host))
        return;
    table.complain(
        "security", "mail and password would cross the network in clear text",
        {"\"none\" is for this machine only (localhost)", "expected one of: tls, starttls"});
}

/// RFC 8314 section 7.3 keeps these ports apart: with the wrong one each side waits for the other.
void check_port(const ConfigTable& table, MailProtocol protocol, const ServerSettings& server) {
    const std::uint16_t tls_port = default_port(protocol, Security::tls);
    const std::uint16_t clear_port = default_port(protocol, Security::starttls);
    if (server.security == Security::starttls && server.port == tls_port) {
        table.complain("port",
                       "port " + std::to_string(tls_port) + " speaks TLS from the first byte",
                       {"security = \"tls\", or port = " + std::to_string(clear_port)});
    }
    if (server.security == Security::tls && server.port == clear_port) {
        table.complain("port",
                       "port " + std::to_string(clear_port) + " begins in clear text (STARTTLS)",
                       {"security = \"starttls\", or port = " + std::to_string(tls_port)});
    }
}

}  // namespace

ServerSettings read_server(ConfigTable& table,
                           MailProtocol protocol,
                           const std::filesystem::path& folder,
                           const std::vector<OauthSettings>& applications) {
    ServerSettings server;
    server.host = read_host(table, protocol);
    server.security = table
                          .one_of<Security>("security", {{"tls", Security::tls},
                                                         {"starttls", Security::starttls},
                                                         {"none", Security::none}})
                          .value_or(Security::tls);
    server.port = static_cast<std::uint16_t>(
        table.integer("port", 1, 65535).value_or(default_port(protocol, server.security)));
    server.user = line_of(table, "user");
    // A relay that knows us by our address wants no login; a mailbox always does.
    server.oauth = line_of(table, "oauth");
    const bool is_relay =
        protocol == MailProtocol::smtp && !table.has("user") && server.oauth.empty();
    const Authentication usual = !server.oauth.empty() ? Authentication::token
                                 : is_relay            ? Authentication::none
                                                       : Authentication::password;
    server.authentication =
        table
            .one_of<Authentication>("authentication", {{"password", Authentication::password},
                                                       {"xoauth2", Authentication::xoauth2},
                                                       {"oauthbearer", Authentication::oauthbearer},
                                                       {"none", Authentication::none}})
            .value_or(usual);
    server.secret = read_secret_source(table, password_keys, folder);
    server.client_certificate = read_secret_source(table, certificate_keys, folder);
    const std::string ca_file = line_of(table, "ca_file");
    if (!ca_file.empty()) {
        server.ca_file = folder / ca_file;
        if (access(server.ca_file.c_str(), R_OK) != 0) {
            table.complain("ca_file", "cannot read " + in_quotes(server.ca_file.string()) + ": " +
                                          std::generic_category().message(errno));
        }
    }
    check_account(table, server);
    if (!server.oauth.empty()) check_oauth(table, server, applications);
    check_security(table, server);
    check_port(table, protocol, server);
    return server;
}

ConnectionSettings connection_settings(const ServerSettings& server) {
    ConnectionSettings connection;
    connection.host = server.host;
    connection.port = server.port;
    connection.security = server.security;
    connection.authentication = server.authentication;
    connection.user = server.user;
    if (server.authentication != Authentication::none && server.oauth.empty()) {
        connection.password = read_secret(server.secret);
    }
    if (server.client_certificate.is_named()) {
        connection.client_certificate =
            read_secret_text(server.client_certificate, "client certificate");
    }
    connection.ca_file = server.ca_file.string();
    return connection;
}

}  // namespace bellhop::daemon
