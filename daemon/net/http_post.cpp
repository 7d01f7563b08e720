#include "daemon/net/http_post.hpp"

#include <array>
#include <charconv>
#include <memory>
#include <string_view>

#include <curl/curl.h>

#include "daemon/net/connection_error.hpp"
#include "daemon/net/connection_settings.hpp"
#include "daemon/net/curl_failure.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
namespace {

constexpr const char* ca_path = "/etc/ssl/certs";

struct UrlParts {
    std::string scheme = {};
    std::string host = {};
    bool has_more = false;  // than scheme, host, port, path and query
};

std::optional<UrlParts> parts_of(const std::string& url) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed{curl_url(), &curl_url_cleanup};
    const auto part = [&](CURLUPart which) -> std::optional<std::string> {
        char* text = nullptr;
        if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return std::nullopt;
        const std::unique_ptr<char, decltype(&curl_free)> owner{text, &curl_free};
        return std::string{text};
    };
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return std::nullopt;
    UrlParts parts;
    parts.scheme = part(CURLUPART_SCHEME).value_or("");
    parts.host = part(CURLUPART_HOST).value_or("");
    parts.has_more = part(CURLUPART_USER) || part(CURLUPART_PASSWORD) || part(CURLUPART_FRAGMENT);
    // IPv6 stands in brackets there.
    if (parts.host.starts_with('[')) parts.host = parts.host.substr(1, parts.host.size() - 2);
    return parts;
}

/// An exchange under way: the handle, and what its callbacks have gathered.
class Exchange {
public:
    Exchange(CurlLoop& loop, const HttpPost& post) : loop_(loop), handle_(curl_easy_init()) {
        ensure(handle_ != nullptr);
        for (const std::string& line : post.header_lines) {
            header_ = curl_slist_append(header_, line.c_str());
        }
        configure(post);
    }
    ~Exchange() {
        loop_.remove(handle_);
        curl_easy_cleanup(handle_);
        curl_slist_free_all(header_);
    }
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    CURL* handle() { return handle_; }
    const char* error_text() const { return error_.data(); }

    HttpAnswer take() {
        long status = 0;
        curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
        answer_.status = static_cast<int>(status);
        return std::move(answer_);
    }

private:
    void configure(const HttpPost& post) {
        curl_easy_setopt(handle_, CURLOPT_URL, post.url.c_str());
        curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "https,http");
        curl_easy_setopt(handle_, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle_, CURLOPT_QUICK_EXIT, 1L);
        // Seldom asked: no connection is kept, and with it nothing of what went over it.
        curl_easy_setopt(handle_, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(handle_, CURLOPT_FORBID_REUSE, 1L);
        curl_easy_setopt(handle_, CURLOPT_USERAGENT, "bellhop");
        curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, header_);
        // The body outlives the exchange: it stands in the frame of http_post().
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE, static_cast<long>(post.body.size()));
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, post.body.data());
        curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &Exchange::on_body);
        curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
        curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, &Exchange::on_header);
        curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
        curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, error_.data());
        if (is_loopback(host_of_url(post.url))) curl_easy_setopt(handle_, CURLOPT_PROXY, "");
        verify_peer(handle_, post.ca_file, ca_path);
    }

    static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
        std::string& body = static_cast<Exchange*>(self)->answer_.body;
        if (body.size() + size * count > max_http_body) return 0;
        body.append(bytes, size * count);
        return size * count;
    }

    static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
        auto& exchange = *static_cast<Exchange*>(self);
        exchange.header_read_ += size * count;
        if (exchange.header_read_ > max_http_header) return 0;
        exchange.take_field({bytes, size * count});
        return size * count;
    }

    void take_field(std::string_view line) {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return;
        const std::string_view name = line.substr(0, colon);
        const std::string value{parsers::trimmed(line.substr(colon + 1))};
        if (parsers::equal_ignoring_case(name, "Retry-After")) {
            long seconds = 0;
            const auto [end, error] =
                std::from_chars(value.data(), value.data() + value.size(), seconds);
            if (error == std::errc{} && end == value.data() + value.size() && seconds >= 0) {
                answer_.retry_after = std::chrono::seconds{seconds};
            }
        }
        if (parsers::equal_ignoring_case(name, "Date")) {
            const std::time_t date = curl_getdate(value.c_str(), nullptr);
            if (date > 0) answer_.date = std::chrono::sys_seconds{std::chrono::seconds{date}};
        }
    }

    CurlLoop& loop_;
    CURL* handle_;
    curl_slist* header_ = nullptr;
    std::array<char, CURL_ERROR_SIZE> error_{};
    HttpAnswer answer_ = {};
    std::size_t header_read_ = 0;
};

}  // namespace

bool is_acceptable_url(const std::string& url) {
    const std::optional<UrlParts> parts = parts_of(url);
    if (!parts || parts->host.empty() || parts->has_more) return false;
    return parts->scheme == "https" || (parts->scheme == "http" && is_loopback(parts->host));
}

std::string host_of_url(const std::string& url) {
    const std::optional<UrlParts> parts = parts_of(url);
    return parts ? parts->host : std::string{};
}

asio::awaitable<HttpAnswer> http_post(CurlLoop& loop, HttpPost post) {
    ensure(is_acceptable_url(post.url));
    Exchange exchange{loop, post};
    const CURLcode code = co_await loop.perform(exchange.handle(), post.patience);
    if (code != CURLE_OK) {
        const std::string words =
            *exchange.error_text() != '\0' ? exchange.error_text() : curl_easy_strerror(code);
        throw ConnectionError(kind_of_failure(code), host_of_url(post.url) + ": " + words);
    }
    co_return exchange.take();
}

}  // namespace bellhop::daemon
