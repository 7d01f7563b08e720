#include "daemon/oauth/token_keeper.hpp"

#include <optional>
#include <string>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include "daemon/net/connection_error.hpp"
#include "tests/daemon/fakes.hpp"
#include "tests/daemon/loop_runner.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

/// Wall clock and steady clock, apart from each other.
class TwoClocks final : public Clock {
public:
    std::chrono::sys_seconds now() const override { return wall; }
    std::chrono::steady_clock::time_point steady() const override { return going; }
    void pass(std::chrono::seconds time) {
        wall += time;
        going += time;
    }
    std::chrono::sys_seconds wall{1'800'000'000s};
    std::chrono::steady_clock::time_point going{1'000'000s};
};

class TokenKeeperTest : public testing::Test {
protected:
    TokenKeeperTest() {
        application_.name = "school";
        application_.client_id = "the-app";
        keeper_.renewed = [this] { ++renewed_; };
    }

    TokenSource& source(const std::string& user = "it@school.example") {
        return keeper_.source_of(application_, user);
    }
    AccessToken token() { return daemon::run(io_, source().token()); }
    std::string outcome() {
        try {
            return token().text;
        } catch (const ConnectionError& error) {
            wait_ = error.retry_after();
            return error.detail();
        }
    }
    void fail(ConnectionErrc kind = ConnectionErrc::refused,
              std::optional<std::chrono::seconds> wait = {}) {
        failure_ = ConnectionError(kind, "out of order", wait);
    }

    /// The token endpoint: "t1", "t2", ... for a minute each.
    asio::awaitable<GrantedToken> fetch(OauthSettings application, std::string user) {
        asked_.push_back(application.name + '/' + user);
        if (slow_) {
            gate_.expires_at(std::chrono::steady_clock::time_point::max());
            boost::system::error_code opened;
            co_await gate_.async_wait(asio::redirect_error(asio::use_awaitable, opened));
            const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none) {
                throw boost::system::system_error(asio::error::operation_aborted);
            }
        }
        if (failure_) throw ConnectionError(*failure_);
        GrantedToken granted;
        granted.text = "t" + std::to_string(asked_.size());
        granted.lifetime = lifetime_;
        co_return granted;
    }

    asio::io_context io_{1};
    TwoClocks clock_;
    asio::steady_timer gate_{io_};
    TokenKeeper keeper_{io_.get_executor(), clock_,
                        [this](OauthSettings application, std::string user) {
                            return fetch(std::move(application), std::move(user));
                        }};
    OauthSettings application_;
    std::vector<std::string> asked_;
    std::optional<ConnectionError> failure_;
    std::optional<std::chrono::seconds> wait_;
    std::chrono::seconds lifetime_ = 60s;
    bool slow_ = false;
    int renewed_ = 0;
};

TEST_F(TokenKeeperTest, UsesATokenAsLongAsItIsFresh) {
    EXPECT_EQ(outcome(), "t1");
    EXPECT_EQ(asked_, std::vector<std::string>{"school/"}) << "it is the application's own";
    clock_.pass(47s);
    EXPECT_EQ(outcome(), "t1");
    clock_.pass(1s);
    EXPECT_EQ(outcome(), "t2");
    EXPECT_EQ(renewed_, 2);
}

TEST_F(TokenKeeperTest, AsksOnceForManyThatWait) {
    slow_ = true;
    std::vector<std::string> got;
    for (int i = 0; i < 20; ++i) {
        TokenSource& one = source("box" + std::to_string(i) + "@school.example");
        asio::co_spawn(io_, one.token(), [&got](std::exception_ptr, const AccessToken& token) {
            got.push_back(token.text);
        });
    }
    io_.poll();
    EXPECT_EQ(asked_.size(), 1U);
    EXPECT_TRUE(got.empty());
    gate_.cancel();
    io_.restart();
    io_.poll();
    EXPECT_EQ(got, std::vector<std::string>(20, "t1"));
    EXPECT_EQ(asked_.size(), 1U);
}

