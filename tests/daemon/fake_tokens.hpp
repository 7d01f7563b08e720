// Access tokens for a test: "token1", "token2", ...
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/net/connection_error.hpp"
#include "daemon/net/token_source.hpp"

namespace bellhop::daemon {

class FakeTokens final : public TokenSource {
public:
    boost::asio::awaitable<AccessToken> token() override {
        ++asked;
        if (failure) throw ConnectionError(*failure);
        AccessToken one;
        one.text = "token" + std::to_string(number);
        one.number = number;
        co_return one;
    }
    void refused(const AccessToken& token) override {
        refusals.push_back(token.text);
        if (gives_another) ++number;
    }
    bool is_superseded(const AccessToken& token) const override { return token.number < newest; }

    std::uint64_t number = 1;
    std::uint64_t newest = 0;   ///< tokens below it are superseded
    bool gives_another = true;  ///< where one was refused
    int asked = 0;
    std::vector<std::string> refusals = {};
    std::optional<ConnectionError> failure = {};
};

}  // namespace bellhop::daemon
