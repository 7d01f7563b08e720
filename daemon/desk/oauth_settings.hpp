// How bellhop.toml names an application that gets access tokens: [oauth.NAME].
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "daemon/desk/secret_source.hpp"
#include "parsers/config/config_value.hpp"

namespace bellhop::daemon {

enum class OauthProvider { microsoft365, google, other };

/// How a token is asked for.
enum class OauthGrant {
    client_credentials,  ///< by the application for itself (RFC 6749 section 4.4)
    service_account,     ///< Google: an assertion for a user of the domain (RFC 7523)
    refresh_token,       ///< with what a person who logged in has lent (`bellhop login`)
};

/// By what the application proves who it is.
enum class ClientProof {
    none,         ///< a public client: device code
    secret,       ///< client_secret
    certificate,  ///< a signed assertion (RFC 7523); a PEM file with certificate and private key
    key_file,     ///< Google's JSON file
};

enum class SignatureAlgorithm { ps256, rs256 };

/// One of at most two that count at a time, so that one can take over from the other.
struct OauthCredential {
    SecretSource source = {};
    /// The first instant at which a secret no longer counts, where the administrator has said so. A
    /// certificate knows it itself.
    std::optional<std::chrono::sys_days> ends = {};

    friend bool operator==(const OauthCredential&, const OauthCredential&) = default;
};

struct OauthSettings {
    std::string name = {};
    OauthProvider provider = OauthProvider::other;
    OauthGrant grant = OauthGrant::client_credentials;
    std::string client_id = {};
    std::string token_endpoint = {};   ///< empty for a service account: its file names it
    std::string device_endpoint = {};  ///< empty where there is no login by device code
    std::string scope = {};
    ClientProof proof = ClientProof::none;
    SignatureAlgorithm signature = SignatureAlgorithm::ps256;
    std::vector<OauthCredential> credentials = {};  ///< none with ClientProof::none
    std::filesystem::path ca_file = {};

    friend bool operator==(const OauthSettings&, const OauthSettings&) = default;
};

/// The sections [oauth.NAME]. Complaints go to the list of `root`; relative paths are relative to
/// `folder`.
std::vector<OauthSettings> read_applications(parsers::ConfigTable& root,
                                             const std::filesystem::path& folder);

/// The application of that name. Precondition: there is one.
const OauthSettings& application_named(const std::vector<OauthSettings>& applications,
                                       const std::string& name);

}  // namespace bellhop::daemon
