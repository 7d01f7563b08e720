// The control socket of the daemon: commands hand over what they are to change, one request after
// the other.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/control/request.hpp"
#include "daemon/serve/supervisor.hpp"

namespace bellhop::daemon {

/// Each connection is a duty of its own. What is no request is answered with a complaint, and the
/// connection ends; so does one that says nothing for a minute, or half a request for half a
/// minute.
class ControlServer {
public:
    /// Carries out a request that has come in whole.
    using Answering = std::function<Answer(const Request&, const Peer&)>;

    /// `context` and `supervisor` outlive this object. `largest_body` gives the bytes that a
    /// request may carry besides its line.
    ControlServer(boost::asio::io_context& context,
                  Supervisor& supervisor,
                  std::filesystem::path database,
                  std::function<std::size_t()> largest_body,
                  Answering answering);
    ~ControlServer();
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

    /// Listens until it is cancelled. Throws std::system_error where it cannot.
    boost::asio::awaitable<void> run();

private:
    struct Session;
    void open_session(boost::asio::local::stream_protocol::socket socket);
    boost::asio::awaitable<void> serve(std::uint64_t number);
    boost::asio::awaitable<std::optional<Request>> read(Session& session);
    boost::asio::awaitable<bool> receive(Session& session, std::chrono::milliseconds patience);
    boost::asio::awaitable<void> write(Session& session, std::string line);

    boost::asio::io_context& context_;
    Supervisor& supervisor_;
    std::filesystem::path database_;
    std::function<std::size_t()> largest_body_;
    Answering answering_;
    std::map<std::uint64_t, std::unique_ptr<Session>> fresh_;  // accepted, not yet served
    boost::asio::steady_timer room_;                           // cancelled when a session ends
    std::uint64_t last_number_ = 0;
    int open_ = 0;  // sessions
    bool has_listened_ = false;
};

}  // namespace bellhop::daemon
