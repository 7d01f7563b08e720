// A private key that signs assertions, and the certificate that says whose it is.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "daemon/desk/oauth_settings.hpp"

struct evp_pkey_st;

namespace bellhop::daemon {

/// A certificate, as far as it matters here.
struct CertificateFacts {
    std::string digest = {};  ///< SHA-256 of its DER form, 32 bytes
    std::chrono::sys_seconds begins = {};
    std::chrono::sys_seconds ends = {};  ///< the first instant at which it no longer counts

    friend bool operator==(const CertificateFacts&, const CertificateFacts&) = default;
};

/// An RSA key of at least 2048 bits.
class SigningKey {
public:
    /// Of PEM text with a private key in it, without a passphrase. Throws std::runtime_error that
    /// says what is wrong, and never a word of the text.
    explicit SigningKey(std::string_view pem);

    /// Of the bytes (RFC 7518 section 3.3 and 3.5). Throws std::runtime_error.
    std::string sign(SignatureAlgorithm algorithm, std::string_view bytes) const;

    /// The certificate in `pem`, which must be of this key. Throws std::runtime_error.
    CertificateFacts certificate_in(std::string_view pem) const;

private:
    struct Deleter {
        void operator()(evp_pkey_st* key) const;
    };
    std::unique_ptr<evp_pkey_st, Deleter> key_;  // never null
};

}  // namespace bellhop::daemon
