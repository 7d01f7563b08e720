#include "daemon/net/server_look.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <memory>
#include <string_view>

#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include "daemon/net/connection_error.hpp"
#include "daemon/net/server_url.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
namespace {

constexpr std::size_t max_heard = 1024;  // bytes of a first line
constexpr std::size_t max_shown = 200;   // bytes of a name in a certificate
constexpr int max_names = 20;

/// A transfer of curl's that leaves its loop when it goes.
class Transfer {
public:
    explicit Transfer(CurlLoop& loop) : loop_(loop), handle_(curl_easy_init()) {
        set(CURLOPT_CONNECT_ONLY, 1L);
        set(CURLOPT_FRESH_CONNECT, 1L);
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_QUICK_EXIT, 1L);  // or a slow resolver is waited for at close
    }
    ~Transfer() {
        loop_.remove(handle_);
        curl_easy_cleanup(handle_);
    }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    template <class Value>
    void set(CURLoption option, Value value) {
        curl_easy_setopt(handle_, option, value);
    }
    CURL* handle() const { return handle_; }

private:
    CurlLoop& loop_;
    CURL* handle_;
};

[[noreturn]] void throw_not_connected(CURLcode code, const char* text) {
    const std::string words = *text != '\0' ? text : curl_easy_strerror(code);
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            throw ConnectionError(ConnectionErrc::unresolved, words);
        case CURLE_OPERATION_TIMEDOUT:
            throw ConnectionError(ConnectionErrc::timed_out, words);
        default:
            throw ConnectionError(ConnectionErrc::unreachable, words);
    }
}

/// Waits until there is something to read. False at the deadline.
asio::awaitable<bool> is_readable(asio::posix::stream_descriptor& socket,
                                  asio::steady_timer& deadline) {
    auto race = asio::experimental::make_parallel_group(
        socket.async_wait(asio::posix::stream_descriptor::wait_read, asio::deferred),
        deadline.async_wait(asio::deferred));
    const auto result = co_await std::move(race).async_wait(asio::experimental::wait_for_one(),
                                                            asio::use_awaitable);
    co_return std::get<0>(result)[0] == 0;
}

std::string first_line(std::string_view heard) {
    return parsers::printable(heard.substr(0, heard.find_first_of("\r\n")), max_heard);
}

// ---- certificates ----

struct Free {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// The server's own certificate, the first of those that it has sent.
Owned<X509> certificate_of(CURL* handle) {
    curl_certinfo* chain = nullptr;
    constexpr std::string_view label = "Cert:";
    if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == nullptr ||
        chain->num_of_certs < 1) {
        return nullptr;
    }
    for (const curl_slist* each = chain->certinfo[0]; each != nullptr; each = each->next) {
        const std::string_view text{each->data};
        if (!text.starts_with(label)) continue;
        const Owned<BIO> pem{BIO_new_mem_buf(text.data() + label.size(),
                                             static_cast<int>(text.size() - label.size()))};
        return Owned<X509>{PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr)};
    }
    return nullptr;
}

std::string text_of(const ASN1_STRING* text) {
    const auto* bytes = reinterpret_cast<const char*>(ASN1_STRING_get0_data(text));
    return parsers::printable({bytes, static_cast<std::size_t>(ASN1_STRING_length(text))},
                              max_shown);
}

std::string address_of(const ASN1_OCTET_STRING* address) {
    const auto length = ASN1_STRING_length(address);
    const unsigned char* octets = ASN1_STRING_get0_data(address);
    std::string text;
    for (int i = 0; i < length; ++i) text += (i > 0 ? "." : "") + std::to_string(octets[i]);
    return length == 4 ? text : "an IPv6 address";
}

/// RFC 6125: host names and addresses in subjectAltName.
std::vector<std::string> names_of(const X509* certificate) {
    std::vector<std::string> names;
    const Owned<GENERAL_NAMES> all{static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr))};
    if (!all) return names;
    for (int i = 0; i < std::min(sk_GENERAL_NAME_num(all.get()), max_names); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), i);
        if (name->type == GEN_DNS) names.push_back(text_of(name->d.dNSName));
        if (name->type == GEN_IPADD) names.push_back(address_of(name->d.iPAddress));
    }
    return names;
}

std::string issuer_of(const X509* certificate) {
    std::array<char, max_shown> text{};
    X509_NAME_oneline(X509_get_issuer_name(certificate), text.data(),
                      static_cast<int>(text.size()));
    return parsers::printable(text.data(), max_shown);
}

std::optional<std::chrono::sys_seconds> end_of(const X509* certificate) {
    std::tm time{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &time) != 1) return std::nullopt;
    return std::chrono::sys_seconds{std::chrono::seconds{timegm(&time)}};
}

