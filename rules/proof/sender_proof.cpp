#include "rules/proof/sender_proof.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "parsers/header/authentication_results.hpp"
#include "parsers/header/domain_name.hpp"
#include "parsers/header/sole_author.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"
#include "rules/proof/authentication_verdict.hpp"
#include "rules/proof/trusted_trace.hpp"

namespace bellhop::rules {
namespace {

using parsers::AuthenticationResults;
using parsers::HeaderField;

constexpr std::string_view results_field = "authentication-results";
constexpr const char* google_id = "mx.google.com";

using Ids = std::vector<std::string>;

std::vector<std::string_view> bodies_of(const parsers::Message& message, std::string_view name) {
    std::vector<std::string_view> bodies;
    for (const HeaderField& field : message.fields) {
        if (parsers::equal_ignoring_case(field.name, name)) bodies.push_back(field.body);
    }
    return bodies;
}

/// Where the header is damaged, another program may read another From in it than ours does.
bool is_readable_one_way(const parsers::Message& message) {
    constexpr std::array<std::string_view, 4> codes{"junk_in_header", "nul_bytes", "bare_cr",
                                                    "header_too_large"};
    return std::none_of(message.defects.begin(), message.defects.end(), [&](const auto& defect) {
        return std::find(codes.begin(), codes.end(), defect.code) != codes.end();
    });
}

/// The one address that the mail names as its author, in exactly one From field.
std::optional<std::string> author_of(const parsers::Message& message) {
    const auto bodies = bodies_of(message, "from");
    if (bodies.size() != 1 || !is_readable_one_way(message)) return std::nullopt;
    return parsers::sole_author(bodies.front());
}

/// RFC 8601 section 2.5: the whole name, in any case; U-labels and A-labels are the same.
bool is_same_id(std::string_view one, std::string_view other) {
    if (parsers::equal_ignoring_case(one, other)) return true;
    const auto domain = parsers::comparable_domain(one);
    return domain && domain == parsers::comparable_domain(other);
}

/// The topmost field before `end` that `accepts` takes.
template <class Accepts>
std::optional<AuthenticationResults> topmost(const parsers::Message& message,
                                             std::size_t end,
                                             const Accepts& accepts) {
    for (std::size_t i = 0; i < end; ++i) {
        if (!parsers::equal_ignoring_case(message.fields[i].name, results_field)) continue;
        AuthenticationResults field = parsers::parse_authentication_results(message.fields[i].body);
        if (accepts(field)) return field;
    }
    return std::nullopt;
}

/// The topmost field that names one of `ids`, or that might: of one that cannot be read so far
/// nobody knows.
std::optional<AuthenticationResults> topmost_of(const parsers::Message& message,
                                                std::size_t end,
                                                const Ids& ids) {
    return topmost(message, end, [&](const AuthenticationResults& field) {
        const bool is_unreadable = field.authserv_id.empty() && !field.is_understood;
        return is_unreadable || std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
                   return is_same_id(field.authserv_id, id);
               });
    });
}

ProofLevel level_of(AuthorVerdict verdict) {
    switch (verdict) {
        case AuthorVerdict::pass:
            return ProofLevel::proved;
        case AuthorVerdict::fail:
            return ProofLevel::failed;
        case AuthorVerdict::signed_in:
            return ProofLevel::inside;
        case AuthorVerdict::none:
            break;
    }
    return ProofLevel::unknown;
}

struct Finding {
    ProofLevel level = ProofLevel::unknown;
    std::string reason = {};
};

/// What the trusted field says of the author.
Finding by_field(const std::optional<AuthenticationResults>& field, std::string_view author) {
    if (!field) return {ProofLevel::unknown, "no server of ours has checked the sender"};
    if (!field->is_understood) {
        return {ProofLevel::unknown, "what our server found out cannot be read"};
    }
    const JudgedAuthor judged = judge_author(*field, author);
    return {level_of(judged.verdict), judged.reason};
}

/// For servers that say in another way, or never, that a sender had signed in.
Finding never_inside(Finding finding) {
    if (finding.level != ProofLevel::inside) return finding;
    return {ProofLevel::unknown, "this is not how the server tells that a sender had signed in"};
}

Finding at_any_server(const parsers::Message& message, std::string_view author, const Ids& ids) {
    if (ids.empty()) return {ProofLevel::unknown, "no authserv_id is set for the mailbox"};
    const TrustedTrace trace = trace_of_domain(message.fields, ids);
    if (trace == TrustedTrace{}) {
        return {ProofLevel::unknown,
                "the mail did not come by a server of " + parsers::joined(ids, " or ")};
    }
    return by_field(topmost_of(message, trace.end, ids), author);
}

