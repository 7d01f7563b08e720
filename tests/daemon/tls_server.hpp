// A mail server behind TLS on loopback, with a certificate of the test's choice.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

struct evp_pkey_st;
struct x509_st;

namespace bellhop::daemon {

struct PrivateKeyDeleter {
    void operator()(evp_pkey_st* key) const;
};
struct CertificateDeleter {
    void operator()(x509_st* certificate) const;
};

/// A key and a certificate for it.
struct Identity {
    std::unique_ptr<evp_pkey_st, PrivateKeyDeleter> key;
    std::unique_ptr<x509_st, CertificateDeleter> certificate;
};

/// Who vouches for servers.
Identity make_authority(const std::string& name);

/// A server's: `names` as "IP:127.0.0.1,DNS:mail.example"; valid from an hour before until `ends`
/// from now.
Identity make_identity(const Identity& authority,
                       const std::string& names,
                       std::chrono::seconds ends = std::chrono::hours{1});

/// Writes the certificate as PEM.
void write_certificate(const Identity& identity, const std::filesystem::path& file);

/// The certificate, and with it the private key, as PEM.
std::string pem_of(const Identity& identity);

/// Answers one connection: the greeting, then `answer` to each line (its first word is put in the
/// place of "$1"). Counts what the client says after the handshake.
class TlsServer {
public:
    /// `clients`: who must vouch for whoever connects; null: nobody need. It outlives the server.
    TlsServer(const Identity& identity,
              std::string greeting,
              std::string answer,
              const Identity* clients = nullptr);
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    std::uint16_t port() const { return port_; }
    int lines() const { return lines_; }

private:
    void serve(const Identity& identity, const std::string& greeting, const std::string& answer);

    const Identity* clients_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> lines_ = 0;
    std::thread thread_;
};

}  // namespace bellhop::daemon
