#include "daemon/desk/server_settings.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parsers/text/utf8.hpp"

namespace bellhop::daemon {
namespace {

using parsers::ConfigTable;
using parsers::in_quotes;

constexpr std::size_t longest_host = 253;          // octets of a domain name
constexpr std::size_t longest_secret = 64 * 1024;  // bytes; an access token has 2 to 4 kB

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

void check_file_mode(const ConfigTable& table, const std::filesystem::path& file) {
    struct stat status = {};
    // A file that is not there yet is the operator's next step, not a fault of the configuration.
    if (stat(file.c_str(), &status) != 0) return;
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        table.complain("password_file", "others may read " + in_quotes(file.string()),
                       {"chmod 600 " + file.string()});
    }
}

bool is_variable_name(const std::string& name) {
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

SecretSource read_secret_source(ConfigTable& table, const std::filesystem::path& folder) {
    SecretSource source;
    const std::string file = line_of(table, "password_file");
    if (!file.empty()) {
        source.file = folder / file;
        check_file_mode(table, source.file);
        if (file.ends_with(".toml")) {
            table.complain("password_file", "rules may include " + in_quotes(file),
                           {"a secret needs another ending, as in \"it.password\""});
        }
    }
    source.credential = line_of(table, "password_credential");
    if (source.credential.find('/') != std::string::npos || source.credential.starts_with(".")) {
        table.complain("password_credential", "not a name: " + in_quotes(source.credential),
                       {"LoadCredential=NAME:/path in the unit, and NAME here"});
    }
    source.environment = line_of(table, "password_env");
    if (table.has("password_env") && !is_variable_name(source.environment)) {
        table.complain("password_env",
                       "not the name of a variable: " + in_quotes(source.environment),
                       {"for example: password_env = \"BELLHOP_IMAP_PASSWORD\""});
    }
    if (table.value("password")) {
        table.complain_at(table.where_key("password"), "a secret never stands in this file",
                          {"write it into a file that only the service may read, and name it: "
                           "password_file = \"imap.password\""});
    }
    return source;
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

[[noreturn]] void fail(const std::string& source, const std::string& why) {
    throw std::runtime_error("cannot read the password from " + source + ": " + why);
}

/// Closes the file when it goes.
class OpenFile {
public:
    explicit OpenFile(const std::filesystem::path& file)
        : descriptor_(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

enum class Privacy { of_owner, of_service_manager };

std::string read_secret_file(const std::filesystem::path& path, Privacy privacy) {
    const OpenFile file{path};
    if (file.descriptor() < 0) fail(path.string(), std::generic_category().message(errno));
    struct stat status = {};
    if (fstat(file.descriptor(), &status) != 0) {
        fail(path.string(), std::generic_category().message(errno));
    }
    if (!S_ISREG(status.st_mode)) fail(path.string(), "not a file");
    // systemd grants a credential by an access control list, which shows as a group's permission.
    if (privacy == Privacy::of_owner && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        fail(path.string(), "others may read it; chmod 600 " + path.string());
    }
    std::string text(longest_secret + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t count = read(file.descriptor(), text.data() + size, text.size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail(path.string(), std::generic_category().message(errno));
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
    }
    if (size > longest_secret) fail(path.string(), "too long");
    text.resize(size);
    return text;
}

std::string checked_secret(const std::string& source, std::string secret) {
    if (secret.ends_with('\n')) secret.pop_back();
    if (secret.ends_with('\r')) secret.pop_back();
    if (secret.empty()) fail(source, "it is empty");
    if (secret.find_first_of(std::string_view{"\r\n\0", 3}) != std::string::npos) {
        fail(source, "it has more than one line");
    }
    return secret;
}

}  // namespace

std::string line_of(ConfigTable& table, std::string_view key) {
    const std::string text = table.text(key).value_or("");
    for (std::string_view rest = text; !rest.empty();) {
        const parsers::Utf8Character character = parsers::first_character(rest);
        if (parsers::is_control(character.code_point)) {
            table.complain(key, in_quotes(key) + " must be one line without control characters");
            break;
        }
        rest.remove_prefix(character.octets.size());
    }
    return text;
}

ServerSettings read_server(ConfigTable& table,
                           MailProtocol protocol,
                           const std::filesystem::path& folder) {
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
    const bool is_relay = protocol == MailProtocol::smtp && !table.has("user");
    server.authentication =
        table
            .one_of<Authentication>("authentication", {{"password", Authentication::password},
                                                       {"xoauth2", Authentication::xoauth2},
                                                       {"oauthbearer", Authentication::oauthbearer},
                                                       {"none", Authentication::none}})
            .value_or(is_relay ? Authentication::none : Authentication::password);
    server.secret = read_secret_source(table, folder);
    const std::string ca_file = line_of(table, "ca_file");
    if (!ca_file.empty()) {
        server.ca_file = folder / ca_file;
        if (access(server.ca_file.c_str(), R_OK) != 0) {
            table.complain("ca_file", "cannot read " + in_quotes(server.ca_file.string()) + ": " +
                                          std::generic_category().message(errno));
        }
    }
    check_account(table, server);
    check_security(table, server);
    return server;
}

std::string read_secret(const SecretSource& source) {
    if (!source.file.empty()) {
        return checked_secret(source.file.string(),
                              read_secret_file(source.file, Privacy::of_owner));
    }
    if (!source.credential.empty()) {
        const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
        const std::string name = "credential " + in_quotes(source.credential);
        if (folder == nullptr) fail(name, "the service manager gives no credentials");
        const std::filesystem::path file = std::filesystem::path{folder} / source.credential;
        return checked_secret(name, read_secret_file(file, Privacy::of_service_manager));
    }
    const std::string name = "variable " + in_quotes(source.environment);
    const char* value = std::getenv(source.environment.c_str());
    if (source.environment.empty() || value == nullptr) fail(name, "it is not set");
    return checked_secret(name, value);
}

ConnectionSettings connection_settings(const ServerSettings& server) {
    ConnectionSettings connection;
    connection.host = server.host;
    connection.port = server.port;
    connection.security = server.security;
    connection.authentication = server.authentication;
    connection.user = server.user;
    if (server.authentication != Authentication::none) {
        connection.password = read_secret(server.secret);
    }
    connection.ca_file = server.ca_file.string();
    return connection;
}

}  // namespace bellhop::daemon
