#include "daemon/serve/retention_keeper.hpp"

#include <string>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/process/log.hpp"
#include "daemon/work/work_done.hpp"
#include "rules/mail/learnt_furniture.hpp"

namespace asio = boost::asio;

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t slice = 5;  // tickets: with their mails some 20 ms
constexpr auto breath = 200ms;    // between two slices: nobody waits for this work
constexpr auto first_look = 10min;
constexpr auto rest = 24h;

}  // namespace

RetentionKeeper::RetentionKeeper(asio::any_io_executor executor,
                                 storage::Store& store,
                                 const Clock& clock,
                                 std::function<const Desk&()> desk)
    : store_(store), clock_(clock), desk_(std::move(desk)), timer_(std::move(executor)) {}

asio::awaitable<void> RetentionKeeper::run() {
    stopping_ = false;
    co_await pause(first_look);
    while (!stopping_) {
        co_await remove_all_outdated();
        co_await pause(rest);
    }
}

asio::awaitable<void> RetentionKeeper::remove_all_outdated() {
    storage::Removed removed;
    while (!stopping_) {
        const storage::Removed some =
            store_.removal.remove_outdated(desk_().settings.retention, clock_.now(), slice);
        if (some == storage::Removed{}) break;
        removed += some;
        co_await pause(breath);
    }
    co_await forget_old_furniture();
    if (stopping_) co_return;
    note_work(store_, {"retention", clock_.now(),
                       std::to_string(removed.tickets) + " tickets and " +
                           std::to_string(removed.quarantined) + " mails in quarantine removed"});
    if (removed == storage::Removed{}) co_return;
    log_event(LogLevel::info, "retention",
              {{"tickets", std::to_string(removed.tickets)},
               {"messages", std::to_string(removed.messages)},
               {"quarantined", std::to_string(removed.quarantined)},
               {"bytes", std::to_string(removed.bytes)}});
}

asio::awaitable<void> RetentionKeeper::forget_old_furniture() {
    const std::chrono::sys_seconds since = clock_.now() - rules::furniture_kept;
    while (!stopping_ && store_.furniture.forget_before(since, slice) > 0) co_await pause(breath);
}

asio::awaitable<void> RetentionKeeper::pause(std::chrono::milliseconds duration) {
    if (stopping_) co_return;
    timer_.expires_after(duration);
    boost::system::error_code cancelled;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

void RetentionKeeper::stop() {
    stopping_ = true;
    timer_.cancel();
}

}  // namespace bellhop::daemon
