// The conversation with an IMAP server: commands out under tags, responses in one by one, each with
// a deadline.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "daemon/net/connection_settings.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/net/net_stream.hpp"
#include "parsers/protocol/imap_response.hpp"

namespace bellhop::daemon {

/// One authenticated connection. It frames and bounds; what responses mean is the caller's.
class ImapSession {
public:
    ImapSession(CurlLoop& loop, ConnectionSettings settings, parsers::ImapLimits limits);

    /// Connects, logs in and learns the capabilities that hold after the login.
    boost::asio::awaitable<void> open();
    bool is_open() const { return stream_.is_open(); }

    /// As NetStream's.
    bool is_outdated() const { return stream_.is_outdated(); }

    /// Whether the server offers the capability; upper case: "MOVE".
    bool has(const std::string& capability) const { return capabilities_.contains(capability); }

    /// A tag that no mail can guess.
    std::string new_tag();

    /// Writes "tag command CRLF", or the bare line without a tag.
    boost::asio::awaitable<void> send(std::string tag, std::string command);
    boost::asio::awaitable<void> send_line(std::string line);

    /// The next response, whatever it is. Throws ConnectionError bye after BYE, and refused after
    /// too many untagged responses without a tagged one. Capability responses are taken note of.
    boost::asio::awaitable<parsers::ImapResponse> next(Deadline deadline);

    /// As next(), but nullopt at the deadline and after interrupt().
    boost::asio::awaitable<std::optional<parsers::ImapResponse>> next_or_wake(Deadline deadline);
    void interrupt() { stream_.interrupt(); }

    /// The deadline of a command whose answer begins now and has brought `bytes` so far.
    Deadline deadline_since(Deadline start, std::uint64_t bytes) const;

    /// Bytes received since open().
    std::uint64_t received() const { return received_; }

    const Timeouts& timeouts() const { return settings_.timeouts; }

    void close() { stream_.close(); }

private:
    boost::asio::awaitable<void> skip_to_reply(std::string tag);
    boost::asio::awaitable<void> learn_capabilities();
    void note_capabilities(const parsers::ImapResponse& response);
    void check(const parsers::ImapResponse& response);

    NetStream stream_;
    ConnectionSettings settings_;
    parsers::ImapLimits limits_;
    parsers::ImapResponseParser parser_;
    std::string_view unread_ = {};  // of the stream's buffer
    std::set<std::string> capabilities_ = {};
    std::string tag_prefix_;
    std::uint32_t last_tag_ = 0;
    std::uint64_t received_ = 0;
    std::uint32_t untagged_ = 0;        // since the last tagged response
    std::uint64_t answered_bytes_ = 0;  // parser_.line_bytes() at that time
    std::uint32_t unbroken_ = 0;        // responses since others had their turn
};

}  // namespace bellhop::daemon
