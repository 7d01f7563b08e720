// Keeps access tokens: one for each application and account, renewed before it ends, by one request
// at a time, whoever asks.
//
//     none --token()--> in flight --granted--> fresh --a fifth of its life is left--> to be renewed
//      ^                    |                    ^                                         |
//      |                    +--failed--> waits   +-----------------granted-----------------+
//      +---------- refused by a mail server, or ended
//
// While a token is to be renewed it is still used: a token endpoint that is out of order for a
// while stops no mail.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/desk/settings.hpp"
#include "daemon/net/token_source.hpp"
#include "daemon/oauth/token_client.hpp"
#include "daemon/process/clock.hpp"

namespace bellhop::daemon {

class TokenKeeper {
public:
    /// As TokenClient::fetch().
    using Fetch = std::function<boost::asio::awaitable<GrantedToken>(OauthSettings, std::string)>;

    /// How the tokens of one account do.
    struct State {
        std::string application = {};
        std::string user = {};               ///< empty where the token is the application's
        std::chrono::sys_seconds ends = {};  ///< of the token; 0: there is none
        int failures = 0;                    ///< in a row
        std::string error = {};
        bool needs_operator = false;
        std::chrono::sys_seconds failing_since = {};
    };

    /// `clock` outlives this object, and this object every connection that has a source of it.
    TokenKeeper(boost::asio::any_io_executor executor, const Clock& clock, Fetch fetch);
    ~TokenKeeper();
    TokenKeeper(const TokenKeeper&) = delete;
    TokenKeeper& operator=(const TokenKeeper&) = delete;

    /// The tokens of `user` at the application. Other settings of it are another source: a token
    /// got with the old ones is not used any more. Lives as long as this object.
    TokenSource& source_of(const OauthSettings& application, const std::string& user);

    /// From now on the tokens of the servers in `settings` are kept fresh, and those of no others.
    void keep(const Settings& settings);

    /// Renews until stop().
    boost::asio::awaitable<void> run();
    /// Makes run() return after the request in hand.
    void stop();

    /// What has failed is tried again at once: somebody may have mended it.
    void forget_failures();

    std::vector<State> states() const;

    /// Called when a newer token is there than the one that connections have logged in with.
    std::function<void()> renewed = [] {};

private:
    class Account;

    Account& account_of(const OauthSettings& application, const std::string& user);
    std::chrono::steady_clock::duration time_to_rest() const;

    boost::asio::any_io_executor executor_;
    const Clock& clock_;
    Fetch fetch_;
    boost::asio::steady_timer timer_;
    std::minstd_rand random_;
    std::vector<std::unique_ptr<Account>> accounts_;  // no initializer: the type is not complete
    bool stopping_ = false;
};

}  // namespace bellhop::daemon
