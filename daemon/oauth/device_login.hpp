// A person lends the gateway a mailbox: he opens a page on any device, types a code and logs in
// (RFC 8628).
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "daemon/desk/oauth_settings.hpp"
#include "daemon/net/http_post.hpp"
#include "daemon/process/clock.hpp"
#include "parsers/protocol/token_answer.hpp"

namespace bellhop::daemon {

class DeviceLogin {
public:
    /// The world around it, so that a test needs none.
    struct Around {
        std::function<boost::asio::awaitable<HttpAnswer>(HttpPost)> post;
        std::function<boost::asio::awaitable<void>(std::chrono::seconds)> pause;
        /// Tells the person what to do.
        std::function<void(const parsers::DeviceAnswer&)> show;
    };

    /// `clock` outlives this object.
    DeviceLogin(const Clock& clock, Around around);

    /// The refresh token that the person's login brings. Throws ConnectionError no_token where it
    /// comes to nothing: refused, too late, or no right to stay logged in; and what the network
    /// does before there is a code.
    boost::asio::awaitable<std::string> run(OauthSettings application);

private:
    boost::asio::awaitable<parsers::DeviceAnswer> begin(OauthSettings application);
    boost::asio::awaitable<parsers::TokenAnswer> ask(OauthSettings application,
                                                     std::string device_code);

    const Clock& clock_;
    Around around_;
};

}  // namespace bellhop::daemon
