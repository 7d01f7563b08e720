// The seam to whoever gets access tokens: what a connection that is about to log in asks for.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace bellhop::daemon {

struct AccessToken {
    std::string text = {};
    std::uint64_t number = 0;  ///< of the source's, growing; tells two tokens apart
    std::chrono::steady_clock::time_point renewal = {};  ///< from then on a newer one is to be used
};

/// The tokens of one account. Implemented by TokenKeeper's accounts, and by fakes in the tests.
class TokenSource {
public:
    TokenSource() = default;
    TokenSource(const TokenSource&) = delete;
    TokenSource& operator=(const TokenSource&) = delete;
    virtual ~TokenSource() = default;

    /// One that lives long enough to log in with it now. Throws ConnectionError where there is none
    /// to be had; operation_aborted when cancelled.
    virtual boost::asio::awaitable<AccessToken> token() = 0;

    /// A server has refused it: perhaps it was revoked. The next token() may be another one.
    virtual void refused(const AccessToken& token) = 0;

    /// Whether it ends soon, and a newer one is there: what logged in with it is to be made anew,
    /// at a moment that suits.
    virtual bool is_superseded(const AccessToken& token) const = 0;
};

}  // namespace bellhop::daemon
