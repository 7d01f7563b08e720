#include "rules/doctor/server_trial.hpp"

#include <string_view>

#include "parsers/protocol/imap_refusal.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::days;

/// A server that is at home at each port.
struct UsualPorts {
    int tls = 0;
    int starttls = 0;
};

UsualPorts ports_of(MailServer server) {
    return server == MailServer::imap ? UsualPorts{993, 143} : UsualPorts{465, 587};
}

std::string_view name_of(MailServer server) {
    return server == MailServer::imap ? "IMAP" : "SMTP";
}

std::string place_of(const ServerTrial& trial) {
    return trial.host + ":" + std::to_string(trial.port);
}

std::string usual_ports(MailServer server) {
    const UsualPorts ports = ports_of(server);
    return "usual are port = " + std::to_string(ports.tls) +
           " with security = \"tls\", or port = " + std::to_string(ports.starttls) +
           " with security = \"starttls\"";
}

std::string quoted(std::string_view words) {
    return words.empty() ? std::string{} : ": " + std::string{words};
}

/// `words` in lower case.
bool has(std::string_view text, std::string_view words) {
    return parsers::lower_case(text).find(words) != std::string::npos;
}

bool is_own_protocol(const ServerTrial& trial) {
    return trial.server == MailServer::imap ? trial.first_words == FirstWords::imap
                                            : trial.first_words == FirstWords::smtp;
}

bool is_other_protocol(FirstWords words, MailServer server) {
    switch (words) {
        case FirstWords::imap:
            return server != MailServer::imap;
        case FirstWords::smtp:
            return server != MailServer::smtp;
        case FirstWords::pop3:
        case FirstWords::other:
            return true;
        case FirstWords::not_listened:
        case FirstWords::silence:
        case FirstWords::closed:
            return false;
    }
    return false;
}

std::string_view protocol_of(FirstWords words) {
    switch (words) {
        case FirstWords::imap:
            return "an IMAP server";
        case FirstWords::smtp:
            return "an SMTP server";
        case FirstWords::pop3:
            return "a POP3 server";
        default:
            return "no mail server";
    }
}

class ServerJudge {
public:
    explicit ServerJudge(const ServerTrial& trial)
        : trial_(trial), ports_(ports_of(trial.server)) {}

    Findings findings() const {
        Findings all{server()};
        if (all.front().state == FindingState::fail) return all;
        if (trial_.certificate) all.push_back(certificate());
        if (all.back().state == FindingState::fail || trial_.user.empty()) return all;
        all.push_back(login());
        return all;
    }

private:
    std::string check(const char* part) const { return trial_.what + ": " + part; }
    std::string place() const { return place_of(trial_); }

    Finding no_server(std::string seen, std::string remedy) const {
        return failing(check("server"), std::move(seen), std::move(remedy));
    }

    Finding server() const {
        if (trial_.end == TrialEnd::unresolved) {
            return no_server(
                "the name " + trial_.host + " has no address" + quoted(trial_.words),
                "correct host in bellhop.toml; or this machine's DNS: getent hosts " + trial_.host);
        }
        const bool has_no_answer =
            trial_.end == TrialEnd::timed_out && trial_.first_words == FirstWords::not_listened;
        if (trial_.end == TrialEnd::unreachable || has_no_answer) {
            return no_server("nobody answers at " + place() + quoted(trial_.words),
                             "correct port or host (" + usual_ports(trial_.server) +
                                 "), or let this machine through the firewall");
        }
        // A client of one protocol hears the other's greeting behind TLS, too.
        const FirstWords behind_tls =
            trial_.greeting.empty() ? trial_.first_words : first_words_of(trial_.greeting);
        for (const FirstWords words : {trial_.first_words, behind_tls}) {
            if (is_other_protocol(words, trial_.server)) return other_protocol(words);
        }
        if (trial_.protection == Protection::tls && is_own_protocol(trial_)) return clear_port();
        const bool refuses = trial_.server == MailServer::smtp &&
                             (trial_.greeting.starts_with('4') || trial_.greeting.starts_with('5'));
        if (refuses) return refuses_everybody();
        if (trial_.protection == Protection::starttls && trial_.answers_tls) return tls_port();
        if (trial_.first_words == FirstWords::closed && !trial_.answers_tls) return hangs_up();
        return without_words();
    }

