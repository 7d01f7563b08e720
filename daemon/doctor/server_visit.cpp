#include "daemon/doctor/server_visit.hpp"

#include <cstdlib>
#include <optional>
#include <string_view>

#include "daemon/net/bearer_login.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/net/net_stream.hpp"
#include "daemon/net/server_look.hpp"
#include "daemon/process/clock.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using rules::CertificateFault;
using rules::FirstWords;
using rules::ServerTrial;
using rules::TrialEnd;
namespace {

using namespace std::chrono_literals;

constexpr std::size_t max_greeting = 200;  // bytes shown
// What the unit puts before the names of the files below credentials/
// (LoadCredential=password:...).
constexpr std::string_view credential_prefix = "password_";

rules::Protection protection_of(Security security) {
    switch (security) {
        case Security::tls:
            return rules::Protection::tls;
        case Security::starttls:
            return rules::Protection::starttls;
        case Security::none:
            break;
    }
    return rules::Protection::none;
}

TrialEnd end_of(ConnectionErrc kind) {
    switch (kind) {
        case ConnectionErrc::unresolved:
            return TrialEnd::unresolved;
        case ConnectionErrc::unreachable:
            return TrialEnd::unreachable;
        case ConnectionErrc::timed_out:
            return TrialEnd::timed_out;
        case ConnectionErrc::untrusted:
            return TrialEnd::untrusted;
        case ConnectionErrc::unprotected:
            return TrialEnd::unprotected;
        case ConnectionErrc::login_refused:
        case ConnectionErrc::no_token:
            return TrialEnd::login_refused;
        case ConnectionErrc::bye:
        case ConnectionErrc::refused:
            return TrialEnd::not_now;
        case ConnectionErrc::not_protocol:
            return TrialEnd::not_protocol;
        case ConnectionErrc::lost:
        case ConnectionErrc::mailbox_changed:
            break;
    }
    return TrialEnd::lost;
}

CertificateFault fault_of(ChainFault fault) {
    switch (fault) {
        case ChainFault::none:
            return CertificateFault::none;
        case ChainFault::self_signed:
            return CertificateFault::self_signed;
        case ChainFault::unknown_issuer:
            return CertificateFault::unknown_issuer;
        case ChainFault::expired:
            return CertificateFault::expired;
        case ChainFault::not_yet_valid:
            return CertificateFault::not_yet_valid;
        case ChainFault::other:
            break;
    }
    return CertificateFault::other;
}

std::string first_line(std::string_view text) {
    return parsers::printable(text.substr(0, text.find_first_of("\r\n")), max_greeting);
}

/// RFC 4954 section 4: 235 ends a login. Curl goes on without one where the server offers none.
bool has_signed_in(std::string_view opening) {
    return opening.find("\n235") != std::string_view::npos;
}

/// The file that the unit takes a credential from, where no service manager gives it.
std::optional<std::filesystem::path> credential_file(const SecretSource& secret,
                                                     const std::filesystem::path& folder) {
    if (secret.credential.empty() || std::getenv("CREDENTIALS_DIRECTORY") != nullptr) {
        return std::nullopt;
    }
    std::string_view name = secret.credential;
    if (!name.starts_with(credential_prefix)) return std::nullopt;
    name.remove_prefix(credential_prefix.size());
    return folder / "credentials" / name;
}

/// One visit. Belongs to the coroutine that makes it.
class Visit {
public:
    Visit(CurlLoop& loop, VisitedServer server, ConnectionSettings connection)
        : loop_(loop), server_(std::move(server)), connection_(std::move(connection)) {
        trial_.what = server_.what;
        trial_.server = server_.protocol == MailProtocol::imap ? rules::MailServer::imap
                                                               : rules::MailServer::smtp;
        trial_.protection = protection_of(connection_.security);
        trial_.host = connection_.host;
        trial_.port = connection_.port;
        const bool wants_login = connection_.authentication != Authentication::none;
        if (wants_login) trial_.user = connection_.user;
        trial_.secret = secret_in_words(server_.settings, server_.folder);
        trial_.now = SystemClock{}.now();
    }

    asio::awaitable<ServerTrial> run() {
        const bool is_there = co_await listen();
        if (is_there) {
            co_await look_at_tls();
            if (is_what_is_meant()) co_await sign_in();
        }
        co_return std::move(trial_);
    }

private:
    void fail(const ConnectionError& error) {
        trial_.end = end_of(error.kind());
        trial_.words = error.detail();
    }

    /// What the port says in clear text in its first second. False: there is no connection.
    asio::awaitable<bool> listen() {
        std::optional<ConnectionError> failed;
        try {
            const FirstHeard heard =
                co_await listen_first(loop_, connection_, server_.first_second);
            trial_.greeting = heard.line.substr(0, max_greeting);
            trial_.first_words = !heard.line.empty() ? rules::first_words_of(heard.line)
                                 : heard.is_closed   ? FirstWords::closed
                                                     : FirstWords::silence;
        } catch (const ConnectionError& error) {
            failed = error;
        }
        if (failed) fail(*failed);
        co_return !failed;
    }

