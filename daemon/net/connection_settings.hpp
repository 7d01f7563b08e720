// How to reach a mail server: host, protection, credentials, patience.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace bellhop::daemon {

/// How the connection is protected. There is no opportunistic form: `starttls` fails where the
/// server does not offer it (RFC 8314 section 3, RFC 3207 section 6).
enum class Security {
    tls,       ///< from the first byte: ports 993, 465
    starttls,  ///< plain greeting, then mandatory STARTTLS: ports 143, 587
    none,      ///< clear text; loopback hosts only, refused for others (see is_loopback)
};

enum class MailProtocol { imap, smtp };

enum class Authentication {
    password,     ///< SASL PLAIN or LOGIN, what the server offers
    token,        ///< OAUTHBEARER or XOAUTH2, what the server offers
    xoauth2,      ///< with an access token
    oauthbearer,  ///< RFC 7628, with an access token
    none,         ///< SMTP relays that know us by our address; IMAP servers that greet with PREAUTH
};

/// Whether the secret of this way of logging in is an access token.
constexpr bool uses_token(Authentication authentication) {
    return authentication == Authentication::token || authentication == Authentication::xoauth2 ||
           authentication == Authentication::oauthbearer;
}

class TokenSource;

/// How long a server may take. The defaults are the minima of RFC 5321 section 4.5.3.2 where that
/// has one.
struct Timeouts {
    /// DNS, TCP and TLS, up to the server's first word.
    std::chrono::milliseconds connect = std::chrono::seconds{30};
    /// From its first word: STARTTLS, capabilities and login. Servers let some wait here on
    /// purpose.
    std::chrono::milliseconds login = std::chrono::minutes{2};
    std::chrono::milliseconds command =
        std::chrono::minutes{2};  ///< IMAP: a command's answer to begin or go on
    std::chrono::milliseconds greeting = std::chrono::minutes{5};  ///< SMTP: 220, with `connect`
    std::chrono::milliseconds envelope = std::chrono::minutes{5};  ///< SMTP: MAIL, RCPT
    std::chrono::milliseconds data = std::chrono::minutes{2};      ///< SMTP: 354 after DATA
    std::chrono::milliseconds block = std::chrono::minutes{3};  ///< a write that makes no progress
    std::chrono::milliseconds final_dot =
        std::chrono::minutes{10};  ///< SMTP: the reply after the mail
    std::chrono::milliseconds farewell = std::chrono::seconds{2};  ///< LOGOUT, QUIT
};

/// One server and account. All texts are checked (no control characters) by the settings that make
/// it.
struct ConnectionSettings {
    std::string host = {};  ///< a name or a literal address, IPv6 without brackets
    std::uint16_t port = 0;
    Security security = Security::tls;
    Authentication authentication = Authentication::password;
    std::string user = {};
    std::string password = {};      ///< resolved: the secret itself, or an access token from a file
    TokenSource* tokens = nullptr;  ///< access tokens in its place; outlives the connection
    std::string client_certificate = {};  ///< PEM with its key, for a server that wants one
    std::string ca_file = {};             ///< PEM file with the CA to trust; instead of `ca_path`
    std::string ca_path = "/etc/ssl/certs";  ///< folder of hashed CA certificates
    Timeouts timeouts = {};
};

/// Whether `host` names this machine without asking a resolver: "localhost", 127.0.0.0/8, ::1.
bool is_loopback(const std::string& host);

}  // namespace bellhop::daemon
