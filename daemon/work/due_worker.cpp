#include "daemon/work/due_worker.hpp"

#include <algorithm>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/work/ticket_timers.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::size_t refreshed_at_once = 50;  // tickets in one turn of the loop
constexpr auto longest_rest = 15s;             // another process may have changed a ticket
constexpr const char* refreshed_with = "timers_reckoned_with";

}  // namespace

bool TimerRefresh::step(const Filing& filing, std::size_t tickets) {
    storage::Store& store = filing.store;
    if (store.facts.find(refreshed_with) == filing.desk.time_digest) return false;
    storage::Transaction transaction{store.database};
    const std::vector<rules::TicketId> ids = store.tickets.not_closed(next_, tickets);
    for (const rules::TicketId id : ids) refresh_timers(filing, id);
    if (ids.size() < tickets) store.facts.set(refreshed_with, filing.desk.time_digest);
    transaction.commit();
    if (!ids.empty()) next_ = ids.back();
    return ids.size() == tickets;
}

DueWorker::DueWorker(asio::any_io_executor executor,
                     storage::Store& store,
                     const Clock& clock,
                     std::function<const Desk&()> desk,
                     const std::string& key,
                     std::function<void()> sent)
    : store_(store),
      clock_(clock),
      desk_(std::move(desk)),
      key_(key),
      sent_(std::move(sent)),
      timer_(executor) {}

asio::awaitable<void> DueWorker::run() {
    stopping_ = false;
    while (!stopping_) {
        awake_ = false;
        if (work()) {
            // Mail that arrives meanwhile is not kept waiting.
            co_await asio::post(timer_.get_executor(), asio::use_awaitable);
        } else {
            co_await rest();
        }
    }
}

/// Returns whether there is more to do at once.
bool DueWorker::work() {
    const Filing filing{store_, desk_(), key_, clock_.now()};
    if (refresh_.step(filing, refreshed_at_once)) return true;
    const auto next = store_.timers.next_due();
    if (!next || *next > filing.now) return false;
    const bool has_more = round_.step(filing);
    sent_();
    return has_more;
}

void DueWorker::wake() {
    awake_ = true;
    timer_.cancel();
}

void DueWorker::reconsider() {
    refresh_.begin_again();
    wake();
}

void DueWorker::stop() {
    stopping_ = true;
    timer_.cancel();
}

asio::awaitable<void> DueWorker::rest() {
    if (awake_ || stopping_) co_return;
    std::chrono::seconds time = longest_rest;
    if (const auto next = store_.timers.next_due()) {
        // At least 1 s, so that a timer that we fail to clear cannot make a busy loop.
        time = std::clamp<std::chrono::seconds>(*next - clock_.now(), 1s, longest_rest);
    }
    timer_.expires_after(time);
    boost::system::error_code cancelled;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

}  // namespace bellhop::daemon
