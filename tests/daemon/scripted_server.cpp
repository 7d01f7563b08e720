#include "tests/daemon/scripted_server.hpp"

#include <chrono>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace bellhop::daemon {
namespace asio = boost::asio;
using asio::ip::tcp;

ScriptedServer::ScriptedServer(asio::io_context& io,
                               std::vector<std::string> transcripts,
                               std::size_t cut)
    : acceptor_(io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}),
      socket_(io),
      transcripts_(std::move(transcripts)),
      cut_(cut) {
    asio::co_spawn(io, serve(), asio::detached);
}

void ScriptedServer::stop() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    socket_.close(ignored);
}

std::vector<ScriptedServer::Line> ScriptedServer::lines_of(std::string_view transcript) {
    std::vector<Line> lines;
    while (!transcript.empty()) {
        const std::size_t end = std::min(transcript.find('\n'), transcript.size());
        const std::string_view line = transcript.substr(0, end);
        transcript.remove_prefix(std::min(end + 1, transcript.size()));
        if (line.empty()) continue;
        Line& parsed = lines.emplace_back();
        parsed.verb = line.substr(0, 2);
        if (line.size() > 3) parsed.text = line.substr(3);
    }
    return lines;
}

std::size_t ScriptedServer::line_count(std::string_view transcript) {
    return lines_of(transcript).size();
}

asio::awaitable<void> ScriptedServer::serve() {
    for (;;) {
        const auto accepted =
            co_await acceptor_.async_accept(socket_, asio::as_tuple(asio::use_awaitable));
        if (std::get<0>(accepted)) co_return;
        const std::size_t index = connections_++;
        unread_.clear();
        words_.clear();
        if (index < transcripts_.size()) {
            const std::size_t cut = index == 0 ? cut_ : never;
            std::vector<Line> lines = lines_of(transcripts_[index]);
            co_await play(std::move(lines), cut);
        } else {
            complaints_.push_back("a connection too many");
        }
        boost::system::error_code ignored;
        socket_.close(ignored);
    }
}

asio::awaitable<void> ScriptedServer::play(std::vector<Line> lines, std::size_t cut) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Line line = lines[i];
        if (i == cut) {
            const bool survived = co_await befall(std::move(line));
            if (!survived) co_return;
            continue;
        }
        const bool goes_on = co_await step(std::move(line));
        if (!goes_on) co_return;
        if (connections_ == 1) ++played_;
    }
    if (cut != never) co_return;
    std::string more;
    const bool said_more = co_await read_line(&more);
    if (said_more) complaints_.push_back("after the end: " + more);
}

/// The fault in the place of a line. Whether the server goes on.
asio::awaitable<bool> ScriptedServer::befall(Line line) {
    if (fault_ == Fault::silence) {
        char byte = 0;
        for (;;) {  // until the client closes
            const auto result = co_await asio::async_read(socket_, asio::buffer(&byte, 1),
                                                          asio::as_tuple(asio::use_awaitable));
            if (std::get<0>(result)) co_return false;
        }
    }
    if (fault_ == Fault::closed || line.verb == "C:") co_return false;
    std::string garbage = "* \x01\xff{9999999999999999999999}\r\n(((\r\n";
    const bool said = co_await say(std::move(garbage));
    co_return said;
}

asio::awaitable<bool> ScriptedServer::step(Line line) {
    if (line.verb == "--") co_return false;
    if (line.verb == "C:") {
        const bool expected = co_await expect(std::move(line.text));
        co_return expected;
    }
    std::string bytes = filled_in(line.text);
    if (line.verb == "S.") {
        const bool dripped = co_await drip(std::move(bytes));
        co_return dripped;
    }
    bytes += "\r\n";
    if (line.verb == "S*") {
        const std::size_t blank = bytes.find(' ');
        const int times = std::stoi(bytes.substr(0, blank));
        const std::string once = bytes.substr(blank + 1);
        bytes.clear();
        for (int i = 0; i < times; ++i) bytes += once;
    }
    const bool said = co_await say(std::move(bytes));
    co_return said;
}

asio::awaitable<bool> ScriptedServer::expect(std::string pattern) {
    std::string line;
    const bool there = co_await read_line(&line);
    if (there && matches(line, pattern)) co_return true;
    complaints_.push_back("expected: " + pattern + ", got: " + (there ? line : "the end"));
    co_return false;
}

asio::awaitable<bool> ScriptedServer::read_line(std::string* line) {
    const auto result = co_await asio::async_read_until(
        socket_, asio::dynamic_buffer(unread_), "\r\n", asio::as_tuple(asio::use_awaitable));
    if (std::get<0>(result)) co_return false;
    const std::size_t length = std::get<1>(result);
    *line = unread_.substr(0, length - 2);
    unread_.erase(0, length);
    co_return true;
}

asio::awaitable<bool> ScriptedServer::say(std::string bytes) {
    const auto result = co_await asio::async_write(socket_, asio::buffer(bytes),
                                                   asio::as_tuple(asio::use_awaitable));
    co_return !std::get<0>(result);
}

asio::awaitable<bool> ScriptedServer::drip(std::string bytes) {
    asio::steady_timer pause{socket_.get_executor()};
    for (const char c : bytes) {
        pause.expires_after(std::chrono::milliseconds{1});
        co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
        std::string byte(1, c);
        const bool said = co_await say(std::move(byte));
        if (!said) co_return false;
    }
    co_return true;
}

/// "$a" at the beginning of a pattern stands for any first word; elsewhere for the word remembered.
bool ScriptedServer::matches(const std::string& line, const std::string& pattern) {
    const bool tagged = pattern.size() > 2 && pattern[0] == '$' && pattern[2] == ' ';
    if (!tagged) return line == filled_in(pattern);
    const std::size_t blank = line.find(' ');
    if (blank == std::string::npos) return false;
    words_[pattern[1]] = line.substr(0, blank);
    return line.substr(blank + 1) == filled_in(pattern.substr(3));
}

std::string ScriptedServer::filled_in(const std::string& text) const {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '$' && i + 1 < text.size() && words_.contains(text[i + 1])) {
            result += words_.at(text[++i]);
        } else {
            result += text[i];
        }
    }
    return result;
}

}  // namespace bellhop::daemon
