// One HTTPS request with a body, and its answer: bounded, with a deadline, and never led elsewhere.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/net/curl_loop.hpp"

namespace bellhop::daemon {

struct HttpPost {
    std::string url = {};  ///< is_acceptable_url() holds of it
    std::vector<std::string> header_lines = {};
    std::string body = {};
    std::string ca_file = {};  ///< PEM; instead of the system's authorities
    std::chrono::milliseconds patience = std::chrono::seconds{30};  ///< DNS to the last byte
};

struct HttpAnswer {
    int status = 0;
    std::string body = {};
    std::optional<std::chrono::seconds> retry_after = {};  ///< where the server says so in seconds
    std::optional<std::chrono::sys_seconds> date = {};     ///< the server's clock

    friend bool operator==(const HttpAnswer&, const HttpAnswer&) = default;
};

constexpr std::size_t max_http_body = 64 * 1024;    // bytes of an answer
constexpr std::size_t max_http_header = 32 * 1024;  // bytes of its header fields

/// https, or http to this machine itself, without user, password and fragment. What goes to such a
/// place is a secret.
bool is_acceptable_url(const std::string& url);

/// The host that a URL names; empty where it is none.
std::string host_of_url(const std::string& url);

/// Whatever the server answers is an answer, also a redirection, which is not followed. Throws
/// ConnectionError where none comes, with the host's name in it; operation_aborted when cancelled.
/// Precondition: is_acceptable_url(post.url).
boost::asio::awaitable<HttpAnswer> http_post(CurlLoop& loop, HttpPost post);

}  // namespace bellhop::daemon
