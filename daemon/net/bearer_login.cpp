#include "daemon/net/bearer_login.hpp"

#include <optional>
#include <utility>

#include "daemon/net/connection_error.hpp"
#include "daemon/net/login_answer.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using parsers::BearerMechanism;
namespace {

constexpr std::size_t max_read = 64 * 1024;    // bytes that a server may say to a login
constexpr std::size_t max_smtp_command = 510;  // bytes without CRLF, RFC 5321 section 4.5.3.1.4
constexpr std::string_view smtp_command = "AUTH ";
constexpr std::string_view tag = "L1";  // the session's own tags have seven letters or more

}  // namespace

BearerLogin::BearerLogin(NetStream& stream, MailProtocol protocol, ConnectionSettings settings)
    : stream_(stream), protocol_(protocol), settings_(std::move(settings)) {}

asio::awaitable<void> BearerLogin::run(std::string token) {
    const bool is_imap = protocol_ == MailProtocol::imap;
    // RFC 9051 section 7.1.4: who we are was known to it before.
    if (is_imap && stream_.opening().starts_with("* PREAUTH")) co_return;
    const parsers::LoginOffer offer = is_imap ? parsers::imap_login_offer(stream_.opening())
                                              : parsers::smtp_login_offer(stream_.opening());
    mechanism_ = choose(offer);
    response_ = parsers::initial_response(
        mechanism_, {settings_.user, settings_.host, settings_.port, std::move(token)});
    deadline_ = deadline_in(settings_.timeouts.login);
    if (is_imap) {
        co_await converse_imap(offer.initial_response);
        co_return;
    }
    // RFC 4954 section 4: the command may be as long as every other, and tokens are longer.
    const std::size_t size =
        smtp_command.size() + parsers::name_of(mechanism_).size() + 1 + response_.size();
    co_await converse_smtp(size <= max_smtp_command);
    if (!unread_.empty()) {
        throw ConnectionError(ConnectionErrc::not_protocol, "a reply too many to the login");
    }
}

/// What the settings ask for, or else the standard's own before the older one.
BearerMechanism BearerLogin::choose(const parsers::LoginOffer& offer) const {
    const Authentication wanted = settings_.authentication;
    if (offer.oauthbearer && wanted != Authentication::xoauth2) return BearerMechanism::oauthbearer;
    if (offer.xoauth2 && wanted != Authentication::oauthbearer) return BearerMechanism::xoauth2;
    const std::string name = wanted == Authentication::xoauth2       ? "XOAUTH2"
                             : wanted == Authentication::oauthbearer ? "OAUTHBEARER"
                                                                     : "login with a token";
    throw ConnectionError(
        ConnectionErrc::login_refused,
        "the server offers no " + name + "; it offers " +
            (offer.mechanisms.empty() ? std::string{"no login at all"} : offer.mechanisms));
}

std::string BearerLogin::command(std::string beginning, bool with_response) {
    beginning += parsers::name_of(mechanism_);
    if (with_response) beginning += ' ' + std::exchange(response_, {});
    return beginning;
}

/// The response that has not been sent yet; or else the challenge is the reason of a refusal, and
/// the server wants to hear that it was read before it says so (RFC 7628 section 3.2.3).
std::string BearerLogin::answer_to(std::string_view challenge) {
    if (!response_.empty()) return std::exchange(response_, {});
    if (!reason_.empty()) {
        throw ConnectionError(ConnectionErrc::not_protocol, "challenges without end");
    }
    reason_ = parsers::challenge_words(challenge);
    if (reason_.empty()) reason_ = "no reason given";
    return parsers::answer_to_refusal(mechanism_);
}

asio::awaitable<void> BearerLogin::converse_imap(bool with_response) {
    std::string first = command(std::string{tag} + " AUTHENTICATE ", with_response);
    co_await say(std::move(first));
    for (;;) {
        const std::string said = co_await line();
        if (said.starts_with('+')) {
            std::string answer = answer_to(said.substr(1));
            co_await say(std::move(answer));
            continue;
        }
        heard_ += said + "\r\n";
        if (parsers::starts_with_ignoring_case(said, "* BYE")) {
            throw ConnectionError(ConnectionErrc::bye, said, wait_asked_in(said));
        }
        if (!said.starts_with(std::string{tag} + ' ')) continue;
        const std::string_view status = std::string_view{said}.substr(tag.size() + 1);
        if (!parsers::starts_with_ignoring_case(status, "OK")) refuse(said);
        co_return;
    }
}

