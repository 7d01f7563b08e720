#include "tests/daemon/http_server.hpp"

#include <charconv>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace bellhop::daemon {
namespace asio = boost::asio;
using asio::ip::tcp;

HttpServer::HttpServer(asio::io_context& io)
    : acceptor_(io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}), socket_(io) {
    asio::co_spawn(io, serve(), asio::detached);
}

void HttpServer::answer(int status, const std::string& body, const std::string& fields) {
    answer("HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Type: application/json\r\n" +
           fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

void HttpServer::stop() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    socket_.close(ignored);
}

asio::awaitable<void> HttpServer::serve() {
    for (;;) {
        const auto accepted =
            co_await acceptor_.async_accept(socket_, asio::as_tuple(asio::use_awaitable));
        if (std::get<0>(accepted)) co_return;
        co_await serve_one();
        boost::system::error_code ignored;
        socket_.close(ignored);
    }
}

asio::awaitable<void> HttpServer::serve_one() {
    std::string text;
    const auto read = co_await asio::async_read_until(
        socket_, asio::dynamic_buffer(text), "\r\n\r\n", asio::as_tuple(asio::use_awaitable));
    if (std::get<0>(read)) co_return;
    const std::size_t end = std::get<1>(read);
    header_ = text.substr(0, end);
    text.erase(0, end);
    std::size_t size = 0;
    const std::size_t at = header_.find("Content-Length: ");
    if (at != std::string::npos) {
        std::from_chars(header_.data() + at + 16, header_.data() + header_.size(), size);
    }
    if (text.size() < size) {
        co_await asio::async_read(socket_, asio::dynamic_buffer(text),
                                  asio::transfer_exactly(size - text.size()),
                                  asio::as_tuple(asio::use_awaitable));
    }
    bodies_.push_back(text);
    before_answer();
    if (answers_.empty()) {
        // Until the client goes away.
        co_await asio::async_read(socket_, asio::dynamic_buffer(text),
                                  asio::as_tuple(asio::use_awaitable));
        co_return;
    }
    const std::string answer = std::move(answers_.front());
    answers_.pop_front();
    co_await asio::async_write(socket_, asio::buffer(answer), asio::as_tuple(asio::use_awaitable));
}

}  // namespace bellhop::daemon
