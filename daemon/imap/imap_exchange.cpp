#include "daemon/imap/imap_exchange.hpp"

#include <utility>

#include "daemon/net/connection_error.hpp"
#include "daemon/process/log.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using parsers::ImapResponse;
using parsers::ImapStatus;
namespace {

constexpr std::size_t most_alerts = 10;  // different ones that a session may put into the log

}  // namespace

void throw_refused(const parsers::Refusal& refusal) {
    throw ConnectionError(ConnectionErrc::refused, refusal.words, refusal.wait);
}

void throw_if_everything_is_refused(const ImapResponse& reply) {
    if (reply.status != ImapStatus::no && reply.status != ImapStatus::bad) return;
    const parsers::Refusal refusal = parsers::refusal_of(reply);
    if (parsers::concerns_everything(refusal.kind)) throw_refused(refusal);
}

ImapExchange::ImapExchange(CurlLoop& loop, ConnectionSettings settings, parsers::ImapLimits limits)
    : session_(loop, std::move(settings), limits) {}

asio::awaitable<std::string> ImapExchange::begin(std::string command) {
    std::string tag = session_.new_tag();
    unanswered_.insert(tag);
    co_await session_.send(tag, std::move(command));
    co_return tag;
}

asio::awaitable<ImapResponse> ImapExchange::finish(std::string tag) {
    const Deadline start = std::chrono::steady_clock::now();
    const std::uint64_t before = session_.received();
    for (;;) {
        auto reply = replies_.extract(tag);
        if (reply) co_return std::move(reply.mapped());
        co_await take_next(session_.deadline_since(start, session_.received() - before));
    }
}

asio::awaitable<ImapResponse> ImapExchange::run(std::string command) {
    std::string tag = co_await begin(std::move(command));
    ImapResponse reply = co_await finish(std::move(tag));
    co_return reply;
}

asio::awaitable<void> ImapExchange::must(std::string command) {
    const ImapResponse reply = co_await run(std::move(command));
    if (reply.status != ImapStatus::ok) throw_refused(parsers::refusal_of(reply));
}

asio::awaitable<void> ImapExchange::take_next(Deadline deadline) {
    ImapResponse response = co_await session_.next(deadline);
    take(std::move(response));
}

asio::awaitable<bool> ImapExchange::take_next_or_wake(Deadline deadline) {
    std::optional<ImapResponse> response = co_await session_.next_or_wake(deadline);
    if (!response) co_return false;
    take(std::move(*response));
    co_return true;
}

void ImapExchange::take(ImapResponse response) {
    if (response.name == "FETCH") return take_fetch(std::move(response));
    const bool tagged = response.kind == ImapResponse::Kind::tagged;
    // Nothing grows by replies to commands that were never sent.
    if (tagged && unanswered_.erase(response.tag) == 0) {
        throw ConnectionError(ConnectionErrc::not_protocol, "a reply to a command never sent");
    }
    if (response.code == "ALERT") show_alert(response);
    bool claimed = false;
    for (ImapListener* listener : listeners_) claimed = listener->take(response) || claimed;
    if (!tagged || claimed) return;
    std::string tag = response.tag;
    replies_.insert_or_assign(std::move(tag), std::move(response));
}

void ImapExchange::take_fetch(ImapResponse response) {
    std::optional<parsers::ImapFetched> mail = parsers::fetched(std::move(response));
    if (!mail) throw ConnectionError(ConnectionErrc::not_protocol, "a malformed FETCH response");
    if (mail->uid == 0) return;  // news about flags
    for (ImapListener* listener : listeners_) listener->take_mail(*mail);
}

/// RFC 9051 section 7.1: must be shown to a person. Once, not as often as the server says it.
void ImapExchange::show_alert(const ImapResponse& response) {
    if (alerts_.size() >= most_alerts || !alerts_.insert(response.text).second) return;
    log_event(LogLevel::warn, "imap_alert", {{"text", response.text}});
}

}  // namespace bellhop::daemon
