// Keys and certificates for tests, made anew each time.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "daemon/desk/oauth_settings.hpp"

struct evp_pkey_st;

namespace bellhop::daemon {

enum class KeyKind { rsa, short_rsa, ec };

/// A private key and a certificate that it has signed itself.
class TestKey {
public:
    explicit TestKey(KeyKind kind = KeyKind::rsa,
                     std::chrono::seconds begins = -std::chrono::hours{1},
                     std::chrono::seconds ends = std::chrono::hours{24 * 100});

    const std::string& private_pem() const { return private_pem_; }
    const std::string& certificate_pem() const { return certificate_pem_; }
    /// Both, as an administrator puts them into one file.
    std::string pem() const { return certificate_pem_ + private_pem_; }
    /// SHA-256 of the certificate's DER form, as openssl(1) would say it.
    const std::string& digest() const { return digest_; }

    /// Whether `signature` is this key's, checked with the public half.
    bool verifies(SignatureAlgorithm algorithm,
                  std::string_view bytes,
                  std::string_view signature) const;

private:
    struct Deleter {
        void operator()(evp_pkey_st* key) const;
    };
    std::unique_ptr<evp_pkey_st, Deleter> key_;
    std::string private_pem_;
    std::string certificate_pem_;
    std::string digest_;
};

}  // namespace bellhop::daemon
