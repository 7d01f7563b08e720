#include "daemon/serve/trouble_keeper.hpp"

#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/work/trouble_round.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds between_looks{15};

}  // namespace

TroubleKeeper::TroubleKeeper(asio::any_io_executor executor,
                             storage::Store& store,
                             const Clock& clock,
                             const std::string& key,
                             Around around)
    : store_(store),
      clock_(clock),
      key_(key),
      around_(std::move(around)),
      started_(clock.now()),
      timer_(std::move(executor)) {}

asio::awaitable<void> TroubleKeeper::run() {
    stopping_ = false;
    while (!stopping_) {
        timer_.expires_after(between_looks);
        boost::system::error_code cancelled;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        if (!stopping_) look();
    }
}

void TroubleKeeper::look() {
    const std::chrono::sys_seconds now = clock_.now();
    std::vector<rules::Trouble> troubles = troubles_now(store_, around_.mailboxes(), started_, now);
    for (rules::Trouble& one : login_troubles(around_.desk().settings, around_.logins(), now)) {
        troubles.push_back(std::move(one));
    }
    if (tell_troubles({store_, around_.desk(), key_, now}, troubles)) around_.sent();
}

void TroubleKeeper::stop() {
    stopping_ = true;
    timer_.cancel();
}

}  // namespace bellhop::daemon
