// Looks every quarter of a minute what is wrong with the gateway itself, and has a person told.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/process/clock.hpp"
#include "daemon/serve/login_troubles.hpp"
#include "daemon/serve/troubles.hpp"

namespace bellhop::daemon {

class TroubleKeeper {
public:
    struct Around {
        std::function<const Desk&()> desk;  ///< the one in force
        std::function<std::vector<WatchedMailbox>()> mailboxes;
        std::function<std::vector<TokenKeeper::State>()> logins;
        std::function<void()> sent;  ///< called when mails may wait in the outbox
    };

    /// All outlive this object. `key` is of our msg-ids.
    TroubleKeeper(boost::asio::any_io_executor executor,
                  storage::Store& store,
                  const Clock& clock,
                  const std::string& key,
                  Around around);

    /// Works until stop(). Throws storage::DatabaseError.
    boost::asio::awaitable<void> run();
    void stop();

private:
    void look();

    storage::Store& store_;
    const Clock& clock_;
    const std::string& key_;
    Around around_;
    std::chrono::sys_seconds started_;
    boost::asio::steady_timer timer_;
    bool stopping_ = false;
};

}  // namespace bellhop::daemon
