#include "daemon/oauth/signing_key.hpp"

#include <array>
#include <ctime>
#include <stdexcept>

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace bellhop::daemon {
namespace {

constexpr int least_bits = 2048;

struct BioDeleter {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
struct CertificateDeleter {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
struct ContextDeleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

std::unique_ptr<BIO, BioDeleter> reader_of(std::string_view text) {
    return std::unique_ptr<BIO, BioDeleter>{
        BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

/// A service has nobody to ask for a passphrase.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

std::chrono::sys_seconds instant_of(const ASN1_TIME* time) {
    std::tm parts = {};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        throw std::runtime_error("the certificate has no right dates");
    }
    return std::chrono::sys_seconds{std::chrono::seconds{timegm(&parts)}};
}

/// RSASSA-PSS with the salt as long as the digest (RFC 7518 section 3.5).
bool use_pss(EVP_PKEY_CTX* context) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

}  // namespace

void SigningKey::Deleter::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

SigningKey::SigningKey(std::string_view pem)
    : key_(PEM_read_bio_PrivateKey(reader_of(pem).get(), nullptr, &no_passphrase, nullptr)) {
    ERR_clear_error();
    if (!key_) {
        const bool is_encrypted = pem.find("ENCRYPTED") != std::string_view::npos;
        throw std::runtime_error(is_encrypted ? "the private key has a passphrase; take it off"
                                              : "there is no private key in it (PEM)");
    }
    if (EVP_PKEY_get_base_id(key_.get()) != EVP_PKEY_RSA) {
        throw std::runtime_error("the private key is no RSA key");
    }
    if (EVP_PKEY_get_bits(key_.get()) < least_bits) {
        throw std::runtime_error("the private key has less than 2048 bits");
    }
}

std::string SigningKey::sign(SignatureAlgorithm algorithm, std::string_view bytes) const {
    const std::unique_ptr<EVP_MD_CTX, ContextDeleter> context{EVP_MD_CTX_new()};
    EVP_PKEY_CTX* options = nullptr;  // belongs to the context
    const bool is_ready =
        EVP_DigestSignInit(context.get(), &options, EVP_sha256(), nullptr, key_.get()) == 1 &&
        (algorithm == SignatureAlgorithm::rs256 || use_pss(options));
    const auto* octets = reinterpret_cast<const unsigned char*>(bytes.data());
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())), '\0');
    std::size_t size = signature.size();
    const bool is_signed =
        is_ready &&
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       octets, bytes.size()) == 1;
    ERR_clear_error();
    if (!is_signed) throw std::runtime_error("cannot sign with the private key");
    signature.resize(size);
    return signature;
}

CertificateFacts SigningKey::certificate_in(std::string_view pem) const {
    const std::unique_ptr<X509, CertificateDeleter> certificate{
        PEM_read_bio_X509(reader_of(pem).get(), nullptr, &no_passphrase, nullptr)};
    ERR_clear_error();
    if (!certificate) throw std::runtime_error("there is no certificate in it (PEM)");
    if (X509_check_private_key(certificate.get(), key_.get()) != 1) {
        ERR_clear_error();
        throw std::runtime_error("certificate and private key do not belong together");
    }
    CertificateFacts facts;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) != 1) {
        throw std::runtime_error("the certificate has no digest");
    }
    facts.digest.assign(digest.begin(), digest.begin() + size);
    facts.begins = instant_of(X509_get0_notBefore(certificate.get()));
    facts.ends = instant_of(X509_get0_notAfter(certificate.get())) + std::chrono::seconds{1};
    return facts;
}

}  // namespace bellhop::daemon