    /// Where TLS is wanted, or may be what a silent server waits for.
    asio::awaitable<void> look_at_tls() {
        const bool is_mute =
            trial_.first_words == FirstWords::silence || trial_.first_words == FirstWords::closed;
        if (!is_mute && connection_.security != Security::starttls) co_return;
        ConnectionSettings settings = connection_;
        if (is_mute) settings.security = Security::tls;
        const TlsLook look =
            co_await look_at_certificate(loop_, server_.protocol, std::move(settings));
        if (!look.certificate) {
            // What has been silent for so long is not tried again.
            is_given_up_ = is_mute && look.is_timed_out && connection_.security == Security::tls;
            if (is_given_up_) trial_.end = TrialEnd::timed_out;
            co_return;
        }
        trial_.answers_tls = is_mute;
        if (connection_.security == Security::none) co_return;
        const ShownCertificate& shown = *look.certificate;
        rules::CertificateSeen seen;
        seen.names = shown.names;
        seen.issuer = shown.issuer;
        seen.valid_until = shown.valid_until;
        seen.fault = fault_of(shown.fault);
        trial_.certificate = std::move(seen);
    }

    /// Whether it makes sense to go on: nobody gives a password to the wrong kind of port.
    bool is_what_is_meant() const {
        if (is_given_up_) return false;
        const FirstWords own =
            server_.protocol == MailProtocol::imap ? FirstWords::imap : FirstWords::smtp;
        switch (connection_.security) {
            case Security::tls:
                return trial_.first_words == FirstWords::silence ||
                       trial_.first_words == FirstWords::closed;
            case Security::starttls:
            case Security::none:
                return trial_.first_words == own ||
                       (trial_.first_words == FirstWords::silence && !trial_.answers_tls);
        }
        return false;
    }

    asio::awaitable<void> sign_in() {
        NetStream stream{loop_};
        std::optional<ConnectionError> failed;
        try {
            co_await open_connection(stream, server_.protocol, connection_, server_.helo_name);
        } catch (const ConnectionError& error) {
            failed = error;
        }
        const std::string opening = stream.opening();
        if (!opening.empty()) trial_.greeting = first_line(opening);
        if (failed) {
            fail(*failed);
            if (failed->kind() == ConnectionErrc::untrusted) name_the_fault(failed->detail());
            const bool was_not_tried =
                failed->detail().find("no way to log in") != std::string::npos;
            if (was_not_tried) trial_.end = TrialEnd::no_login_offered;
            co_return;
        }
        const bool is_unsigned = server_.protocol == MailProtocol::smtp && !trial_.user.empty() &&
                                 !has_signed_in(opening);
        if (is_unsigned) {
            trial_.end = TrialEnd::no_login_offered;
            trial_.words = "the server offers no login (AUTH)";
        }
    }

    /// The verification failed: where the chain is in order it was the name.
    void name_the_fault(const std::string& words) {
        if (!trial_.certificate) trial_.certificate.emplace();
        rules::CertificateSeen& seen = *trial_.certificate;
        seen.words = words;
        if (seen.fault != CertificateFault::none) return;
        const bool is_name = parsers::lower_case(words).find("subject name") != std::string::npos;
        seen.fault = is_name ? CertificateFault::wrong_name : CertificateFault::other;
    }

    CurlLoop& loop_;
    VisitedServer server_;
    ConnectionSettings connection_;
    ServerTrial trial_ = {};
    bool is_given_up_ = false;
};

}  // namespace

Timeouts doctor_timeouts() {
    Timeouts timeouts;
    timeouts.connect = 10s;
    timeouts.login = 30s;
    timeouts.command = 20s;
    timeouts.greeting = 20s;
    timeouts.envelope = 30s;
    timeouts.data = 30s;
    timeouts.block = 20s;
    timeouts.final_dot = 60s;
    return timeouts;
}

ConnectionSettings ready_connection(const ServerSettings& server,
                                    const std::filesystem::path& folder) {
    ServerSettings reachable = server;
    if (const auto file = credential_file(server.secret, folder)) {
        reachable.secret = {};
        reachable.secret.file = *file;
    }
    ConnectionSettings connection = connection_settings(reachable);
    connection.timeouts = doctor_timeouts();
    return connection;
}

std::string secret_in_words(const ServerSettings& server, const std::filesystem::path& folder) {
    if (!server.oauth.empty()) return "the access token of [oauth." + server.oauth + "]";
    if (const auto file = credential_file(server.secret, folder)) {
        return "the file " + file->string();
    }
    if (!server.secret.file.empty()) return "the file " + server.secret.file.string();
    if (!server.secret.credential.empty()) return "the credential " + server.secret.credential;
    return "the variable " + server.secret.environment;
}

asio::awaitable<ServerTrial> visit_server(CurlLoop& loop,
                                          VisitedServer server,
                                          ConnectionSettings connection) {
    Visit visit{loop, std::move(server), std::move(connection)};
    ServerTrial trial = co_await visit.run();
    co_return trial;
}

}  // namespace bellhop::daemon