    Finding other_protocol(FirstWords words) const {
        return no_server(
            place() + " is " + std::string{protocol_of(words)} + quoted(trial_.greeting),
            "this wants an " + std::string{name_of(trial_.server)} +
                " server: correct host or port; " + usual_ports(trial_.server));
    }

    Finding clear_port() const {
        return no_server(place() + " is a STARTTLS port: it speaks before TLS has begun" +
                             quoted(trial_.greeting),
                         "write security = \"starttls\", or port = " + std::to_string(ports_.tls));
    }

    Finding tls_port() const {
        return no_server(
            place() + " is a TLS port: it waits for TLS and greets nobody in clear text",
            "write security = \"tls\", or port = " + std::to_string(ports_.starttls));
    }

    Finding hangs_up() const {
        return no_server(place() + " takes the connection and closes it without a word",
                         "ask whoever runs the server whether it lets this machine in; else "
                         "correct the port: " +
                             usual_ports(trial_.server));
    }

    /// Where the words and the port say nothing: what became of the try.
    Finding without_words() const {
        switch (trial_.end) {
            case TrialEnd::unprotected:
                return no_server(
                    place() + " offers no STARTTLS" + quoted(trial_.words),
                    "write security = \"tls\" and port = " + std::to_string(ports_.tls) +
                        "; a server that offers neither, or a firewall that takes "
                        "STARTTLS away, gets no password");
            case TrialEnd::timed_out:
                if (trial_.greeting.empty() && !trial_.answers_tls) {
                    return no_server(place() + " takes the connection and says nothing",
                                     "a firewall or proxy stands between, or the server is out of "
                                     "order: ask whoever runs it; else correct the port: " +
                                         usual_ports(trial_.server));
                }
                break;
            case TrialEnd::not_protocol:
                return no_server(place() + " does not keep to the protocol" + quoted(trial_.words),
                                 "correct host or port; " + usual_ports(trial_.server));
            case TrialEnd::lost:
                if (trial_.protection == Protection::tls && !trial_.answers_tls) {
                    return no_server(place() + " speaks no TLS" + quoted(trial_.words),
                                     "correct port or security; " + usual_ports(trial_.server));
                }
                return no_server("the connection to " + place() + " breaks" + quoted(trial_.words),
                                 "ask whoever runs the server, or the firewall between; its log "
                                 "has this minute");
            case TrialEnd::not_now:
                if (trial_.user.empty()) return refuses_everybody();
                break;
            default:
                break;
        }
        return well(check("server"), place() + " answers" + quoted(trial_.greeting));
    }

    Finding refuses_everybody() const {
        return no_server(place() + " refuses to serve" +
                             quoted(trial_.words.empty() ? trial_.greeting : trial_.words),
                         trial_.advice.empty()
                             ? "ask whoever runs the server to let this machine in; [smtp] without "
                               "user is for relays that know it by its address"
                             : trial_.advice);
    }

    // ---- the certificate ----

    Finding certificate() const {
        const CertificateSeen& seen = *trial_.certificate;
        const std::string names = parsers::joined(seen.names, ", ");
        switch (seen.fault) {
            case CertificateFault::none:
                return ends_soon(seen, names);
            case CertificateFault::wrong_name:
                return untrusted(
                    "it is for " + (names.empty() ? "nobody" : names) + ", not for " + trial_.host,
                    "write as host a name that the certificate has");
            case CertificateFault::self_signed:
                return untrusted("it vouches for itself",
                                 "ca_file = \"FILE\" with this certificate in it, got from whoever "
                                 "runs the server and not from the connection");
            case CertificateFault::unknown_issuer:
                return untrusted("nobody here knows its issuer" +
                                     (seen.issuer.empty() ? "" : ", " + seen.issuer),
                                 "for a CA of your own: ca_file = \"FILE\" with its certificate; "
                                 "else the server must send the whole chain");
            case CertificateFault::expired:
                return untrusted("it is no longer valid" + until(seen),
                                 "it must be renewed on the server; or this machine's clock is "
                                 "wrong: it says " +
                                     to_text(trial_.now));
            case CertificateFault::not_yet_valid:
                return untrusted("it is not valid yet",
                                 "set this machine's clock, which says " + to_text(trial_.now));
            case CertificateFault::other:
                break;
        }
        return untrusted(seen.words, "ask whoever runs the server");
    }

