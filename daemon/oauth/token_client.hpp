// Gets access tokens: one request to a token endpoint, or two where an application has two
// credentials and the first is no longer accepted.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "daemon/desk/oauth_settings.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/oauth/refresh_token_file.hpp"
#include "daemon/oauth/token_request.hpp"
#include "daemon/process/clock.hpp"

namespace bellhop::daemon {

struct GrantedToken {
    std::string text = {};
    std::chrono::seconds lifetime{0};  ///< more than 0
};

class TokenClient {
public:
    /// `state`: the folder of the database, below which refresh tokens lie. `loop` and `clock`
    /// outlive this object.
    TokenClient(CurlLoop& loop, const Clock& clock, std::filesystem::path state);

    /// A new token of the application, for the account `user` where it is asked for one account.
    ///
    /// Throws ConnectionError: no_token where only a person can cure it, with the provider's words;
    /// refused where the endpoint is out of order, with how long it wants to be left alone; what
    /// the network does. operation_aborted when cancelled.
    boost::asio::awaitable<GrantedToken> fetch(OauthSettings application, std::string user);

    /// Which of the application's credentials was accepted last: 0 or 1.
    std::size_t credential_in_use(const std::string& application) const;

private:
    struct Attempt {
        std::optional<GrantedToken> token = {};
        std::optional<ConnectionError> failure = {};
        bool is_of_the_credential = false;
    };

    boost::asio::awaitable<GrantedToken> fetch_with_each(OauthSettings application,
                                                         std::string user);
    boost::asio::awaitable<std::unique_ptr<RefreshTokenFile::Lock>> locked(
        OauthSettings application, std::string user);
    boost::asio::awaitable<Attempt> ask(OauthSettings application,
                                        std::size_t which,
                                        std::string user);
    std::string refresh_token_of(const OauthSettings& application, const std::string& user);
    void keep(const OauthSettings& application, const TokenWish& wish, std::string token);
    void note_credential(const OauthSettings& application, std::size_t which);

    CurlLoop& loop_;
    const Clock& clock_;
    std::filesystem::path state_;
    std::map<std::string, std::size_t> in_use_ = {};   // by application
    std::map<std::string, std::string> unsaved_ = {};  // refresh tokens, by file
};

}  // namespace bellhop::daemon
