#include "parsers/protocol/jwt.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "parsers/encoding/base64.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::parsers {
namespace {

namespace json = boost::json;

constexpr std::size_t max_claims = 16 * 1024;  // bytes of the claims of a token
constexpr std::size_t max_text = 200;          // bytes of one
constexpr std::size_t most_rights = 50;

std::int64_t seconds_of(std::chrono::sys_seconds instant) {
    return instant.time_since_epoch().count();
}

void add(json::object& object, const char* name, const std::string& text) {
    if (!text.empty()) object[name] = text;
}

std::string text_in(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return {};
    return printable(value->get_string().c_str(), max_text);
}

void add_rights(const json::object& object, std::vector<std::string>& rights) {
    const json::value* roles = object.if_contains("roles");
    if (roles != nullptr && roles->is_array()) {
        for (const json::value& one : roles->get_array()) {
            if (one.is_string() && rights.size() < most_rights) {
                rights.push_back(printable(one.get_string().c_str(), max_text));
            }
        }
    }
    const std::string scopes = text_in(object, "scp");
    for (std::size_t at = 0; at < scopes.size() && rights.size() < most_rights;) {
        const std::size_t end = std::min(scopes.find(' ', at), scopes.size());
        if (end > at) rights.push_back(scopes.substr(at, end - at));
        at = end + 1;
    }
}

}  // namespace

std::string signing_input(const Assertion& assertion) {
    json::object header{{"alg", assertion.algorithm}, {"typ", "JWT"}};
    add(header, "kid", assertion.key_id);
    if (!assertion.certificate_digest.empty()) {
        header["x5t#S256"] = encode_base64url(assertion.certificate_digest);
    }
    json::object claims;
    add(claims, "aud", assertion.audience);
    add(claims, "iss", assertion.issuer);
    add(claims, "sub", assertion.subject);
    add(claims, "scope", assertion.scope);
    add(claims, "jti", assertion.id);
    if (assertion.not_before) claims["nbf"] = seconds_of(*assertion.not_before);
    claims["iat"] = seconds_of(assertion.issued_at);
    claims["exp"] = seconds_of(assertion.expires);
    return encode_base64url(json::serialize(header)) + '.' +
           encode_base64url(json::serialize(claims));
}

std::string signed_assertion(const std::string& signing_input, std::string_view signature) {
    return signing_input + '.' + encode_base64url(signature);
}

std::optional<TokenClaims> claims_of(std::string_view token) {
    if (std::count(token.begin(), token.end(), '.') != 2) return std::nullopt;
    const std::size_t begin = token.find('.') + 1;
    const std::string_view part = token.substr(begin, token.find('.', begin) - begin);
    if (part.size() > max_claims) return std::nullopt;
    const std::optional<std::string> text = decode_base64url(part);
    if (!text) return std::nullopt;
    boost::system::error_code error;
    const json::value value = json::parse(*text, error);
    if (error || !value.is_object()) return std::nullopt;
    TokenClaims claims;
    claims.audience = text_in(value.get_object(), "aud");
    claims.application = text_in(value.get_object(), "appid");
    add_rights(value.get_object(), claims.rights);
    return claims;
}

}  // namespace bellhop::parsers
