#include "rules/proof/trusted_trace.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "parsers/header/domain_name.hpp"
#include "parsers/header/received.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

using parsers::HeaderField;
using parsers::Received;
using Fields = std::vector<HeaderField>;

enum class Hop {
    inner,   // from a server of ours to a server of ours
    client,  // a server of ours took it from somebody who had signed in
    border,  // a server of ours took it from a stranger
    foreign  // by nobody we know
};

/// What a sender's program writes, and no server on the way.
bool is_authors(const HeaderField& field) {
    constexpr std::array<std::string_view, 12> names{
        "from",       "to",     "cc",       "bcc",        "date",        "subject",
        "message-id", "sender", "reply-to", "references", "in-reply-to", "mime-version"};
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) {
                           return parsers::equal_ignoring_case(field.name, name);
                       }) ||
           parsers::starts_with_ignoring_case(field.name, "content-");
}

MailOrigin origin_of(Hop hop) {
    if (hop == Hop::foreign) return MailOrigin::not_known;
    return hop == Hop::border ? MailOrigin::outside : MailOrigin::inside;
}

/// Where the fields end that stand below a server's own Received field.
std::size_t end_below(const Fields& fields, std::size_t received) {
    std::size_t end = received + 1;
    while (end < fields.size() && !is_authors(fields[end]) &&
           !parsers::equal_ignoring_case(fields[end].name, "received") &&
           !parsers::equal_ignoring_case(fields[end].name, "dkim-signature")) {
        ++end;
    }
    return end;
}

/// The hops from the top until the mail came in. `hop_of` says what a Received field is, `end_of`
/// where the fields of the server end that wrote the one at an index.
template <class HopOf, class EndOf>
TrustedTrace walk(const Fields& fields, const HopOf& hop_of, const EndOf& end_of) {
    TrustedTrace trace;
    for (std::size_t i = 0; i < fields.size() && !is_authors(fields[i]); ++i) {
        if (!parsers::equal_ignoring_case(fields[i].name, "received")) continue;
        const std::optional<Received> received = parsers::parse_received(fields[i].body);
        // qmail tells each of its own steps, without a name.
        if (received && !received->from && received->by.empty()) continue;
        const Hop hop = received ? hop_of(*received) : Hop::foreign;
        trace.origin = origin_of(hop);
        if (hop == Hop::foreign) break;
        // Where the mail began, what stands below is its writer's.
        trace.end = received->from ? end_of(i) : i;
        if (hop != Hop::inner) break;
    }
    return trace;
}

/// "hill.example" of "mx.hill.example"; empty where the parent may be many owners': a single label,
/// or a registry's second level as in "hill.sch.uk".
std::string_view own_parent(std::string_view id) {
    constexpr std::array<std::string_view, 11> registries{"ac",  "co",  "com", "edu", "gov", "ltd",
                                                          "net", "nhs", "org", "plc", "sch"};
    const std::size_t dot = id.find('.');
    if (dot == std::string_view::npos) return {};
    const std::string_view parent = id.substr(dot + 1);
    const std::size_t second = parent.find('.');
    if (second == std::string_view::npos) return {};
    const bool is_registry = parent.find('.', second + 1) == std::string_view::npos &&
                             std::find(registries.begin(), registries.end(),
                                       parent.substr(0, second)) != registries.end();
    return is_registry ? std::string_view{} : parent;
}

bool is_localhost(std::string_view host) {
    return host == "localhost" || host == "localhost.localdomain";
}

/// The hosts that authserv-ids stand for.
class OwnHosts {
public:
    explicit OwnHosts(const std::vector<std::string>& ids) {
        for (const std::string& id : ids) {
            const std::string domain =
                parsers::comparable_domain(id).value_or(parsers::lower_case(id));
            domains_.push_back(domain);
            const std::string_view parent = own_parent(domain);
            if (!parent.empty()) domains_.emplace_back(parent);
        }
    }

    bool has(std::string_view name) const {
        const std::string host =
            parsers::comparable_domain(name).value_or(parsers::lower_case(name));
        return is_localhost(host) ||
               std::any_of(domains_.begin(), domains_.end(), [&](const std::string& domain) {
                   return host == domain || parsers::is_subdomain(host, domain);
               });
    }

    /// The name alone is what a host says of itself: what DNS says must agree, and where it says
    /// nothing the address must be a private one.
    bool has_sent(const Received& hop) const {
        if (!hop.from) return true;
        if (!has(*hop.from)) return false;
        const bool is_private =
            std::all_of(hop.addresses.begin(), hop.addresses.end(), parsers::is_private_address);
        if (hop.looked_up.empty()) return is_private;
        return std::all_of(
            hop.looked_up.begin(), hop.looked_up.end(), [&](const std::string& name) {
                return has(name) || (name == "unknown" && is_private && !hop.addresses.empty());
            });
    }

private:
    std::vector<std::string> domains_ = {};
};

bool is_of_google(std::string_view host) {
    // Its own machines have addresses of 2002:a05::/32.
    return parsers::is_subdomain(host, "google.com") || host.starts_with("2002:a05:");
}

Hop hop_at_google(const Received& hop) {
    if (!hop.from) return is_of_google(hop.by) ? Hop::inner : Hop::foreign;
    return hop.by == "mx.google.com" ? Hop::border : Hop::foreign;
}

/// Exchange Online's machines speak to each other over addresses of Microsoft and private ones.
bool is_address_inside_microsoft(const std::string& address) {
    return parsers::is_private_address(address) || address.starts_with("2603:10") ||
           address.starts_with("2a01:111:");
}

bool is_from_exchange_online(const Received& hop) {
    return !hop.from ||
           (is_exchange_online(*hop.from) &&
            std::all_of(hop.addresses.begin(), hop.addresses.end(), is_address_inside_microsoft));
}

Hop hop_at_microsoft(const Received& hop) {
    if (!is_exchange_online(hop.by)) return Hop::foreign;
    if (is_from_exchange_online(hop)) return Hop::inner;
    // Clients that sign in are taken by a mailbox server, strangers by the edge.
    return parsers::is_subdomain(hop.by, "mail.protection.outlook.com") ? Hop::border : Hop::client;
}

}  // namespace

bool is_exchange_online(std::string_view host) {
    constexpr std::array<std::string_view, 5> domains{
        "prod.outlook.com", "mail.protection.outlook.com", "outlook.office365.com",
        "prod.protection.outlook.com", "prod.exchangelabs.com"};
    return parsers::comparable_domain(host).has_value() &&
           std::any_of(domains.begin(), domains.end(), [&](std::string_view domain) {
               return parsers::is_subdomain(host, domain);
           });
}

TrustedTrace trace_of_domain(const Fields& fields, const std::vector<std::string>& ids) {
    const OwnHosts own{ids};
    const auto hop_of = [&](const Received& hop) {
        if (!own.has(hop.by)) return Hop::foreign;
        return own.has_sent(hop) ? Hop::inner : Hop::border;
    };
    return walk(fields, hop_of, [&](std::size_t i) { return end_below(fields, i); });
}

TrustedTrace trace_at_google(const Fields& fields) {
    const TrustedTrace trace =
        walk(fields, hop_at_google, [&](std::size_t i) { return end_below(fields, i); });
    return trace.origin == MailOrigin::outside ? trace : TrustedTrace{};
}

TrustedTrace trace_at_microsoft(const Fields& fields) {
    return walk(fields, hop_at_microsoft, [](std::size_t i) { return i; });
}

}  // namespace bellhop::rules
