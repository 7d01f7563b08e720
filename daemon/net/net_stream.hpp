// A connection to a mail server, opened, protected and authenticated by libcurl, as a stream with
// deadlines.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <curl/curl.h>

#include "daemon/net/connection_settings.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/net/token_source.hpp"

namespace bellhop::daemon {

using Deadline = std::chrono::steady_clock::time_point;

inline Deadline deadline_in(std::chrono::milliseconds patience) {
    return std::chrono::steady_clock::now() + patience;
}

/// One connection, for one coroutine. Every wait has a deadline.
///
/// Throws ConnectionError when the connection is not there (any more), and
/// boost::system::system_error with operation_aborted when the coroutine is cancelled. No byte is
/// lost by a cancelled read.
class NetStream {
public:
    explicit NetStream(CurlLoop& loop);
    NetStream(const NetStream&) = delete;
    NetStream& operator=(const NetStream&) = delete;
    ~NetStream();

    /// Connects up to where the protocol can be spoken: greeting, STARTTLS, and the login where it
    /// is with a password; open_connection() does all of it. `helo_name` is for SMTP; empty: the
    /// machine's own name. Precondition: not open.
    boost::asio::awaitable<void> open(MailProtocol protocol,
                                      ConnectionSettings settings,
                                      std::string helo_name);

    bool is_open() const { return descriptor_.is_open(); }

    /// Whether the token that it logged in with ends soon, and a newer one is there: whoever has
    /// nothing in flight opens the connection anew.
    bool is_outdated() const;

    /// Remembers a login that libcurl has not led: what the server said to it, as a part of
    /// opening(), and the token, with its source where it has one.
    void keep_login(std::string_view said, const TokenSource* tokens, AccessToken token);

    /// What the server said during open(), also where that failed: greeting, capabilities, reply to
    /// the login.
    const std::string& opening() const { return opening_; }

    /// At least one byte; the view holds until the next read. Throws ConnectionError timed_out at
    /// the deadline.
    boost::asio::awaitable<std::string_view> read(Deadline deadline);

    /// As read(), but nullopt at the deadline and after interrupt().
    boost::asio::awaitable<std::optional<std::string_view>> read_or_wake(Deadline deadline);

    /// Lets every other coroutine have its turn. Reads and writes do it by themselves, after many
    /// bytes.
    boost::asio::awaitable<void> give_way();

    /// Makes a read_or_wake() that waits return. Nothing is remembered where none waits.
    void interrupt();

    /// Writes all bytes. `patience` is for each piece of them that the network must take.
    boost::asio::awaitable<void> write(std::string bytes, std::chrono::milliseconds patience);

    /// As write(), where the server is silent. Where it has spoken nothing is written, and the
    /// answer is what it said, as of read(). The last look and the first byte are one turn of the
    /// loop: nothing that arrived before can be taken for an answer to these bytes.
    boost::asio::awaitable<std::optional<std::string_view>> write_unless_spoken_to(
        std::string bytes, std::chrono::milliseconds patience);

    /// Bytes that the network took since open(): tells how far a failed write() came.
    std::uint64_t written() const { return written_; }

    /// Writes what the network takes at once; for a goodbye that nobody waits for.
    void write_at_once(std::string_view bytes);

    /// Closes without a word. Idempotent.
    void close();

private:
    enum class Wait { ready, timed_out, woken };

    struct EasyCleanup {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };

    static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);

    /// Which SASL mechanisms libcurl may choose from for a password.
    enum class Mechanisms { clear, any };

    boost::asio::awaitable<CURLcode> connect(MailProtocol protocol,
                                             ConnectionSettings settings,
                                             std::string url,
                                             Mechanisms mechanisms);
    void configure(const ConnectionSettings& settings, const std::string& url);
    void configure_login(MailProtocol protocol,
                         const ConnectionSettings& settings,
                         Mechanisms mechanisms);
    void take_socket();
    std::size_t receive();
    std::size_t send(std::string_view bytes);
    boost::asio::awaitable<Wait> wait(boost::asio::posix::stream_descriptor::wait_type type,
                                      Deadline deadline);

    CurlLoop& loop_;
    std::unique_ptr<CURL, EasyCleanup> handle_;
    boost::asio::posix::stream_descriptor descriptor_;  // a duplicate: curl closes its own
    boost::asio::steady_timer timer_;
    std::vector<char> buffer_;
    std::vector<char> error_text_;
    std::string opening_;
    const TokenSource* tokens_ = nullptr;  // of the login; null where it was by password
    AccessToken token_ = {};
    std::chrono::milliseconds login_patience_{0};
    std::uint64_t written_ = 0;
    std::size_t unbroken_ = 0;  // bytes read or written since others had their turn
};

}  // namespace bellhop::daemon
