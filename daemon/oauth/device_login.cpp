#include "daemon/oauth/device_login.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "daemon/net/connection_error.hpp"
#include "daemon/oauth/token_request.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
namespace {

using namespace std::chrono_literals;

constexpr const char* device_code_grant = "urn:ietf:params:oauth:grant-type:device_code";
constexpr std::chrono::seconds slower = 5s;  // RFC 8628 section 3.5
constexpr std::chrono::seconds slowest = 60s;

HttpPost form_to(const std::string& url,
                 const OauthSettings& application,
                 const parsers::FormFields& form) {
    HttpPost post;
    post.url = url;
    post.header_lines = {"Content-Type: application/x-www-form-urlencoded",
                         "Accept: application/json"};
    post.body = parsers::form_encoded(form);
    post.ca_file = application.ca_file.string();
    return post;
}

ConnectionError failure_of(const parsers::TokenRefusal& refusal) {
    const std::string between = refusal.code.empty() || refusal.words.empty() ? "" : ": ";
    return {ConnectionErrc::no_token, refusal.code + between + refusal.words};
}

/// The application's fields, with its first credential where it has one. Throws ConnectionError.
parsers::FormFields fields_of(const OauthSettings& application, std::chrono::sys_seconds now) {
    const OauthCredential* credential =
        application.credentials.empty() ? nullptr : &application.credentials.front();
    try {
        return client_fields(application, credential, now);
    } catch (const std::runtime_error& error) {
        throw ConnectionError(ConnectionErrc::no_token, error.what());
    }
}

}  // namespace

DeviceLogin::DeviceLogin(const Clock& clock, Around around)
    : clock_(clock), around_(std::move(around)) {}

asio::awaitable<parsers::DeviceAnswer> DeviceLogin::begin(OauthSettings application) {
    const parsers::FormFields form{{"client_id", application.client_id},
                                   {"scope", application.scope}};
    HttpPost post = form_to(application.device_endpoint, application, form);
    const HttpAnswer answer = co_await around_.post(std::move(post));
    co_return parsers::read_device_answer(answer.status, answer.body);
}

/// Whether it is done. What the network does is "not yet".
asio::awaitable<parsers::TokenAnswer> DeviceLogin::ask(OauthSettings application,
                                                       std::string device_code) {
    parsers::FormFields form = fields_of(application, clock_.now());
    form.emplace_back("grant_type", device_code_grant);
    form.emplace_back("device_code", std::move(device_code));
    HttpPost post = form_to(application.token_endpoint, application, form);
    parsers::TokenAnswer read;
    try {
        const HttpAnswer answer = co_await around_.post(std::move(post));
        read = parsers::read_token_answer(answer.status, answer.body);
    } catch (const ConnectionError& error) {
        if (error.needs_operator()) throw;
        read.refusal.code = "slow_down";
    }
    co_return read;
}

asio::awaitable<std::string> DeviceLogin::run(OauthSettings application) {
    const parsers::DeviceAnswer device = co_await begin(application);
    if (!device.is_granted()) throw failure_of(device.refusal);
    around_.show(device);
    std::chrono::seconds interval = device.interval;
    const auto end = clock_.steady() + device.lifetime;
    while (clock_.steady() < end) {
        co_await around_.pause(interval);
        parsers::TokenAnswer answer = co_await ask(application, device.device_code);
        if (answer.is_granted()) {
            if (!answer.refresh_token.empty()) co_return std::move(answer.refresh_token);
            throw ConnectionError(
                ConnectionErrc::no_token,
                "the provider gives no refresh token; scope must have offline_access in it");
        }
        const std::string& code = answer.refusal.code;
        if (code == "slow_down") interval = std::min(interval + slower, slowest);
        // Without a code the server was out of order for once.
        const bool goes_on = code == "authorization_pending" || code == "slow_down" || code.empty();
        if (!goes_on) throw failure_of(answer.refusal);
    }
    throw ConnectionError(ConnectionErrc::no_token, "expired_token: nobody has typed the code");
}

}  // namespace bellhop::daemon
