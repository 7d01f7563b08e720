// Looks every quarter of a minute what is wrong with the gateway itself, and has a person told.
//
// A mail goes by the outbox like any other. Where the database takes nothing (damaged, no room on
// the disk) that way is closed, and it is the trouble itself: then the mail goes straight to the
// mail server.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/process/clock.hpp"
#include "daemon/serve/login_troubles.hpp"
#include "daemon/serve/troubles.hpp"
#include "daemon/smtp/mail_transport.hpp"

namespace bellhop::daemon {

class TroubleKeeper {
public:
    struct Around {
        std::function<const Desk&()> desk;  ///< the one in force
        std::function<std::vector<WatchedMailbox>()> mailboxes;
        std::function<std::vector<TokenKeeper::State>()> logins;
        std::function<void()> sent;  ///< called when mails may wait in the outbox
        /// A connection of its own to the mail server.
        std::function<std::unique_ptr<MailTransport>()> transport;
    };

    /// All outlive this object. `key` is of our msg-ids.
    TroubleKeeper(boost::asio::any_io_executor executor,
                  storage::Store& store,
                  const Clock& clock,
                  const std::string& key,
                  Around around);

    /// Works until stop(). Throws storage::DatabaseError.
    boost::asio::awaitable<void> run();
    /// One look. Throws storage::DatabaseError, after a person was told of it where it has lasted.
    boost::asio::awaitable<void> look();
    void stop();

private:
    boost::asio::awaitable<void> tell_past_store(std::string error);

    storage::Store& store_;
    const Clock& clock_;
    const std::string& key_;
    Around around_;
    std::chrono::sys_seconds started_;
    boost::asio::steady_timer timer_;
    MailTransport* transport_ = nullptr;                          // in use; null: none is
    std::optional<std::chrono::sys_seconds> failing_since_ = {};  // the database, for us
    std::chrono::sys_seconds told_at_ = {};                       // past it
    bool stopping_ = false;
};

}  // namespace bellhop::daemon
