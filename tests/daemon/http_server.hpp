// An HTTP server on loopback that answers what a test wants, one connection after the other.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace bellhop::daemon {

class HttpServer {
public:
    explicit HttpServer(boost::asio::io_context& io);
    ~HttpServer() { stop(); }
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::string url(const std::string& path = "/token") const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + path;
    }

    /// The answer to the next request, as it goes over the wire. Where none is left the server
    /// says nothing.
    void answer(std::string bytes) { answers_.push_back(std::move(bytes)); }
    /// With a status line and a length.
    void answer(int status, const std::string& body, const std::string& fields = "");

    /// The requests' bodies, in order, and the last request's header.
    const std::vector<std::string>& bodies() const { return bodies_; }
    const std::string& header() const { return header_; }

    void stop();

    /// Called when a request has come whole.
    std::function<void()> before_answer = [] {};

private:
    boost::asio::awaitable<void> serve();
    boost::asio::awaitable<void> serve_one();

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ip::tcp::socket socket_;
    std::deque<std::string> answers_ = {};
    std::vector<std::string> bodies_ = {};
    std::string header_ = {};
};

}  // namespace bellhop::daemon
