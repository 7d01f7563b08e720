#include "daemon/imap/imap_waiting.hpp"

#include <algorithm>

namespace bellhop::daemon {
namespace asio = boost::asio;
using parsers::ImapResponse;
namespace {

constexpr auto idle_at_most = std::chrono::minutes{28};  // RFC 2177: anew before 29 minutes

}  // namespace

bool ImapWaiting::take(const ImapResponse& response) {
    if (response.kind == ImapResponse::Kind::continuation) continued_ = true;
    const bool ours = response.kind == ImapResponse::Kind::tagged && response.tag == idle_tag_;
    if (!ours) return false;
    if (idling_) may_idle_ = false;  // refused, or ended without our DONE
    idling_ = false;
    idle_tag_.clear();
    return true;
}

asio::awaitable<Wake> ImapWaiting::wait(std::chrono::milliseconds patience) {
    const Deadline end = deadline_in(patience);
    for (;;) {
        if (wake_requested_) {
            wake_requested_ = false;
            co_return Wake::woken;
        }
        if (listing_.has_news()) co_return Wake::mail;
        if (std::chrono::steady_clock::now() >= end) co_return Wake::timeout;
        const bool idle = may_idle_ && exchange_.session().has("IDLE");
        if (idle) co_await begin_idle();
        const Deadline until = idle ? std::min(end, deadline_in(idle_at_most)) : end;
        co_await listen(until);
        if (idling_) co_await end_idle();
    }
}

/// Takes in responses until one of them, wake() or the end of the time calls for action.
asio::awaitable<void> ImapWaiting::listen(Deadline end) {
    const bool idle = idling_;
    while (!listing_.has_news() && !wake_requested_ && idle == idling_) {
        const bool heard = co_await exchange_.take_next_or_wake(end);
        if (!heard && std::chrono::steady_clock::now() >= end) co_return;
    }
}

asio::awaitable<void> ImapWaiting::begin_idle() {
    const Deadline deadline = deadline_in(exchange_.session().timeouts().command);
    while (!idle_tag_.empty()) co_await exchange_.take_next(deadline);  // the one before
    continued_ = false;
    idling_ = true;
    idle_tag_ = co_await exchange_.begin("IDLE");
    while (!continued_ && idling_) co_await exchange_.take_next(deadline);
}

/// RFC 2177: the next command may follow at once; the reply to IDLE comes before its answer.
asio::awaitable<void> ImapWaiting::end_idle() {
    idling_ = false;
    co_await exchange_.session().send_line("DONE");
}

asio::awaitable<void> ImapWaiting::end() {
    if (idling_) co_await end_idle();
}

void ImapWaiting::wake() {
    wake_requested_ = true;
    exchange_.session().interrupt();
}

}  // namespace bellhop::daemon
