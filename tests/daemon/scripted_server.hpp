// A mail server that says what a transcript wants it to say, on loopback, in the loop of the test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace bellhop::daemon {

/// Plays one transcript for each connection, in order. A transcript is lines:
///   C: TEXT    the client must send this line; "$a" in it takes any word and remembers it
///   S: TEXT    the server sends this line; "$a" in it is the word remembered
///   S* N TEXT  N times
///   S. TEXT    byte by byte, one each millisecond, without a line end
///   --         the server closes
/// At the end of a transcript the server waits for the client to close.
class ScriptedServer {
public:
    static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

    /// What befalls the first connection before the line `cut` of its transcript.
    enum class Fault {
        closed,   ///< the server closes
        silence,  ///< it says and reads nothing more
        garbled,  ///< it says something else than the line
    };

    /// `cut`: where `fault` befalls the first connection; closed unless told otherwise.
    ScriptedServer(boost::asio::io_context& io,
                   std::vector<std::string> transcripts,
                   std::size_t cut = never);

    void set_fault(Fault fault) { fault_ = fault; }

    /// The number of lines of a transcript.
    static std::size_t line_count(std::string_view transcript);

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    /// What the client did wrong: lines that were not expected, connections that were not.
    const std::vector<std::string>& complaints() const { return complaints_; }

    /// Connections accepted.
    std::size_t connections() const { return connections_; }

    /// Lines played of the first transcript.
    std::size_t played() const { return played_; }

    /// Ends, whatever is under way.
    void stop();

private:
    struct Line {
        std::string verb = {};
        std::string text = {};
    };

    static std::vector<Line> lines_of(std::string_view transcript);
    boost::asio::awaitable<void> serve();
    boost::asio::awaitable<void> play(std::vector<Line> lines, std::size_t cut);
    boost::asio::awaitable<bool> befall(Line line);
    boost::asio::awaitable<bool> step(Line line);
    boost::asio::awaitable<bool> expect(std::string pattern);
    boost::asio::awaitable<bool> read_line(std::string* line);
    boost::asio::awaitable<bool> say(std::string bytes);
    boost::asio::awaitable<bool> drip(std::string bytes);
    bool matches(const std::string& line, const std::string& pattern);
    std::string filled_in(const std::string& text) const;

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ip::tcp::socket socket_;
    std::vector<std::string> transcripts_;
    std::size_t cut_;
    Fault fault_ = Fault::closed;
    std::string unread_ = {};
    std::map<char, std::string> words_ = {};
    std::size_t connections_ = 0;
    std::size_t played_ = 0;
    std::vector<std::string> complaints_ = {};
};

}  // namespace bellhop::daemon
