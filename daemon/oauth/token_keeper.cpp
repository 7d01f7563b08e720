#include "daemon/oauth/token_keeper.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/net/connection_error.hpp"
#include "daemon/process/log.hpp"
#include "parsers/text/ensure.hpp"
#include "rules/access/provider_answer.hpp"
#include "rules/access/token_life.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock::time_point;
using std::chrono::sys_seconds;

constexpr auto longest_rest = 30s;     // then clocks are looked at again: one may have stepped
constexpr auto refusals_apart = 60s;   // a token that servers refuse is given up so often at most
constexpr auto told_again_after = 1h;  // of a failure that lasts

}  // namespace

class TokenKeeper::Account final : public TokenSource {
public:
    Account(TokenKeeper& keeper, OauthSettings settings, std::string account)
        : application(std::move(settings)),
          user(std::move(account)),
          keeper_(keeper),
          landed_(keeper.executor_) {}

    asio::awaitable<AccessToken> token() override;
    void refused(const AccessToken& token) override;
    bool is_superseded(const AccessToken& token) const override;

    asio::awaitable<void> renew();
    bool is_due() const { return is_wanted && !is_fresh() && !in_flight_ && may_ask(); }
    /// When it is to be looked at again.
    Steady next_look() const;
    void forget_failure() { failure_.reset(); }
    void forget_token() { held_.reset(); }
    State state() const;

    const OauthSettings application;
    const std::string user;  // empty where the token is the application's
    bool is_wanted = false;  // by the configuration in force

private:
    struct Held {
        AccessToken token = {};
        Steady begun = {};
        Steady parting = {};  // no login with it any more
        std::chrono::seconds lifetime{0};
        sys_seconds wall_renewal = {};
        sys_seconds wall_end = {};
    };
    struct Failure {
        ConnectionError error;
        int in_a_row = 1;
        Steady until = {};
        sys_seconds since = {};
        Steady told = {};
    };
    /// Others wait for it rather than ask as well.
    class Flight {
    public:
        explicit Flight(Account& account) : account_(account) {
            account_.in_flight_ = true;
            account_.landed_.expires_at(Steady::max());
        }
        ~Flight() {
            account_.in_flight_ = false;
            account_.landed_.cancel();
            account_.keeper_.timer_.cancel();  // when to look again has changed
        }
        Flight(const Flight&) = delete;
        Flight& operator=(const Flight&) = delete;

    private:
        Account& account_;
    };

    Steady now() const { return keeper_.clock_.steady(); }
    bool is_fresh() const;
    bool is_usable() const { return held_ && now() < held_->parting; }
    bool may_ask() const { return !failure_ || now() >= failure_->until; }
    asio::awaitable<void> landing();
    void take(GrantedToken granted);
    void note(const ConnectionError& error);
    void tell(LogLevel level, std::chrono::milliseconds delay) const;

    TokenKeeper& keeper_;
    std::optional<Held> held_ = {};
    std::optional<Failure> failure_ = {};
    std::optional<Steady> given_up_ = {};  // the last token that a server has refused
    std::uint64_t last_number_ = 0;
    bool in_flight_ = false;
    asio::steady_timer landed_;  // cancelled when a flight ends
};

asio::awaitable<AccessToken> TokenKeeper::Account::token() {
    while (!is_fresh() && (in_flight_ || may_ask())) {
        // Only one asks; the others get what it brings, and what it does not.
        if (in_flight_ && is_usable()) break;
        if (in_flight_) {
            co_await landing();
        } else {
            co_await renew();
        }
    }
    if (is_usable()) co_return held_->token;
    const auto wait = std::chrono::ceil<std::chrono::seconds>(failure_->until - now());
    throw ConnectionError(failure_->error.kind(), failure_->error.detail(), wait);
}

