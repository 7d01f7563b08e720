// What is asked of a token endpoint.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "daemon/desk/oauth_settings.hpp"
#include "parsers/encoding/form_encoding.hpp"

namespace bellhop::daemon {

struct TokenRequest {
    std::string endpoint = {};
    parsers::FormFields form = {};  ///< a secret as a whole
};

/// What a request says besides the application.
struct TokenWish {
    std::string user = {};           ///< the account that the token is for
    std::string refresh_token = {};  ///< of OauthGrant::refresh_token
    std::chrono::sys_seconds now = {};
};

/// Proves with `credential`, which is null where the application has none. Reads files: a secret
/// that was changed counts at once. Throws std::runtime_error that says what is wrong with the
/// credential, never a word of it.
TokenRequest token_request(const OauthSettings& application,
                           const OauthCredential* credential,
                           const TokenWish& wish);

/// The fields by which the application says who it is: client_id, and the proof. As
/// token_request().
parsers::FormFields client_fields(const OauthSettings& application,
                                  const OauthCredential* credential,
                                  std::chrono::sys_seconds now);

/// The certificate of an application that signs with one; nullopt for others, and where it cannot
/// be read.
std::optional<std::chrono::sys_seconds> end_of(const OauthSettings& application,
                                               const OauthCredential& credential);

}  // namespace bellhop::daemon
