#include "daemon/oauth/token_request.hpp"

#include <stdexcept>
#include <string_view>

#include <sys/random.h>

#include "daemon/net/http_post.hpp"
#include "daemon/oauth/signing_key.hpp"
#include "parsers/protocol/jwt.hpp"
#include "parsers/protocol/service_account_key.hpp"
#include "parsers/text/digest.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_seconds;

constexpr auto backdated = 60s;         // for clocks that differ a little
constexpr auto entra_validity = 10min;  // Entra wants 5 to 10
constexpr auto google_validity = 1h;    // Google allows no more
constexpr const char* assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr const char* jwt_bearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// A GUID that nobody had before: an assertion may be used once (RFC 7519 section 4.1.7).
std::string fresh_id() {
    std::string bytes(16, '\0');
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        throw std::runtime_error("no randomness");
    }
    const std::string text = parsers::hex(bytes);
    return text.substr(0, 8) + '-' + text.substr(8, 4) + '-' + text.substr(12, 4) + '-' +
           text.substr(16, 4) + '-' + text.substr(20);
}

std::string name_of(SignatureAlgorithm algorithm) {
    return algorithm == SignatureAlgorithm::ps256 ? "PS256" : "RS256";
}

std::string where(const SecretSource& source) {
    return source.file.empty() ? "credential \"" + source.credential + '"' : source.file.string();
}

/// What reads a file's text, with the file's name in front of its complaint.
template <class Read>
auto named(const SecretSource& source, const Read& read) {
    try {
        return read();
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(where(source) + ": " + error.what());
    }
}

/// RFC 7523 section 2.2, with what Entra wants in it.
std::string client_assertion(const OauthSettings& application,
                             const OauthCredential& credential,
                             sys_seconds now) {
    const std::string pem = read_secret_text(credential.source, "certificate");
    return named(credential.source, [&] {
        const SigningKey key{pem};
        parsers::Assertion assertion;
        assertion.algorithm = name_of(application.signature);
        assertion.certificate_digest = key.certificate_in(pem).digest;
        assertion.issuer = application.client_id;
        assertion.subject = application.client_id;
        assertion.audience = application.token_endpoint;
        assertion.id = fresh_id();
        assertion.not_before = now - backdated;
        assertion.issued_at = now - backdated;
        assertion.expires = now - backdated + entra_validity;
        const std::string input = parsers::signing_input(assertion);
        return parsers::signed_assertion(input, key.sign(application.signature, input));
    });
}

/// RFC 7523 section 2.1: Google gives a token for a user of the domain that has delegated to the
/// service account.
TokenRequest service_account_request(const OauthSettings& application,
                                     const OauthCredential& credential,
                                     const TokenWish& wish) {
    const std::string text = read_secret_text(credential.source, "service account's key");
    return named(credential.source, [&]() -> TokenRequest {
        const parsers::ReadServiceAccountKey file = parsers::read_service_account_key(text);
        if (!file.complaint.empty()) throw std::runtime_error(file.complaint);
        const std::string& endpoint =
            application.token_endpoint.empty() ? file.key.token_uri : application.token_endpoint;
        if (!is_acceptable_url(endpoint)) {
            throw std::runtime_error("its \"token_uri\" is no https:// address");
        }
        const SigningKey key{file.key.private_key};
        parsers::Assertion assertion;
        assertion.algorithm = name_of(SignatureAlgorithm::rs256);  // Google takes no other
        assertion.key_id = file.key.private_key_id;
        assertion.issuer = file.key.client_email;
        assertion.subject = wish.user;
        assertion.audience = endpoint;
        assertion.scope = application.scope;
        assertion.issued_at = wish.now - backdated;
        assertion.expires = wish.now - backdated + google_validity;
        const std::string input = parsers::signing_input(assertion);
        return {endpoint,
                {{"grant_type", jwt_bearer},
                 {"assertion",
                  parsers::signed_assertion(input, key.sign(SignatureAlgorithm::rs256, input))}}};
    });
}

}  // namespace

parsers::FormFields client_fields(const OauthSettings& application,
                                  const OauthCredential* credential,
                                  sys_seconds now) {
    parsers::FormFields fields{{"client_id", application.client_id}};
    if (credential == nullptr) return fields;
    if (application.proof == ClientProof::secret) {
        fields.emplace_back("client_secret", read_secret(credential->source, "client secret"));
    } else if (application.proof == ClientProof::certificate) {
        fields.emplace_back("client_assertion_type", assertion_type);
        fields.emplace_back("client_assertion", client_assertion(application, *credential, now));
    }
    return fields;
}

TokenRequest token_request(const OauthSettings& application,
                           const OauthCredential* credential,
                           const TokenWish& wish) {
    if (application.grant == OauthGrant::service_account) {
        if (credential == nullptr) throw std::runtime_error("no key of the service account");
        return service_account_request(application, *credential, wish);
    }
    TokenRequest request{application.token_endpoint, {}};
    request.form = client_fields(application, credential, wish.now);
    const bool is_lent = application.grant == OauthGrant::refresh_token;
    request.form.emplace_back("grant_type", is_lent ? "refresh_token" : "client_credentials");
    if (is_lent) request.form.emplace_back("refresh_token", wish.refresh_token);
    if (!application.scope.empty()) request.form.emplace_back("scope", application.scope);
    return request;
}

std::optional<sys_seconds> end_of(const OauthSettings& application,
                                  const OauthCredential& credential) {
    if (credential.ends) return sys_seconds{*credential.ends};
    if (application.proof != ClientProof::certificate) return std::nullopt;
    try {
        const std::string pem = read_secret_text(credential.source, "certificate");
        return SigningKey{pem}.certificate_in(pem).ends;
    } catch (const std::runtime_error&) {
        return std::nullopt;  // whoever asks for a token says why
    }
}

}  // namespace bellhop::daemon
