#include "daemon/imap/imap_session.hpp"

#include <random>

#include "daemon/net/bearer_login.hpp"
#include "daemon/net/connection_error.hpp"
#include "parsers/protocol/imap_refusal.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
namespace {

constexpr std::uint32_t max_untagged = 100'000;   // responses to one command
constexpr std::uint64_t max_answer = 32'000'000;  // bytes of them, the texts of mails apart
constexpr std::size_t max_before_reply =
    64 * 1024;                                   // bytes between login and our first tagged reply
constexpr std::uint32_t turn = 50;               // responses, then other coroutines may go on
constexpr std::uint64_t least_rate = 16 * 1024;  // bytes a second; a slower server is a dead one

/// Six letters: together with a counter, no tag can stand in a mail that was written before.
std::string random_prefix() {
    std::random_device random;
    std::uniform_int_distribution<int> letter{'a', 'z'};
    std::string prefix;
    for (int i = 0; i < 6; ++i) prefix += static_cast<char>(letter(random));
    return prefix;
}

std::set<std::string> words_of(std::string_view text) {
    std::set<std::string> words;
    while (!text.empty()) {
        const std::size_t blank = text.find(' ');
        if (blank != 0) words.emplace(text.substr(0, blank));
        text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    }
    return words;
}

std::set<std::string> upper(const std::set<std::string>& words) {
    std::set<std::string> result;
    for (std::string word : words) {
        for (char& c : word) {
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        }
        result.insert(std::move(word));
    }
    return result;
}

}  // namespace

ImapSession::ImapSession(CurlLoop& loop, ConnectionSettings settings, parsers::ImapLimits limits)
    : stream_(loop),
      settings_(std::move(settings)),
      limits_(limits),
      parser_(limits),
      tag_prefix_(random_prefix()) {}

asio::awaitable<void> ImapSession::open() {
    // A second connection knows nothing of the first.
    unread_ = {};
    parser_ = parsers::ImapResponseParser{limits_};
    capabilities_.clear();
    received_ = 0;
    untagged_ = 0;
    answered_bytes_ = 0;
    co_await open_connection(stream_, MailProtocol::imap, settings_, std::string{});
    // What the server sent together with its reply to the login has stayed in libcurl, perhaps half
    // a line of it. So everything before our own first reply is skipped; nothing that matters can
    // come before SELECT.
    std::string tag = new_tag();
    co_await send(tag, "NOOP");
    co_await skip_to_reply(std::move(tag));
    co_await learn_capabilities();
}

asio::awaitable<void> ImapSession::skip_to_reply(std::string tag) {
    const Deadline deadline = deadline_in(settings_.timeouts.command);
    tag += ' ';
    std::string line;
    std::size_t skipped = 0;
    for (;;) {
        if (unread_.empty()) unread_ = co_await stream_.read(deadline);
        const std::size_t end = unread_.find('\n');
        const std::size_t length = end == std::string_view::npos ? unread_.size() : end + 1;
        line.append(unread_.substr(0, length));
        unread_.remove_prefix(length);
        skipped += length;
        if (skipped > max_before_reply) {
            throw ConnectionError(ConnectionErrc::not_protocol, "no reply to the first command");
        }
        if (!line.ends_with('\n')) continue;
        if (line.starts_with(tag)) co_return;
        if (line.starts_with("* BYE")) {
            throw ConnectionError(ConnectionErrc::bye, line, parsers::refusal_of_line(line).wait);
        }
        line.clear();
    }
}

/// RFC 9051 section 6.1.1: what was offered before STARTTLS or login does not count.
asio::awaitable<void> ImapSession::learn_capabilities() {
    const std::string tag = new_tag();
    co_await send(tag, "CAPABILITY");
    const Deadline deadline = deadline_in(settings_.timeouts.command);
    for (;;) {
        const parsers::ImapResponse response = co_await next(deadline);
        if (response.kind != parsers::ImapResponse::Kind::tagged || response.tag != tag) continue;
        if (response.status == parsers::ImapStatus::ok) co_return;
        throw ConnectionError(ConnectionErrc::refused, "CAPABILITY: " + response.text);
    }
}

std::string ImapSession::new_tag() {
    return tag_prefix_ + std::to_string(++last_tag_);
}

asio::awaitable<void> ImapSession::send(std::string tag, std::string command) {
    co_await stream_.write(tag + ' ' + command + "\r\n", settings_.timeouts.block);
}

asio::awaitable<void> ImapSession::send_line(std::string line) {
    co_await stream_.write(line + "\r\n", settings_.timeouts.block);
}

asio::awaitable<std::optional<parsers::ImapResponse>> ImapSession::next_or_wake(Deadline deadline) {
    using State = parsers::ImapResponseParser::State;
    if (unbroken_ >= turn) {
        unbroken_ = 0;
        co_await stream_.give_way();
    }
    for (;;) {
        while (!unread_.empty()) {
            const parsers::ImapResponseParser::Step step = parser_.feed(unread_);
            unread_.remove_prefix(step.taken);
            if (step.state == State::fault) {
                throw ConnectionError(ConnectionErrc::not_protocol, parser_.fault());
            }
            if (step.state != State::response) continue;
            parsers::ImapResponse response = parser_.take();
            check(response);
            ++unbroken_;
            co_return response;
        }
        const std::optional<std::string_view> bytes = co_await stream_.read_or_wake(deadline);
        if (!bytes) co_return std::nullopt;
        unread_ = *bytes;
        received_ += unread_.size();
    }
}

asio::awaitable<parsers::ImapResponse> ImapSession::next(Deadline deadline) {
    for (;;) {
        std::optional<parsers::ImapResponse> response = co_await next_or_wake(deadline);
        if (response) co_return std::move(*response);
        if (std::chrono::steady_clock::now() >= deadline) {
            throw ConnectionError(ConnectionErrc::timed_out, "the server is silent");
        }
    }
}

void ImapSession::check(const parsers::ImapResponse& response) {
    if (++untagged_ > max_untagged || parser_.line_bytes() - answered_bytes_ > max_answer) {
        throw ConnectionError(ConnectionErrc::not_protocol, "responses without end");
    }
    if (response.kind == parsers::ImapResponse::Kind::tagged) {
        untagged_ = 0;
        answered_bytes_ = parser_.line_bytes();
    }
    if (response.status == parsers::ImapStatus::bye) {
        throw ConnectionError(ConnectionErrc::bye, response.text,
                              parsers::refusal_of(response).wait);
    }
    if (response.name == "CAPABILITY" || response.code == "CAPABILITY") note_capabilities(response);
}

void ImapSession::note_capabilities(const parsers::ImapResponse& response) {
    std::set<std::string> words = words_of(response.arguments);
    for (const parsers::ImapValue& value : response.values) words.insert(value.text);
    capabilities_ = upper(words);
}

Deadline ImapSession::deadline_since(Deadline start, std::uint64_t bytes) const {
    return start + settings_.timeouts.command +
           std::chrono::milliseconds{bytes * 1000 / least_rate};
}

}  // namespace bellhop::daemon