TEST_F(TokenKeeperTest, TellsAllThatWaitOfOneFailure) {
    slow_ = true;
    fail();
    std::vector<std::string> errors;
    for (int i = 0; i < 5; ++i) {
        asio::co_spawn(io_, source().token(), [&](std::exception_ptr error, const AccessToken&) {
            try {
                if (error) std::rethrow_exception(error);
            } catch (const ConnectionError& failure) {
                errors.push_back(failure.detail());
            }
        });
    }
    io_.poll();
    gate_.cancel();
    io_.restart();
    io_.poll();
    EXPECT_EQ(errors, std::vector<std::string>(5, "out of order"));
    EXPECT_EQ(asked_.size(), 1U);
}

/// Whoever asks first may be told to stop.
TEST_F(TokenKeeperTest, AsksAnewWhereTheFirstWasCancelled) {
    slow_ = true;
    asio::cancellation_signal stop;
    bool ended = false;
    asio::co_spawn(io_, source().token(),
                   asio::bind_cancellation_slot(
                       stop.slot(), [&ended](std::exception_ptr error, const AccessToken&) {
                           ended = error != nullptr;
                       }));
    io_.poll();
    std::string got;
    asio::co_spawn(io_, source().token(),
                   [&got](std::exception_ptr, const AccessToken& token) { got = token.text; });
    io_.restart();
    io_.poll();
    slow_ = false;
    stop.emit(asio::cancellation_type::terminal);
    io_.restart();
    io_.poll();
    EXPECT_TRUE(ended);
    EXPECT_EQ(got, "t2");
}

TEST_F(TokenKeeperTest, UsesTheOldTokenWhileNoNewOneIsToBeHad) {
    EXPECT_EQ(outcome(), "t1");
    fail();
    clock_.pass(48s);
    EXPECT_EQ(outcome(), "t1");
    EXPECT_EQ(asked_.size(), 2U);
    EXPECT_EQ(outcome(), "t1");
    EXPECT_EQ(asked_.size(), 2U) << "it waits before it asks again";
    clock_.pass(5s);
    EXPECT_EQ(outcome(), "t1");
    EXPECT_EQ(asked_.size(), 3U);
    clock_.pass(1s);
    EXPECT_EQ(outcome(), "out of order") << "too late to log in with it";
    failure_.reset();
    clock_.pass(10s);
    EXPECT_EQ(outcome(), "t4");
}

TEST_F(TokenKeeperTest, WaitsLongerAndLonger) {
    fail();
    std::size_t seconds_asked = 0;
    for (int second = 0; second < 600; ++second) {
        outcome();
        clock_.pass(1s);
    }
    seconds_asked = asked_.size();
    EXPECT_GE(seconds_asked, 12U);
    EXPECT_LE(seconds_asked, 20U);
    EXPECT_GT(wait_, 0s);
    EXPECT_LE(wait_, 66s);
}

TEST_F(TokenKeeperTest, AsksSeldomWhatOnlyAPersonCanMend) {
    fail(ConnectionErrc::no_token);
    for (int second = 0; second < 3'600; ++second) {
        outcome();
        clock_.pass(1s);
    }
    EXPECT_GE(asked_.size(), 10U);
    EXPECT_LE(asked_.size(), 20U);
    // Somebody has mended it, and says so.
    failure_.reset();
    keeper_.forget_failures();
    EXPECT_EQ(outcome().front(), 't');
}

TEST_F(TokenKeeperTest, LeavesTheEndpointAloneAsLongAsItAsks) {
    fail(ConnectionErrc::refused, 45s);
    outcome();
    clock_.pass(44s);
    outcome();
    EXPECT_EQ(asked_.size(), 1U);
    clock_.pass(1s);
    outcome();
    EXPECT_EQ(asked_.size(), 2U);
}

/// The machine has slept, or its clock was set: asked once too often is no harm.
TEST_F(TokenKeeperTest, RenewsWhereTheClockHasSteppedForwards) {
    EXPECT_EQ(outcome(), "t1");
    clock_.wall += 2h;
    EXPECT_EQ(outcome(), "t2");
    EXPECT_EQ(outcome(), "t2");
    // And what is there serves where nothing new is to be had.
    clock_.wall += 2h;
    fail();
    EXPECT_EQ(outcome(), "t2");
}

TEST_F(TokenKeeperTest, RenewsInTimeWhereTheClockHasSteppedBack) {
    EXPECT_EQ(outcome(), "t1");
    clock_.wall -= 24h;
    EXPECT_EQ(outcome(), "t1");
    clock_.pass(48s);
    EXPECT_EQ(outcome(), "t2");
}