asio::awaitable<void> BearerLogin::converse_smtp(bool with_response) {
    std::string first = command(std::string{smtp_command}, with_response);
    co_await say(std::move(first));
    for (;;) {
        const std::string said = co_await line();
        const bool goes_on = said.size() > 3 && said[3] == '-';
        if (said.starts_with("334") && !goes_on) {
            std::string answer = answer_to(said.substr(3));
            co_await say(std::move(answer));
            continue;
        }
        heard_ += said + "\r\n";
        if (goes_on) continue;
        if (said.starts_with("421")) throw ConnectionError(ConnectionErrc::bye, said);
        if (!said.starts_with("235")) refuse(said);
        co_return;
    }
}

asio::awaitable<void> BearerLogin::say(std::string line) {
    co_await stream_.write(line + "\r\n", settings_.timeouts.block);
}

/// The next line, without its end. Throws ConnectionError not_protocol beyond all bounds.
asio::awaitable<std::string> BearerLogin::line() {
    std::string text;
    for (;;) {
        if (unread_.empty()) {
            unread_ = co_await stream_.read(deadline_);
            read_ += unread_.size();
        }
        if (read_ > max_read) {
            throw ConnectionError(ConnectionErrc::not_protocol,
                                  "no end to the answer to the login");
        }
        const std::size_t end = unread_.find('\n');
        text.append(unread_.substr(0, end));
        if (end == std::string_view::npos) {
            unread_ = {};
            continue;
        }
        unread_.remove_prefix(end + 1);
        if (text.ends_with('\r')) text.pop_back();
        co_return text;
    }
}

void BearerLogin::refuse(const std::string& last_line) const {
    const std::string words = reason_.empty() ? last_line : last_line + " (" + reason_ + ')';
    const ConnectionErrc kind =
        asks_for_patience(last_line) ? ConnectionErrc::refused : ConnectionErrc::login_refused;
    throw ConnectionError(kind, words, wait_asked_in(last_line));
}

namespace {

/// Connects and logs in with the token. The server's refusal of it is returned; everything else is
/// thrown.
asio::awaitable<std::optional<ConnectionError>> try_token(NetStream& stream,
                                                          MailProtocol protocol,
                                                          ConnectionSettings settings,
                                                          std::string helo_name,
                                                          AccessToken token) {
    co_await stream.open(protocol, settings, std::move(helo_name));
    BearerLogin login{stream, protocol, settings};
    std::optional<ConnectionError> failure;
    try {
        co_await login.run(token.text);
    } catch (const ConnectionError& error) {
        failure = error;
    }
    stream.keep_login(login.heard(), settings.tokens, std::move(token));
    if (!failure) co_return std::nullopt;
    stream.close();
    if (failure->kind() != ConnectionErrc::login_refused) throw ConnectionError(*failure);
    co_return failure;
}

}  // namespace

asio::awaitable<void> open_connection(NetStream& stream,
                                      MailProtocol protocol,
                                      ConnectionSettings settings,
                                      std::string helo_name) {
    ensure(!stream.is_open());
    if (!uses_token(settings.authentication)) {
        co_await stream.open(protocol, std::move(settings), std::move(helo_name));
        co_return;
    }
    AccessToken token{settings.password};
    if (settings.tokens != nullptr) token = co_await settings.tokens->token();
    std::optional<ConnectionError> refused =
        co_await try_token(stream, protocol, settings, helo_name, token);
    if (refused && settings.tokens != nullptr) {
        // It may have been revoked since we got it.
        settings.tokens->refused(token);
        const AccessToken other = co_await settings.tokens->token();
        if (other.number != token.number) {
            refused = co_await try_token(stream, protocol, settings, helo_name, other);
        }
    }
    if (refused) throw ConnectionError(*refused);
}

}  // namespace bellhop::daemon