/// Google marks nothing as sent from inside: a mail of a colleague has a DMARC result, too.
Finding at_google(const parsers::Message& message, std::string_view author, const Ids& ids) {
    const TrustedTrace trace = trace_at_google(message.fields);
    if (trace.end == 0) return {ProofLevel::unknown, "the mail did not come by mx.google.com"};
    return never_inside(by_field(topmost_of(message, trace.end, ids), author));
}

/// Whether the field stands there, and says the same wherever it does.
template <class Accepts>
bool always_says(const parsers::Message& message, std::string_view name, const Accepts& accepts) {
    const auto bodies = bodies_of(message, name);
    return !bodies.empty() && std::all_of(bodies.begin(), bodies.end(), accepts);
}

/// Exchange's own word that the sender had signed in. It stands among the sender's fields; the edge
/// takes away what a stranger wrote there ("header firewall"), so it counts for mail that came by
/// no edge, and where everything agrees.
bool is_internal_at_exchange(const parsers::Message& message) {
    const auto is = [](std::string_view word) {
        return [word](std::string_view body) { return body == word; };
    };
    return always_says(message, "X-MS-Exchange-Organization-AuthAs", is("Internal")) &&
           always_says(message, "X-MS-Exchange-Organization-MessageDirectionality",
                       is("Originating")) &&
           always_says(message, "X-MS-Exchange-Organization-AuthSource", [](std::string_view host) {
               return is_exchange_online(parsers::lower_case(host));
           });
}

/// Mail from outside has a field above the edge's own Received that begins with a result and names
/// nobody.
Finding at_exchange_edge(const parsers::Message& message,
                         std::string_view author,
                         std::size_t edge) {
    const std::optional<AuthenticationResults> field =
        topmost(message, edge, [](const AuthenticationResults&) { return true; });
    if (field && !field->authserv_id.empty()) {
        return {ProofLevel::unknown, "what stands where Exchange writes is not Exchange's"};
    }
    return never_inside(by_field(field, author));
}

Finding at_microsoft(const parsers::Message& message, std::string_view author) {
    const TrustedTrace trace = trace_at_microsoft(message.fields);
    if (trace.origin == MailOrigin::outside) return at_exchange_edge(message, author, trace.end);
    if (trace.origin == MailOrigin::not_known) {
        return {ProofLevel::unknown, "the mail did not come by Exchange Online alone"};
    }
    if (!bodies_of(message, "resent-from").empty()) {
        return {ProofLevel::unknown, "somebody has redirected it"};
    }
    if (!is_internal_at_exchange(message)) {
        return {ProofLevel::unknown, "Exchange does not say that the sender had signed in"};
    }
    return {ProofLevel::inside, "sent inside the tenant, by somebody who had signed in"};
}

Finding find_proof(const parsers::Message& message,
                   std::string_view author,
                   const ProofPolicy& policy) {
    switch (policy.provider) {
        case MailProvider::microsoft365:
            return at_microsoft(message, author);
        case MailProvider::google:
            return at_google(message, author,
                             policy.authserv_ids.empty() ? Ids{google_id} : policy.authserv_ids);
        case MailProvider::rfc8601:
            break;
    }
    return at_any_server(message, author, policy.authserv_ids);
}

}  // namespace

std::optional<MailProvider> provider_named(std::string_view name) {
    if (name == "rfc8601") return MailProvider::rfc8601;
    if (name == "microsoft365") return MailProvider::microsoft365;
    if (name == "google") return MailProvider::google;
    return std::nullopt;
}

std::string_view to_text(ProofLevel level) {
    switch (level) {
        case ProofLevel::failed:
            return "failed";
        case ProofLevel::proved:
            return "proved";
        case ProofLevel::inside:
            return "inside";
        case ProofLevel::unknown:
            break;
    }
    return "unknown";
}

std::optional<ProofLevel> proof_level_named(std::string_view name) {
    for (const ProofLevel each :
         {ProofLevel::unknown, ProofLevel::failed, ProofLevel::proved, ProofLevel::inside}) {
        if (name == to_text(each)) return each;
    }
    return std::nullopt;
}

SenderProof sender_proof(const parsers::Message& message, const ProofPolicy& policy) {
    const std::optional<std::string> author = author_of(message);
    if (!author) {
        return {ProofLevel::unknown, {}, "the mail does not plainly name one author in From"};
    }
    Finding finding = find_proof(message, *author, policy);
    return {finding.level, *author, std::move(finding.reason)};
}

}  // namespace bellhop::rules