    Finding untrusted(const std::string& why, std::string remedy) const {
        return failing(check("certificate"), "the certificate is not trusted: " + why,
                       std::move(remedy));
    }

    static std::string until(const CertificateSeen& seen) {
        return seen.valid_until ? ", since " + to_text(*seen.valid_until) : "";
    }

    Finding ends_soon(const CertificateSeen& seen, const std::string& names) const {
        if (!seen.valid_until) return well(check("certificate"), "trusted");
        const std::string text = "trusted, valid until " + to_text(*seen.valid_until);
        if (*seen.valid_until - trial_.now >= certificate_notice) {
            return well(check("certificate"), text);
        }
        const auto left = std::chrono::floor<days>(*seen.valid_until - trial_.now).count();
        return doubtful(check("certificate"), text + ", " + std::to_string(left) + " days more",
                        "it must be renewed on the server" + (names.empty() ? "" : " " + names) +
                            " before; most do that by themselves a month ahead");
    }

    // ---- the login ----

    Finding login() const {
        if (trial_.end == TrialEnd::signed_in) {
            return well(check("login"), "signed in as " + trial_.user);
        }
        const std::string seen = "the login as " + trial_.user + " fails" + quoted(trial_.words);
        return failing(check("login"), seen, trial_.advice.empty() ? advice() : trial_.advice);
    }

    std::string advice() const {
        using parsers::RefusalKind;
        if (trial_.end == TrialEnd::timed_out) {
            return "the server answers too slowly: try again; it may hold up whoever comes too "
                   "often";
        }
        if (trial_.end == TrialEnd::no_login_offered) {
            return "the server takes no password here: write security = \"tls\" or \"starttls\" "
                   "where it is \"none\"; else it wants a token (authentication = \"xoauth2\")";
        }
        if (has(trial_.words, "not connected")) {
            return "the account may sign in, and may not open this mailbox: give it full access to "
                   "the mailbox, switch IMAP on for it, and wait an hour";
        }
        const RefusalKind kind = parsers::refusal_of_line(trial_.words).kind;
        if (kind == RefusalKind::over_quota || kind == RefusalKind::throttled ||
            kind == RefusalKind::in_use) {
            return "too many connections at once, or too many tries: close other programs on this "
                   "account, and try again in a quarter of an hour";
        }
        if (trial_.end == TrialEnd::not_now || kind == RefusalKind::unavailable) {
            return "the server lets nobody in at the moment: try again later; if it stays so, ask "
                   "whoever runs it";
        }
        return "user or password is not accepted: correct user, or write the password into " +
               trial_.secret + " again, and try both in a mail program";
    }

    const ServerTrial& trial_;
    UsualPorts ports_;
};

}  // namespace

FirstWords first_words_of(std::string_view line) {
    if (line.empty()) return FirstWords::silence;
    if (line.starts_with("* ")) return FirstWords::imap;
    if (line.starts_with("+OK") || line.starts_with("-ERR")) return FirstWords::pop3;
    const bool has_code = line.size() >= 3 && parsers::is_digit(line[0]) &&
                          parsers::is_digit(line[1]) && parsers::is_digit(line[2]) &&
                          (line.size() == 3 || line[3] == ' ' || line[3] == '-');
    // FTP greets so, too; its words tell.
    const bool is_ftp = has(line, "ftp");
    return has_code && !is_ftp ? FirstWords::smtp : FirstWords::other;
}

Findings judge_server(const ServerTrial& trial) {
    return ServerJudge{trial}.findings();
}

}  // namespace bellhop::rules