ChainFault fault_of(CURL* handle) {
    long result = X509_V_OK;
    curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &result);
    switch (result) {
        case X509_V_OK:
            return ChainFault::none;
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return ChainFault::self_signed;
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return ChainFault::unknown_issuer;
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return ChainFault::expired;
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return ChainFault::not_yet_valid;
        default:
            return ChainFault::other;
    }
}

/// libcurl reads no authorities where it is not to verify; what is wrong with the chain is judged
/// by those of the settings.
CURLcode know_authorities(CURL* /*handle*/, void* context, void* given) {
    const auto& settings = *static_cast<const ConnectionSettings*>(given);
    const bool own_ca = !settings.ca_file.empty();
    SSL_CTX_load_verify_locations(static_cast<SSL_CTX*>(context),
                                  own_ca ? settings.ca_file.c_str() : nullptr,
                                  own_ca ? nullptr : settings.ca_path.c_str());
    return CURLE_OK;
}

}  // namespace

asio::awaitable<FirstHeard> listen_first(CurlLoop& loop,
                                         ConnectionSettings settings,
                                         std::chrono::milliseconds patience) {
    // Any scheme will do: curl connects, and says nothing.
    settings.security = Security::none;
    const std::string url = server_url(MailProtocol::smtp, settings, {});
    const std::string bare = "http" + url.substr(url.find(':'));
    Transfer transfer{loop};
    std::array<char, CURL_ERROR_SIZE> error_text{};
    transfer.set(CURLOPT_URL, bare.c_str());
    transfer.set(CURLOPT_ERRORBUFFER, error_text.data());
    transfer.set(CURLOPT_HTTPPROXYTUNNEL, 1L);
    if (is_loopback(settings.host)) transfer.set(CURLOPT_PROXY, "");
    const CURLcode code = co_await loop.perform(transfer.handle(), settings.timeouts.connect);
    if (code != CURLE_OK) throw_not_connected(code, error_text.data());
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(transfer.handle(), CURLINFO_ACTIVESOCKET, &socket);
    const int duplicate = socket == CURL_SOCKET_BAD ? -1 : ::dup(socket);
    if (duplicate < 0) throw ConnectionError(ConnectionErrc::lost, "no socket");
    asio::posix::stream_descriptor descriptor{loop.executor(), duplicate};
    asio::steady_timer deadline{loop.executor(), patience};
    std::string heard;
    std::array<char, max_heard> buffer{};
    while (heard.find('\n') == std::string::npos && heard.size() < max_heard) {
        const bool is_there = co_await is_readable(descriptor, deadline);
        if (!is_there) co_return FirstHeard{first_line(heard), false};
        std::size_t count = 0;
        const CURLcode got =
            curl_easy_recv(transfer.handle(), buffer.data(), buffer.size(), &count);
        if (got == CURLE_AGAIN) continue;
        if (got != CURLE_OK || count == 0) co_return FirstHeard{first_line(heard), true};
        heard.append(buffer.data(), count);
    }
    co_return FirstHeard{first_line(heard), false};
}

asio::awaitable<TlsLook> look_at_certificate(CurlLoop& loop,
                                             MailProtocol protocol,
                                             ConnectionSettings settings) {
    const std::string url = server_url(protocol, settings, {});
    Transfer transfer{loop};
    transfer.set(CURLOPT_URL, url.c_str());
    transfer.set(CURLOPT_PROTOCOLS_STR, "imap,imaps,smtp,smtps");
    transfer.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    transfer.set(CURLOPT_CERTINFO, 1L);
    // To be looked at, not to be trusted: no user and no password are set, and it is closed at
    // once.
    transfer.set(CURLOPT_SSL_VERIFYPEER, 0L);
    transfer.set(CURLOPT_SSL_VERIFYHOST, 0L);
    transfer.set(CURLOPT_SSL_CTX_FUNCTION, &know_authorities);
    transfer.set(CURLOPT_SSL_CTX_DATA, &settings);
    if (is_loopback(settings.host)) transfer.set(CURLOPT_PROXY, "");
    const CURLcode code = co_await loop.perform(transfer.handle(), settings.timeouts.connect);
    TlsLook look;
    look.is_timed_out = code == CURLE_OPERATION_TIMEDOUT;
    // Whatever came of the greeting behind it: a handshake has taken place, or not.
    const Owned<X509> certificate = certificate_of(transfer.handle());
    if (!certificate) co_return look;
    ShownCertificate shown;
    shown.names = names_of(certificate.get());
    shown.issuer = issuer_of(certificate.get());
    shown.valid_until = end_of(certificate.get());
    shown.fault = fault_of(transfer.handle());
    look.certificate = std::move(shown);
    co_return look;
}

}  // namespace bellhop::daemon
