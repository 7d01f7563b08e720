#include "tests/daemon/oauth/test_keys.hpp"

#include <array>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace bellhop::daemon {
namespace {

EVP_PKEY* make(KeyKind kind) {
    switch (kind) {
        case KeyKind::ec:
            return EVP_EC_gen("P-256");
        case KeyKind::short_rsa:
            return EVP_RSA_gen(1024);
        case KeyKind::rsa:
            break;
    }
    return EVP_RSA_gen(2048);
}

template <class Write>
std::string written(const Write& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio{BIO_new(BIO_s_mem()), &BIO_free};
    write(bio.get());
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

}  // namespace

void TestKey::Deleter::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

TestKey::TestKey(KeyKind kind, std::chrono::seconds begins, std::chrono::seconds ends)
    : key_(make(kind)) {
    private_pem_ = written([&](BIO* bio) {
        PEM_write_bio_PrivateKey(bio, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    const std::unique_ptr<X509, decltype(&X509_free)> certificate{X509_new(), &X509_free};
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 7);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), static_cast<long>(begins.count()));
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), static_cast<long>(ends.count()));
    X509_set_pubkey(certificate.get(), key_.get());
    X509_sign(certificate.get(), key_.get(), EVP_sha256());
    certificate_pem_ = written([&](BIO* bio) { PEM_write_bio_X509(bio, certificate.get()); });
    const std::string der = written([&](BIO* bio) { i2d_X509_bio(bio, certificate.get()); });
    digest_.resize(32);
    EVP_Digest(der.data(), der.size(), reinterpret_cast<unsigned char*>(digest_.data()), nullptr,
               EVP_sha256(), nullptr);
}

bool TestKey::verifies(SignatureAlgorithm algorithm,
                       std::string_view bytes,
                       std::string_view signature) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free};
    // The public half alone.
    const std::string pem = written([&](BIO* bio) { PEM_write_bio_PUBKEY(bio, key_.get()); });
    const std::unique_ptr<BIO, decltype(&BIO_free)> reader{
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
    const std::unique_ptr<EVP_PKEY, Deleter> half{
        PEM_read_bio_PUBKEY(reader.get(), nullptr, nullptr, nullptr)};
    EVP_PKEY_CTX* options = nullptr;
    EVP_DigestVerifyInit(context.get(), &options, EVP_sha256(), nullptr, half.get());
    if (algorithm == SignatureAlgorithm::ps256) {
        EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
        EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST);
    }
    return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                            signature.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size()) == 1;
}

}  // namespace bellhop::daemon
