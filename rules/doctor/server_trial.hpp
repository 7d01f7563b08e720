// Whether a mail server can be reached, is who it claims to be, and lets us in: what was seen of
// it, and what that means.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/doctor/finding.hpp"

namespace bellhop::rules {

enum class MailServer { imap, smtp };

/// How the configuration wants the connection to be protected.
enum class Protection { tls, starttls, none };

/// What a connection in clear text hears before it has said a word: servers of STARTTLS ports greet
/// at once, those of TLS ports wait for the client (RFC 8314 section 3).
enum class FirstWords {
    not_listened,  ///< there was no connection, or nobody listened
    imap,
    smtp,
    pop3,
    other,    ///< words of another protocol
    silence,  ///< nothing in the time
    closed    ///< the server hung up
};

/// Whose greeting a line is; silence, where it is empty.
FirstWords first_words_of(std::string_view line);

/// How the try to connect and to sign in ended.
enum class TrialEnd {
    signed_in,  ///< or connected, where no login is wanted
    unresolved,
    unreachable,
    timed_out,
    untrusted,
    unprotected,  ///< no STARTTLS
    login_refused,
    no_login_offered,  ///< none that is allowed and known here
    not_now,           ///< the server lets in nobody at the moment, or not us
    lost,
    not_protocol
};

enum class CertificateFault {
    none,
    self_signed,
    unknown_issuer,
    wrong_name,
    expired,
    not_yet_valid,
    other
};

struct CertificateSeen {
    std::vector<std::string> names = {};  ///< that it is for
    std::string issuer = {};
    std::optional<std::chrono::sys_seconds> valid_until = {};
    CertificateFault fault = CertificateFault::none;
    std::string words = {};  ///< of a fault: the library's
};

struct ServerTrial {
    std::string what = {};  ///< "mailbox support", "smtp": begins the name of each check
    MailServer server = MailServer::imap;
    Protection protection = Protection::tls;
    std::string host = {};
    std::uint16_t port = 0;
    std::string user = {};    ///< empty: no login is wanted
    std::string secret = {};  ///< where the password is read from: "the file it.password"
    FirstWords first_words = FirstWords::not_listened;
    bool answers_tls = false;   ///< it was silent in clear text, and takes a TLS handshake
    std::string greeting = {};  ///< its first line, in clear text or behind TLS
    std::optional<CertificateSeen> certificate = {};
    TrialEnd end = TrialEnd::signed_in;
    std::string words = {};   ///< of an end that is none: the server's own, or the library's
    std::string advice = {};  ///< what the provider of the mailbox is known to mean by them
    std::chrono::sys_seconds now = {};
};

/// "...: server", "...: certificate" where there is one, and "...: login" where one is wanted and
/// the server was reached. Pure.
Findings judge_server(const ServerTrial& trial);

/// A certificate that ends so soon is told of.
constexpr std::chrono::days certificate_notice{14};

}  // namespace bellhop::rules
