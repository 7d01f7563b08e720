#include "daemon/serve/index_keeper.hpp"

#include <chrono>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t slice = 16;  // messages: with a million tickets some 2 ms each
constexpr auto breath = 10ms;      // between two slices: mail that has come goes first
constexpr auto rest = 1s;          // while there is nothing, or mail comes in

}  // namespace

IndexKeeper::IndexKeeper(asio::any_io_executor executor,
                         storage::Store& store,
                         const Clock& clock,
                         std::function<std::uint64_t()> commits)
    : store_(store), clock_(clock), commits_(std::move(commits)), timer_(std::move(executor)) {}

asio::awaitable<void> IndexKeeper::run() {
    stopping_ = false;
    std::uint64_t seen = commits_();
    bool more = false;
    while (!stopping_) {
        timer_.expires_after(more ? std::chrono::milliseconds{breath} : rest);
        boost::system::error_code cancelled;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        if (stopping_) break;
        const bool quiet = commits_() == seen;
        seen = commits_();
        more = quiet && index_some();
    }
}

/// Returns whether there is more.
bool IndexKeeper::index_some() {
    if (!store_.tickets.has_to_index()) return false;
    const bool more = store_.tickets.index_messages(slice);
    last_work_ = WorkDone{"search index", clock_.now(), more ? "under way" : "brought up to date"};
    return more;
}

void IndexKeeper::stop() {
    stopping_ = true;
    timer_.cancel();
}

}  // namespace bellhop::daemon
