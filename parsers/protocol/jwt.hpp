// JSON Web Tokens (RFC 7519): the assertions by which an application proves who it is (RFC 7523),
// up to their signature, and what an access token says of itself.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

/// What is signed. An empty text, or an absent instant, is left out.
struct Assertion {
    std::string algorithm = {};           ///< "PS256", "RS256"
    std::string key_id = {};              ///< "kid"
    std::string certificate_digest = {};  ///< "x5t#S256": the 32 bytes (RFC 7515 section 4.1.8)
    std::string issuer = {};
    std::string subject = {};
    std::string audience = {};
    std::string scope = {};
    std::string id = {};  ///< "jti"
    std::optional<std::chrono::sys_seconds> not_before = {};
    std::chrono::sys_seconds issued_at = {};
    std::chrono::sys_seconds expires = {};
};

/// Header and claims in their compact form: what is to be signed (RFC 7515 section 5.1).
std::string signing_input(const Assertion& assertion);

/// The whole assertion. `signature`: the bytes.
std::string signed_assertion(const std::string& signing_input, std::string_view signature);

/// What an access token says of itself, as far as it helps to find out why it is refused. It is
/// never proof of anything here: nobody has looked at its signature.
struct TokenClaims {
    std::string audience = {};
    std::string application = {};          ///< "appid" of Entra
    std::vector<std::string> rights = {};  ///< "roles", and the words of "scp"

    friend bool operator==(const TokenClaims&, const TokenClaims&) = default;
};

/// nullopt where the token is opaque, as Google's are.
std::optional<TokenClaims> claims_of(std::string_view token);

}  // namespace bellhop::parsers
