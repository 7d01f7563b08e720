#include "daemon/oauth/token_client.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/net/http_post.hpp"
#include "daemon/oauth/token_request.hpp"
#include "daemon/process/log.hpp"
#include "parsers/protocol/token_answer.hpp"
#include "rules/access/provider_answer.hpp"
#include "rules/access/token_life.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
namespace {

using namespace std::chrono_literals;

constexpr auto worth_telling = 2min;    // that our clock differs from the provider's
constexpr auto longest_exchange = 70s;  // of another process: two requests
constexpr auto between_looks = 100ms;   // whether it is done

const OauthCredential* credential_of(const OauthSettings& application, std::size_t which) {
    return which < application.credentials.size() ? &application.credentials[which] : nullptr;
}

/// "; this machine's clock is 17 min ahead of the server's", where that is so.
std::string skew_in_words(std::chrono::sys_seconds ours, const HttpAnswer& answer) {
    if (!answer.date) return {};
    const std::chrono::seconds ahead = ours - *answer.date;
    const std::chrono::seconds span = ahead < 0s ? -ahead : ahead;
    if (span < worth_telling) return {};
    return "; this machine's clock is " + std::to_string(span / 1min) + " min " +
           (ahead > 0s ? "ahead of" : "behind") + " the server's";
}

std::string words_of(const parsers::TokenRefusal& refusal) {
    if (refusal.code.empty()) return refusal.words;
    return refusal.words.empty() ? refusal.code : refusal.code + ": " + refusal.words;
}

ConnectionError failure_of(const std::string& host,
                           const parsers::TokenRefusal& refusal,
                           const HttpAnswer& answer,
                           std::chrono::sys_seconds now) {
    const bool is_final = rules::needs_a_person(refusal.code, answer.status);
    return {is_final ? ConnectionErrc::no_token : ConnectionErrc::refused,
            host + ": " + words_of(refusal) + skew_in_words(now, answer), answer.retry_after};
}

}  // namespace

TokenClient::TokenClient(CurlLoop& loop, const Clock& clock, std::filesystem::path state)
    : loop_(loop), clock_(clock), state_(std::move(state)) {}

std::size_t TokenClient::credential_in_use(const std::string& application) const {
    const auto found = in_use_.find(application);
    return found == in_use_.end() ? 0 : found->second;
}

asio::awaitable<GrantedToken> TokenClient::fetch(OauthSettings application, std::string user) {
    std::unique_ptr<RefreshTokenFile::Lock> lock;
    if (application.grant == OauthGrant::refresh_token) {
        lock = co_await locked(application, user);
    }
    GrantedToken token = co_await fetch_with_each(std::move(application), std::move(user));
    co_return token;
}

/// Waits for other processes: a command beside the daemon, somebody who logs in. Throws
/// ConnectionError.
asio::awaitable<std::unique_ptr<RefreshTokenFile::Lock>> TokenClient::locked(
    OauthSettings application, std::string user) {
    const RefreshTokenFile file{state_, application, user};
    asio::steady_timer timer{loop_.executor()};
    const auto end = std::chrono::steady_clock::now() + longest_exchange;
    for (;;) {
        std::unique_ptr<RefreshTokenFile::Lock> lock;
        std::optional<ConnectionError> failure;
        try {
            lock = file.try_lock();
        } catch (const std::system_error& error) {
            failure = ConnectionError(ConnectionErrc::no_token, error.what());
        }
        if (failure) throw ConnectionError(*failure);
        if (lock) co_return lock;
        if (std::chrono::steady_clock::now() >= end) {
            throw ConnectionError(ConnectionErrc::refused,
                                  "another process renews the login of " + user);
        }
        timer.expires_after(between_looks);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<GrantedToken> TokenClient::fetch_with_each(OauthSettings application,
                                                           std::string user) {
    const std::size_t count = std::max<std::size_t>(application.credentials.size(), 1);
    const std::size_t first = credential_in_use(application.name) % count;
    std::optional<ConnectionError> failure;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t which = (first + i) % count;
        Attempt attempt = co_await ask(application, which, user);
        if (attempt.token) {
            note_credential(application, which);
            co_return std::move(*attempt.token);
        }
        if (!failure) failure = std::move(attempt.failure);
        if (!attempt.is_of_the_credential) break;
    }
    throw ConnectionError(*failure);
}

asio::awaitable<TokenClient::Attempt> TokenClient::ask(OauthSettings application,
                                                       std::size_t which,
                                                       std::string user) {
    Attempt attempt;
    TokenRequest request;
    TokenWish wish{user, {}, clock_.now()};
    try {
        if (application.grant == OauthGrant::refresh_token) {
            wish.refresh_token = refresh_token_of(application, user);
        }
        request = token_request(application, credential_of(application, which), wish);
    } catch (const std::runtime_error& error) {
        attempt.failure = ConnectionError(ConnectionErrc::no_token, error.what());
        attempt.is_of_the_credential = true;
        co_return attempt;
    }
    HttpPost post;
    post.url = request.endpoint;
    post.header_lines = {"Content-Type: application/x-www-form-urlencoded",
                         "Accept: application/json"};
    post.body = parsers::form_encoded(request.form);
    post.ca_file = application.ca_file.string();
    const HttpAnswer answer = co_await http_post(loop_, std::move(post));
    parsers::TokenAnswer read = parsers::read_token_answer(answer.status, answer.body);
    if (!read.is_granted()) {
        attempt.failure =
            failure_of(host_of_url(request.endpoint), read.refusal, answer, clock_.now());
        attempt.is_of_the_credential =
            rules::is_of_the_credential(read.refusal.code, read.refusal.words);
        co_return attempt;
    }
    if (!read.refresh_token.empty()) keep(application, wish, std::move(read.refresh_token));
    attempt.token = GrantedToken{std::move(read.access_token), read.lifetime};
    co_return attempt;
}

/// One that could not be written down yet comes first: the one in the file may count no more.
/// Throws std::runtime_error.
std::string TokenClient::refresh_token_of(const OauthSettings& application,
                                          const std::string& user) {
    const RefreshTokenFile file{state_, application, user};
    const auto unsaved = unsaved_.find(file.path().string());
    if (unsaved != unsaved_.end()) {
        file.store(unsaved->second);
        unsaved_.erase(unsaved);
    }
    const std::optional<std::string> token = file.load();
    if (!token) {
        throw std::runtime_error("nobody has logged in as " + user +
                                 " yet, or for another client_id: bellhop login");
    }
    return *token;
}

/// On the disk before the access token that came with it is used. Throws ConnectionError where that
/// fails; it is tried again before the next request.
void TokenClient::keep(const OauthSettings& application, const TokenWish& wish, std::string token) {
    const RefreshTokenFile file{state_, application, wish.user};
    try {
        // Somebody may have logged in anew meanwhile: his token is the better one.
        if (file.load() == wish.refresh_token) file.store(token);
    } catch (const std::runtime_error& error) {
        unsaved_[file.path().string()] = std::move(token);
        throw ConnectionError(ConnectionErrc::no_token,
                              std::string{"the new refresh token cannot be kept: "} + error.what());
    }
}

void TokenClient::note_credential(const OauthSettings& application, std::size_t which) {
    std::size_t& in_use = in_use_[application.name];
    if (in_use != which) {
        log_event(LogLevel::warn, "credential_changed",
                  {{"oauth", application.name}, {"to", which == 0 ? "first" : "next"}});
    }
    in_use = which;
}

}  // namespace bellhop::daemon
