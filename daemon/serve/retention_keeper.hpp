// Removes what is older than [retention] allows, once a day, a little at a time.
#pragma once

#include <functional>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/desk/desk.hpp"
#include "daemon/process/clock.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

class RetentionKeeper {
public:
    /// All outlive this object; `desk` gives the one in force.
    RetentionKeeper(boost::asio::any_io_executor executor,
                    storage::Store& store,
                    const Clock& clock,
                    std::function<const Desk&()> desk);

    /// Works until stop(). Throws storage::DatabaseError.
    boost::asio::awaitable<void> run();
    void stop();

private:
    boost::asio::awaitable<void> pause(std::chrono::milliseconds duration);
    boost::asio::awaitable<void> remove_all_outdated();
    boost::asio::awaitable<void> forget_old_furniture();

    storage::Store& store_;
    const Clock& clock_;
    std::function<const Desk&()> desk_;
    boost::asio::steady_timer timer_;
    bool stopping_ = false;
};

}  // namespace bellhop::daemon