asio::awaitable<void> TokenKeeper::Account::landing() {
    boost::system::error_code cancelled;
    co_await landed_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

/// One request. A failure is noted, not thrown. Precondition: none is in flight.
asio::awaitable<void> TokenKeeper::Account::renew() {
    ensure(!in_flight_);
    const Flight flight{*this};
    std::optional<ConnectionError> error;
    try {
        GrantedToken granted = co_await keeper_.fetch_(application, user);
        take(std::move(granted));
    } catch (const ConnectionError& failure) {
        error = failure;
    }
    if (error) note(*error);
}

/// A clock that has stepped forwards may mean that the machine has slept, which the steady one does
/// not count.
bool TokenKeeper::Account::is_fresh() const {
    return held_ && now() < held_->token.renewal && keeper_.clock_.now() < held_->wall_renewal;
}

bool TokenKeeper::Account::is_superseded(const AccessToken& token) const {
    return held_ && held_->token.number > token.number && now() >= token.renewal;
}

void TokenKeeper::Account::refused(const AccessToken& token) {
    if (!held_ || held_->token.number != token.number) return;
    // One that is new and refused is not refused for its age, and a server that refuses all of them
    // shall not make us ask for one after the other.
    const auto apart = std::min<std::chrono::seconds>(refusals_apart, held_->lifetime / 4);
    const bool is_new = now() - held_->begun < apart;
    const bool was_just_now = given_up_ && now() - *given_up_ < apart;
    if (is_new || was_just_now) return;
    given_up_ = now();
    held_.reset();
}

void TokenKeeper::Account::take(GrantedToken granted) {
    const std::chrono::seconds margin = rules::renewal_margin(granted.lifetime);
    Held held;
    held.begun = now();
    held.lifetime = granted.lifetime;
    held.parting = held.begun + granted.lifetime - rules::parting_margin(granted.lifetime);
    held.wall_end = keeper_.clock_.now() + granted.lifetime;
    held.wall_renewal = held.wall_end - margin;
    held.token = {std::move(granted.text), ++last_number_, held.begun + granted.lifetime - margin};
    held_ = std::move(held);
    const bool is_news = failure_ || last_number_ == 1;
    failure_.reset();
    log_event(is_news ? LogLevel::info : LogLevel::debug, "token_got",
              {{"oauth", application.name},
               {"user", user},
               {"lifetime", std::to_string(granted.lifetime.count()) + "s"}});
    keeper_.renewed();
}

void TokenKeeper::Account::note(const ConnectionError& error) {
    const int in_a_row = failure_ ? failure_->in_a_row + 1 : 1;
    const double jitter = std::uniform_real_distribution<double>{-1.0, 1.0}(keeper_.random_);
    const rules::TokenFailure kind{in_a_row, error.needs_operator(), error.retry_after()};
    const std::chrono::milliseconds delay = rules::token_retry_delay(kind, jitter);
    const bool is_news = !failure_ || failure_->error.detail() != error.detail() ||
                         now() - failure_->told >= told_again_after;
    Failure noted{error, in_a_row, now() + delay, keeper_.clock_.now(), now()};
    if (failure_) {
        noted.since = failure_->since;
        if (!is_news) noted.told = failure_->told;
    }
    failure_ = noted;
    // A token that still serves makes it no emergency.
    const LogLevel level = is_usable() ? LogLevel::warn : LogLevel::error;
    tell(is_news ? level : LogLevel::debug, delay);
}

void TokenKeeper::Account::tell(LogLevel level, std::chrono::milliseconds delay) const {
    const std::string error = failure_->error.code().message() + ": " + failure_->error.detail();
    log_event(level, "token_failed",
              {{"oauth", application.name},
               {"user", user},
               {"error", error},
               {"advice", rules::advice_on(error)},
               {"delay", std::to_string(delay / 1s) + "s"}});
}

Steady TokenKeeper::Account::next_look() const {
    if (in_flight_) return now() + longest_rest;
    Steady next = is_fresh() ? held_->token.renewal : now();
    if (failure_) next = std::max(next, failure_->until);
    return next;
}

TokenKeeper::State TokenKeeper::Account::state() const {
    State state{application.name, user};
    if (held_) state.ends = held_->wall_end;
    if (!failure_) return state;
    state.failures = failure_->in_a_row;
    state.error = failure_->error.code().message() + ": " + failure_->error.detail();
    state.needs_operator = failure_->error.needs_operator();
    state.failing_since = failure_->since;
    return state;
}

TokenKeeper::TokenKeeper(asio::any_io_executor executor, const Clock& clock, Fetch fetch)
    : executor_(executor),
      clock_(clock),
      fetch_(std::move(fetch)),
      timer_(executor),
      random_(std::random_device{}()) {}

TokenKeeper::~TokenKeeper() = default;

TokenKeeper::Account& TokenKeeper::account_of(const OauthSettings& application,
                                              const std::string& user) {
    // The token of an application by itself is the same for all of its mailboxes.
    const bool is_shared = application.grant == OauthGrant::client_credentials;
    const std::string account = is_shared ? std::string{} : user;
    for (const std::unique_ptr<Account>& one : accounts_) {
        if (one->user == account && one->application == application) return *one;
    }
    accounts_.push_back(std::make_unique<Account>(*this, application, account));
    return *accounts_.back();
}

TokenSource& TokenKeeper::source_of(const OauthSettings& application, const std::string& user) {
    return account_of(application, user);
}

void TokenKeeper::keep(const Settings& settings) {
    for (const std::unique_ptr<Account>& one : accounts_) one->is_wanted = false;
    const auto want = [&](const ServerSettings& server) {
        if (server.oauth.empty()) return;
        account_of(application_named(settings.applications, server.oauth), server.user).is_wanted =
            true;
    };
    for (const MailboxSettings& mailbox : settings.mailboxes) want(mailbox.server);
    want(settings.smtp.server);
    for (const std::unique_ptr<Account>& one : accounts_) {
        if (!one->is_wanted) one->forget_token();
    }
    timer_.cancel();
}

asio::awaitable<void> TokenKeeper::run() {
    stopping_ = false;
    while (!stopping_) {
        // By index: a reload may add some while one is renewed.
        for (std::size_t i = 0; i < accounts_.size() && !stopping_; ++i) {
            Account& account = *accounts_[i];
            if (account.is_due()) co_await account.renew();
        }
        if (stopping_) break;
        timer_.expires_after(time_to_rest());
        boost::system::error_code cancelled;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

std::chrono::steady_clock::duration TokenKeeper::time_to_rest() const {
    std::chrono::steady_clock::duration time = longest_rest;
    for (const std::unique_ptr<Account>& one : accounts_) {
        if (one->is_wanted) time = std::min(time, one->next_look() - clock_.steady());
    }
    return std::max<std::chrono::steady_clock::duration>(time, 10ms);
}

void TokenKeeper::stop() {
    stopping_ = true;
    timer_.cancel();
}

void TokenKeeper::forget_failures() {
    for (const std::unique_ptr<Account>& one : accounts_) one->forget_failure();
    timer_.cancel();
}

std::vector<TokenKeeper::State> TokenKeeper::states() const {
    std::vector<State> states;
    for (const std::unique_ptr<Account>& one : accounts_) {
        if (one->is_wanted) states.push_back(one->state());
    }
    return states;
}

}  // namespace bellhop::daemon
