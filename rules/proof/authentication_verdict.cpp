#include "rules/proof/authentication_verdict.hpp"

#include <algorithm>
#include <optional>

#include "parsers/header/address.hpp"
#include "parsers/header/domain_name.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

using parsers::AuthenticationResult;

std::string_view domain_part(std::string_view address) {
    const std::size_t at = address.rfind('@');
    return at == std::string_view::npos ? address : address.substr(at + 1);
}

/// The domain of a property's value, which may be a whole address; empty where it is none.
std::string domain_of(std::string_view value) {
    return parsers::comparable_domain(domain_part(value)).value_or("");
}

/// Siblings are not aligned: without a list of public suffixes "evil.sch.uk" would be
/// "hill.sch.uk"'s.
bool is_aligned(std::string_view one, std::string_view other) {
    return !one.empty() && !other.empty() &&
           (one == other || parsers::is_subdomain(one, other) || parsers::is_subdomain(other, one));
}

bool is_dmarc_pass(const AuthenticationResult& result) {
    return result.result == "pass";
}

bool is_dmarc_fail(const AuthenticationResult& result) {
    return result.result == "fail" || result.result == "reject" || result.result == "quarantine";
}

/// Whether a DMARC result is about the author's domain: each header.from is it, or none stands
/// there, as the server has judged the one From field.
bool is_about(const AuthenticationResult& result, const std::string& domain) {
    const auto names = result.values("header.from");
    return std::all_of(names.begin(), names.end(),
                       [&](std::string_view name) { return domain_of(name) == domain; });
}

JudgedAuthor by_dmarc_result(const AuthenticationResult& result, const std::string& domain) {
    const std::string shown = parsers::readable_domain(domain);
    if (!result.is_version_1 || !is_about(result, domain)) {
        return {AuthorVerdict::none, "its DMARC result is not about " + shown};
    }
    if (is_dmarc_fail(result)) return {AuthorVerdict::fail, "DMARC fails for " + shown};
    return {AuthorVerdict::pass, "DMARC passes for " + shown};
}

/// RFC 7489; nullopt where no result of DMARC says pass or fail. One that fails fails, whatever the
/// others say; several that differ are not of one server alone.
std::optional<JudgedAuthor> judge_by_dmarc(const parsers::AuthenticationResults& field,
                                           const std::string& domain) {
    std::optional<JudgedAuthor> judged;
    bool has_other = false;
    for (const AuthenticationResult& each : field.results) {
        if (each.method != "dmarc") continue;
        if (!is_dmarc_pass(each) && !is_dmarc_fail(each)) {
            has_other = true;
            continue;
        }
        const JudgedAuthor one = by_dmarc_result(each, domain);
        if (one.verdict == AuthorVerdict::fail) return one;
        has_other = has_other || (judged && *judged != one);
        judged = one;
    }
    if (!judged || !has_other) return judged;
    return JudgedAuthor{AuthorVerdict::none, "its DMARC results differ"};
}

/// The domain that a DKIM result vouches for (RFC 8601 section 2.7.1); empty where it is unclear.
std::string signer_of(const AuthenticationResult& result) {
    auto names = result.values("header.d");
    if (names.empty()) names = result.values("header.i");
    return names.size() == 1 ? domain_of(names.front()) : "";
}

/// The domain of the reverse-path; empty where it was null, when SPF speaks of HELO alone.
std::string sender_of(const AuthenticationResult& result) {
    const auto names = result.values("smtp.mailfrom");
    return names.size() == 1 ? domain_of(names.front()) : "";
}

std::optional<JudgedAuthor> judge_by_signature(const parsers::AuthenticationResults& field,
                                               const std::string& domain) {
    for (const AuthenticationResult& each : field.results) {
        const bool passes = each.method == "dkim" && each.is_version_1 && each.result == "pass";
        if (!passes || !is_aligned(signer_of(each), domain)) continue;
        return JudgedAuthor{AuthorVerdict::pass,
                            "signed by " + parsers::readable_domain(signer_of(each)) + " (DKIM)"};
    }
    return std::nullopt;
}

/// Two results that differ for the author's domain say nothing.
std::optional<JudgedAuthor> judge_by_path(const parsers::AuthenticationResults& field,
                                          const std::string& domain) {
    std::string sender;
    for (const AuthenticationResult& each : field.results) {
        const bool is_of_author =
            each.method == "spf" && each.is_version_1 && is_aligned(sender_of(each), domain);
        if (!is_of_author) continue;
        if (each.result != "pass") return std::nullopt;
        sender = sender_of(each);
    }
    if (sender.empty()) return std::nullopt;
    return JudgedAuthor{AuthorVerdict::pass,
                        "sent by a server of " + parsers::readable_domain(sender) + " (SPF)"};
}

/// Whether a login is the author: his whole address, or its local part at a server of his domain.
bool is_login_of(std::string_view login, std::string_view address, std::string_view server) {
    if (login.find('@') != std::string_view::npos) {
        return parsers::address_key(login) == parsers::address_key(address);
    }
    return is_aligned(domain_of(server), domain_of(address)) &&
           parsers::equal_ignoring_case(login, address.substr(0, address.rfind('@')));
}

/// RFC 8601 section 2.7.4: who signed in to send it. The reverse-path alone is no login: whoever
/// has signed in may have chosen it.
bool has_signed_in(const AuthenticationResult& result,
                   std::string_view address,
                   std::string_view server) {
    if (result.method != "auth" || !result.is_version_1 || result.result != "pass") return false;
    const auto logins = result.values("smtp.auth");
    const auto senders = result.values("smtp.mailfrom");
    const auto is_author = [&](std::string_view name) {
        return is_login_of(name, address, server);
    };
    return !logins.empty() && std::all_of(logins.begin(), logins.end(), is_author) &&
           std::all_of(senders.begin(), senders.end(), is_author);
}

}  // namespace

JudgedAuthor judge_author(const parsers::AuthenticationResults& field, std::string_view address) {
    const std::string domain = domain_of(address);
    const std::optional<JudgedAuthor> by_dmarc = judge_by_dmarc(field, domain);
    if (by_dmarc && by_dmarc->verdict == AuthorVerdict::fail) return *by_dmarc;
    const bool signed_in = std::any_of(
        field.results.begin(), field.results.end(),
        [&](const auto& each) { return has_signed_in(each, address, field.authserv_id); });
    if (signed_in) return {AuthorVerdict::signed_in, "the sender had signed in"};
    if (by_dmarc) return *by_dmarc;
    if (const auto by_signature = judge_by_signature(field, domain)) return *by_signature;
    if (const auto by_path = judge_by_path(field, domain)) return *by_path;
    return {AuthorVerdict::none,
            "neither DMARC, DKIM nor SPF passes for " + parsers::readable_domain(domain)};
}

}  // namespace bellhop::rules
