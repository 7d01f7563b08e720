// What can go wrong with a mail server, as one exception.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

namespace bellhop::daemon {

/// Why a conversation with a server ended. `needs_operator` tells those that waiting does not cure.
enum class ConnectionErrc {
    lost = 1,        ///< closed by the server, or the network failed
    timed_out,       ///< no answer in time
    unresolved,      ///< the host name has no address
    unreachable,     ///< nobody listens, or no route
    login_refused,   ///< user, password or token not accepted, or the mechanism is not offered
    no_token,        ///< the provider gives no access token, or there is no secret to ask it with
    untrusted,       ///< the server's certificate or its host name is not verified
    unprotected,     ///< STARTTLS not offered or sabotaged; clear text to a host that is not this
                     ///< machine
    bye,             ///< the server said goodbye (IMAP BYE, SMTP 421)
    refused,         ///< not now, or not at all: greeting, login or a command that must not fail
    not_protocol,    ///< what came is not the protocol, or beyond its bounds
    mailbox_changed  ///< UIDVALIDITY changed while selected
};

const boost::system::error_category& connection_category();
boost::system::error_code make_error_code(ConnectionErrc code);

/// Thrown by the mailbox and the transport. Code is a ConnectionErrc.
class ConnectionError : public boost::system::system_error {
public:
    /// `detail`: the server's own words, or libcurl's; cleaned for the log (one line, no control
    /// characters).
    /// `retry_after`: how long the server wants to be left alone, where it says so.
    ConnectionError(ConnectionErrc code,
                    std::string detail,
                    std::optional<std::chrono::seconds> retry_after = {});

    ConnectionErrc kind() const { return static_cast<ConnectionErrc>(code().value()); }
    const std::string& detail() const { return detail_; }
    std::optional<std::chrono::seconds> retry_after() const { return retry_after_; }

    /// Whether only a person can cure it (wrong password, untrusted certificate): try again rarely,
    /// tell loudly.
    bool needs_operator() const;

private:
    std::string detail_;
    std::optional<std::chrono::seconds> retry_after_;
};

}  // namespace bellhop::daemon

namespace boost::system {
template <>
struct is_error_code_enum<bellhop::daemon::ConnectionErrc> : std::true_type {};
}  // namespace boost::system
