// Where the mail of a domain is kept, told from what its DNS says, and so which servers a first
// configuration names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::rules {

enum class HostedBy {
    microsoft365,  ///< Exchange Online
    google,        ///< Google Workspace
    own            ///< the school's own servers, or another provider's
};

/// "microsoft365", "google", "own".
std::string_view to_text(HostedBy hosted);

/// An entry of DNS that names a host: MX (RFC 5321 section 5.1) or SRV (RFC 6186).
struct NamedHost {
    std::string host = {};         ///< without the dot at its end; "." means "there is none"
    std::uint16_t port = 0;        ///< of SRV
    std::uint16_t preference = 0;  ///< the lowest first

    friend bool operator==(const NamedHost&, const NamedHost&) = default;
};

/// What DNS says of a domain.
struct MailDns {
    std::vector<NamedHost> exchangers = {};   ///< MX
    std::vector<NamedHost> imaps = {};        ///< _imaps._tcp
    std::vector<NamedHost> submissions = {};  ///< _submissions._tcp, TLS from the first byte
    std::vector<NamedHost> submission = {};   ///< _submission._tcp, STARTTLS
};

struct MailPlace {
    std::string host = {};
    std::uint16_t port = 0;
    bool is_starttls = false;  ///< else TLS from the first byte

    friend bool operator==(const MailPlace&, const MailPlace&) = default;
};

struct MailHosting {
    HostedBy by = HostedBy::own;
    MailPlace imap = {};
    MailPlace smtp = {};
    bool is_guessed = false;   ///< the hosts were named nowhere: "imap.DOMAIN", "smtp.DOMAIN"
    std::string because = {};  ///< one line for people

    friend bool operator==(const MailHosting&, const MailHosting&) = default;
};

/// Pure. A filter before Exchange Online or Google hides them: then it is `own`, with hosts that
/// were guessed.
MailHosting hosting_of(std::string_view domain, const MailDns& dns);

/// The servers of a provider; of `own` those that hosting_of() would guess.
MailHosting hosting_by(HostedBy by, std::string_view domain);

}  // namespace bellhop::rules
