#include "rules/setup/mail_hosting.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "parsers/text/ascii.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::rules {
namespace {

struct Sign {
    std::string_view suffix;  ///< of an exchanger's name, in lower case
    HostedBy by;
};

constexpr std::array<Sign, 6> signs{{
    {".mail.protection.outlook.com", HostedBy::microsoft365},
    {".mx.microsoft", HostedBy::microsoft365},  // with DNSSEC
    {".mail.protection.partner.outlook.cn", HostedBy::microsoft365},
    {".l.google.com", HostedBy::google},
    {"smtp.google.com", HostedBy::google},
    {".googlemail.com", HostedBy::google},
}};

std::optional<HostedBy> provider_at(const std::string& host) {
    const std::string name = parsers::lower_case(host);
    for (const Sign& sign : signs) {
        if (name.ends_with(sign.suffix)) return sign.by;
    }
    return std::nullopt;
}

/// The first that is named and there; RFC 2782: "." means that the service is not offered.
const NamedHost* first_of(const std::vector<NamedHost>& hosts) {
    const NamedHost* first = nullptr;
    for (const NamedHost& one : hosts) {
        if (one.host.empty() || one.host == ".") continue;
        if (first == nullptr || one.preference < first->preference) first = &one;
    }
    return first;
}

MailPlace place(const NamedHost& named, bool is_starttls) {
    return {named.host, named.port, is_starttls};
}

}  // namespace

std::string_view to_text(HostedBy hosted) {
    switch (hosted) {
        case HostedBy::microsoft365:
            return "microsoft365";
        case HostedBy::google:
            return "google";
        case HostedBy::own:
            return "own";
    }
    never_reached();
}

MailHosting hosting_by(HostedBy by, std::string_view domain) {
    switch (by) {
        case HostedBy::microsoft365:
            return {by,
                    {"outlook.office365.com", 993, false},
                    {"smtp.office365.com", 587, true},
                    false,
                    "Microsoft 365"};
        case HostedBy::google:
            return {by,
                    {"imap.gmail.com", 993, false},
                    {"smtp.gmail.com", 465, false},
                    false,
                    "Google Workspace"};
        case HostedBy::own:
            break;
    }
    const std::string name{domain};
    return {HostedBy::own,
            {"imap." + name, 993, false},
            {"smtp." + name, 465, false},
            true,
            "nothing names the mail servers of " + name + ": imap." + name + " and smtp." + name +
                " are guesses"};
}

MailHosting hosting_of(std::string_view domain, const MailDns& dns) {
    for (const NamedHost& exchanger : dns.exchangers) {
        if (const auto by = provider_at(exchanger.host)) {
            MailHosting hosting = hosting_by(*by, domain);
            hosting.because = "mail for " + std::string{domain} + " goes to " + exchanger.host +
                              ": " + hosting.because;
            return hosting;
        }
    }
    MailHosting hosting = hosting_by(HostedBy::own, domain);
    const NamedHost* imaps = first_of(dns.imaps);
    const NamedHost* submissions = first_of(dns.submissions);
    const NamedHost* submission = first_of(dns.submission);
    if (imaps != nullptr) hosting.imap = place(*imaps, false);
    if (submissions != nullptr) {
        hosting.smtp = place(*submissions, false);
    } else if (submission != nullptr) {
        hosting.smtp = place(*submission, true);
    }
    if (imaps != nullptr && (submissions != nullptr || submission != nullptr)) {
        hosting.is_guessed = false;
        hosting.because = "the DNS of " + std::string{domain} + " names " + hosting.imap.host +
                          " and " + hosting.smtp.host;
    }
    return hosting;
}

}  // namespace bellhop::rules