TEST_F(TokenKeeperTest, SaysWhichConnectionsAreToBeMadeAnew) {
    const AccessToken first = token();
    EXPECT_FALSE(source().is_superseded(first));
    clock_.pass(48s);
    EXPECT_FALSE(source().is_superseded(first)) << "there is no newer one";
    const AccessToken second = token();
    EXPECT_TRUE(source().is_superseded(first));
    EXPECT_FALSE(source().is_superseded(second));
}

TEST_F(TokenKeeperTest, GivesUpATokenThatAServerRefuses) {
    const AccessToken first = token();
    clock_.pass(14s);
    source().refused(first);
    EXPECT_EQ(outcome(), "t1") << "it is too new to be the reason";
    clock_.pass(1s);
    source().refused(first);
    const AccessToken second = token();
    EXPECT_EQ(second.text, "t2");
    EXPECT_FALSE(source().is_superseded(first))
        << "another mailbox's session, which goes on with it, is not disturbed";
    // A server that refuses all of them does not make us ask for one after the other.
    source().refused(first);
    source().refused(second);
    EXPECT_EQ(outcome(), "t2");
    clock_.pass(15s);
    source().refused(second);
    EXPECT_EQ(outcome(), "t3");
}

TEST_F(TokenKeeperTest, HasOneTokenForEachAccountOfAServiceAccount) {
    application_.grant = OauthGrant::service_account;
    daemon::run(io_, source("a@school.example").token());
    daemon::run(io_, source("b@school.example").token());
    daemon::run(io_, source("a@school.example").token());
    EXPECT_EQ(asked_,
              (std::vector<std::string>{"school/a@school.example", "school/b@school.example"}));
}

/// A token that was got with another secret, or for another scope, is another one.
TEST_F(TokenKeeperTest, UsesNoTokenOfOtherSettings) {
    EXPECT_EQ(outcome(), "t1");
    application_.scope = "another";
    EXPECT_EQ(outcome(), "t2");
}

Settings settings_of(const OauthSettings& application, bool is_used) {
    Settings settings;
    settings.applications = {application};
    settings.mailboxes.emplace_back();
    settings.mailboxes.back().server.oauth = is_used ? application.name : "";
    settings.mailboxes.back().server.user = "it@school.example";
    return settings;
}

TEST_F(TokenKeeperTest, KeepsWhatTheConfigurationUses) {
    keeper_.keep(settings_of(application_, true));
    EXPECT_EQ(keeper_.states().size(), 1U);
    EXPECT_EQ(outcome(), "t1");
    EXPECT_EQ(keeper_.states().front().ends, clock_.wall + 60s);
    keeper_.keep(settings_of(application_, false));
    EXPECT_TRUE(keeper_.states().empty());
    EXPECT_EQ(outcome(), "t2") << "nothing is kept of it";
}

TEST_F(TokenKeeperTest, SaysHowItDoes) {
    keeper_.keep(settings_of(application_, true));
    const std::chrono::sys_seconds since = clock_.wall;
    fail(ConnectionErrc::no_token);
    outcome();
    clock_.pass(120s);
    outcome();
    const TokenKeeper::State state = keeper_.states().front();
    EXPECT_EQ(state.application, "school");
    EXPECT_EQ(state.failures, 2);
    EXPECT_EQ(state.error, "no access token: out of order");
    EXPECT_TRUE(state.needs_operator);
    EXPECT_EQ(state.failing_since, since);
}

TEST_F(TokenKeeperTest, RenewsByItself) {
    keeper_.keep(settings_of(application_, true));
    asio::co_spawn(io_, keeper_.run(), asio::detached);
    const auto wait_for = [this](std::size_t count) {
        for (int i = 0; i < 2'000 && asked_.size() < count; ++i) io_.run_one_for(10ms);
        return asked_.size();
    };
    EXPECT_EQ(wait_for(1), 1U) << "before anybody asks";
    io_.run_for(30ms);
    EXPECT_EQ(asked_.size(), 1U);
    clock_.pass(48s);
    keeper_.forget_failures();  // wakes it: the test's clock runs no timer
    EXPECT_EQ(wait_for(2), 2U);
    EXPECT_EQ(renewed_, 2);
    keeper_.stop();
    io_.run_for(50ms);
}

}  // namespace
}  // namespace bellhop::daemon
