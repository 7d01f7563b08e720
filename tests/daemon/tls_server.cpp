#include "tests/daemon/tls_server.hpp"

#include <cstdio>

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bellhop::daemon {
namespace {

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/// `issuer` null: it vouches for itself.
Identity make(const std::string& name, const Identity* issuer, std::chrono::seconds ends) {
    static long serial = 1;
    Identity made;
    made.key.reset(EVP_EC_gen("P-256"));
    made.certificate.reset(X509_new());
    X509* certificate = made.certificate.get();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), static_cast<long>(ends.count()));
    X509_set_pubkey(certificate, made.key.get());
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    const X509* signer = issuer == nullptr ? certificate : issuer->certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(signer));
    return made;
}

void sign(const Identity& made, const Identity& issuer) {
    X509_sign(made.certificate.get(), issuer.key.get(), EVP_sha256());
}

}  // namespace

void PrivateKeyDeleter::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

void CertificateDeleter::operator()(x509_st* certificate) const {
    X509_free(certificate);
}

Identity make_authority(const std::string& name) {
    Identity made = make(name, nullptr, std::chrono::hours{1});
    X509* certificate = made.certificate.get();
    add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,digitalSignature");
    sign(made, made);
    return made;
}

Identity make_identity(const Identity& authority,
                       const std::string& names,
                       std::chrono::seconds ends) {
    Identity made = make("a server", &authority, ends);
    add_extension(made.certificate.get(), authority.certificate.get(), NID_subject_alt_name, names);
    sign(made, authority);
    return made;
}

void write_certificate(const Identity& identity, const std::filesystem::path& file) {
    std::FILE* stream = std::fopen(file.c_str(), "w");
    PEM_write_X509(stream, identity.certificate.get());
    std::fclose(stream);
}

std::string pem_of(const Identity& identity) {
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, identity.certificate.get());
    PEM_write_bio_PrivateKey(bio, identity.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    std::string pem{text, static_cast<std::size_t>(size)};
    BIO_free(bio);
    return pem;
}

TlsServer::TlsServer(const Identity& identity,
                     std::string greeting,
                     std::string answer,
                     const Identity* clients)
    : clients_(clients) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), length);
    ::listen(listener_, 4);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, &identity, greeting = std::move(greeting),
                           answer = std::move(answer)] { serve(identity, greeting, answer); });
}

TlsServer::~TlsServer() {
    ::shutdown(listener_, SHUT_RDWR);
    ::close(listener_);
    thread_.join();
}

void TlsServer::serve(const Identity& identity,
                      const std::string& greeting,
                      const std::string& answer) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_use_certificate(context, identity.certificate.get());
    SSL_CTX_use_PrivateKey(context, identity.key.get());
    if (clients_ != nullptr) {
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), clients_->certificate.get());
    }
    SSL* stream = SSL_new(context);
    SSL_set_fd(stream, socket);
    if (SSL_accept(stream) == 1) {
        SSL_write(stream, greeting.data(), static_cast<int>(greeting.size()));
        std::string line;
        char byte = 0;
        while (SSL_read(stream, &byte, 1) == 1) {
            line += byte;
            if (byte != '\n') continue;
            ++lines_;
            std::string reply = answer;
            const std::size_t place = reply.find("$1");
            if (place != std::string::npos) reply.replace(place, 2, line.substr(0, line.find(' ')));
            SSL_write(stream, reply.data(), static_cast<int>(reply.size()));
            line.clear();
        }
    }
    SSL_free(stream);
    SSL_CTX_free(context);
    ::close(socket);
}

}  // namespace bellhop::daemon
