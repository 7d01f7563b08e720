#include "daemon/serve/control_server.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/control/control_socket.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using namespace std::chrono_literals;

constexpr int most_sessions = 64;  // at a time; others wait in the kernel's backlog
constexpr auto idle_patience = 60s;
constexpr auto request_patience = 30s;  // for the rest of a request that has begun
constexpr auto answer_patience = 30s;
constexpr std::size_t piece = 256 * 1024;  // bytes read at once

enum class Race { ready, late };

/// Waits until the socket can be read or written, but not longer than `patience`.
asio::awaitable<Race> wait(stream_protocol::socket& socket,
                           stream_protocol::socket::wait_type type,
                           std::chrono::milliseconds patience) {
    asio::steady_timer timer{socket.get_executor(), patience};
    auto race = asio::experimental::make_parallel_group(socket.async_wait(type, asio::deferred),
                                                        timer.async_wait(asio::deferred));
    // Not operator||: it would sit out the patience where the socket fails.
    const auto result = co_await std::move(race).async_wait(asio::experimental::wait_for_one(),
                                                            asio::use_awaitable);
    const auto& [order, socket_error, timer_error] = result;
    co_return order[0] == 0 && !socket_error ? Race::ready : Race::late;
}

}  // namespace

struct ControlServer::Session {
    Session(ControlServer& its_server, stream_protocol::socket its_socket)
        : server(its_server), socket(std::move(its_socket)) {
        ++server.open_;
    }
    ~Session() {
        --server.open_;
        server.room_.cancel();
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    ControlServer& server;
    stream_protocol::socket socket;
    Peer peer = {};
    std::string received = {};  // not used up yet
};

ControlServer::ControlServer(asio::io_context& context,
                             Supervisor& supervisor,
                             std::filesystem::path database,
                             std::function<std::size_t()> largest_body,
                             Answering answering)
    : context_(context),
      supervisor_(supervisor),
      database_(std::move(database)),
      largest_body_(std::move(largest_body)),
      answering_(std::move(answering)),
      room_(context) {}

ControlServer::~ControlServer() {
    if (has_listened_) unlink(control_socket_of(database_).c_str());
}

asio::awaitable<void> ControlServer::run() {
    Descriptor listening = listening_socket(database_);
    has_listened_ = true;
    stream_protocol::acceptor acceptor{context_};
    acceptor.assign(stream_protocol{}, listening.release());
    while (!supervisor_.is_stopping()) {
        if (open_ >= most_sessions) {
            room_.expires_after(idle_patience);
            boost::system::error_code has_ended;
            co_await room_.async_wait(asio::redirect_error(asio::use_awaitable, has_ended));
            continue;
        }
        stream_protocol::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        open_session(std::move(socket));
    }
}

void ControlServer::open_session(stream_protocol::socket socket) {
    const std::uint64_t number = ++last_number_;
    auto session = std::make_unique<Session>(*this, std::move(socket));
    session->peer = peer_at(session->socket.native_handle());
    session->socket.native_non_blocking(true);
    const std::string process = std::to_string(session->peer.process);
    fresh_[number] = std::move(session);
    supervisor_.start({.name = "control " + std::to_string(number),
                       .event = "control_connection_failed",
                       .level = LogLevel::warn,
                       .subject_key = "process",
                       .subject = process,
                       .work = [this, number] { return serve(number); },
                       .once = true});
}

asio::awaitable<void> ControlServer::serve(std::uint64_t number) {
    const std::unique_ptr<Session> session = std::move(fresh_.extract(number).mapped());
    for (;;) {
        const std::optional<Request> request = co_await read(*session);
        if (!request) co_return;
        std::string line = line_of(answering_(*request, session->peer));
        co_await write(*session, std::move(line));
        // Whoever asks without a pause does not keep mail waiting.
        co_await asio::post(context_, asio::use_awaitable);
    }
}

/// The next request; nothing where the other end has hung up, is silent, or says what is none.
asio::awaitable<std::optional<Request>> ControlServer::read(Session& session) {
    std::string& received = session.received;
    std::size_t end = received.find('\n');
    for (bool has_begun = !received.empty(); end == std::string::npos; has_begun = true) {
        if (received.size() > longest_request_line) break;
        const std::size_t seen = received.size();
        const std::chrono::milliseconds patience = has_begun ? request_patience : idle_patience;
        const bool more = co_await receive(session, patience);
        if (!more) co_return std::nullopt;
        end = received.find('\n', seen);
    }
    auto announced = read_request(std::string_view{received}.substr(0, end));
    if (!announced) {
        std::string complaint = line_of(refused(EX_PROTOCOL, announced.error()));
        co_await write(session, std::move(complaint));
        co_return std::nullopt;
    }
    received.erase(0, end + 1);
    if (announced->body > largest_body_()) {
        std::string complaint =
            line_of(refused(EX_TEMPFAIL, "more bytes than message_size allows"));
        co_await write(session, std::move(complaint));
        co_return std::nullopt;
    }
    while (received.size() < announced->body) {
        const bool more = co_await receive(session, request_patience);
        if (!more) co_return std::nullopt;
    }
    // Nearly always the body is all that is there; a large one is not copied.
    std::string rest = received.substr(announced->body);
    received.resize(announced->body);
    announced->request.body = std::exchange(received, std::move(rest));
    co_return std::move(announced->request);
}

/// Appends what has arrived. False where nothing comes any more.
asio::awaitable<bool> ControlServer::receive(Session& session, std::chrono::milliseconds patience) {
    for (;;) {
        const std::size_t before = session.received.size();
        session.received.resize(before + piece);
        const ssize_t size =
            ::recv(session.socket.native_handle(), session.received.data() + before, piece, 0);
        const int problem = errno;
        session.received.resize(before + static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        if (size > 0) co_return true;
        if (size == 0 || (problem != EAGAIN && problem != EINTR)) co_return false;
        const Race race =
            co_await wait(session.socket, stream_protocol::socket::wait_read, patience);
        if (race == Race::late) co_return false;
    }
}

/// Whoever does not listen to the answer gets none.
asio::awaitable<void> ControlServer::write(Session& session, std::string line) {
    for (std::size_t at = 0; at < line.size();) {
        const ssize_t size = ::send(session.socket.native_handle(), line.data() + at,
                                    line.size() - at, MSG_NOSIGNAL);
        if (size > 0) {
            at += static_cast<std::size_t>(size);
        } else if (errno == EAGAIN || errno == EINTR) {
            const Race race =
                co_await wait(session.socket, stream_protocol::socket::wait_write, answer_patience);
            if (race == Race::late) co_return;
        } else {
            co_return;
        }
    }
}

}  // namespace bellhop::daemon
