// bellhop login
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/control/owner.hpp"
#include "daemon/desk/oauth_settings.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/oauth/device_login.hpp"
#include "daemon/oauth/refresh_token_file.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/process/private_memory.hpp"
#include "rules/access/provider_answer.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;

constexpr auto between_looks = std::chrono::milliseconds{100};
constexpr int looks = 700;  // more than an exchange of tokens may last

/// Where somebody is to log in: the application, and as whom.
struct Account {
    const OauthSettings& application;
    const std::string& user;
};

CommandFailure usage(const std::string& text) {
    return {EX_USAGE, "bellhop: " + text + '\n'};
}

Account account_of(const ServerSettings& server,
                   const std::string& what,
                   const Settings& settings) {
    if (server.oauth.empty()) throw usage(what + " has no oauth = \"NAME\"; it logs in by itself");
    const OauthSettings& application = application_named(settings.applications, server.oauth);
    if (application.grant != OauthGrant::refresh_token) {
        throw usage("[oauth." + application.name +
                    "] gets its tokens by itself; nobody need log in, unless it has "
                    "grant = \"refresh_token\"");
    }
    return {application, server.user};
}

Account chosen_account(const Desk& desk, const Arguments& given) {
    if (given.has("--relay")) return account_of(desk.settings.smtp.server, "[smtp]", desk.settings);
    const MailboxSettings& mailbox = chosen_mailbox(desk, given.text("MAILBOX"));
    return account_of(mailbox.server, "the mailbox \"" + mailbox.name + '"', desk.settings);
}

void show(const parsers::DeviceAnswer& device, const std::string& user) {
    std::cout << fmt::format(
        "Open this page on any device, and log in as somebody who may use {}:\n\n"
        "    {}\n\n"
        "The code that it asks for:\n\n"
        "    {}\n\n"
        "Waiting for it, at most {} min ...\n",
        user, device.address, device.user_code, device.lifetime / std::chrono::minutes{1});
    std::cout.flush();
}

asio::awaitable<void> rest(asio::io_context& context, std::chrono::seconds time) {
    asio::steady_timer timer{context, time};
    co_await timer.async_wait(asio::use_awaitable);
}

/// By device code. Throws ConnectionError.
std::string token_by_device(const Account& account) {
    if (account.application.device_endpoint.empty()) {
        throw usage("[oauth." + account.application.name +
                    "] has no device_endpoint; where the provider gives a refresh token in another "
                    "way, hand it in with --refresh-token");
    }
    asio::io_context context{1};
    CurlLoop loop{context.get_executor()};
    const SystemClock clock;
    DeviceLogin login{clock,
                      {[&loop](HttpPost post) { return http_post(loop, std::move(post)); },
                       [&context](std::chrono::seconds time) { return rest(context, time); },
                       [&account](const auto& device) { show(device, account.user); }}};
    std::string token;
    std::exception_ptr failure;
    asio::co_spawn(context, login.run(account.application),
                   [&](std::exception_ptr error, std::string result) {
                       failure = std::move(error);
                       token = std::move(result);
                   });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return token;
}

/// From standard input: on a command line everybody would see it.
std::string token_handed_in() {
    std::string token;
    std::getline(std::cin, token);
    if (token.empty()) throw usage("no refresh token on standard input");
    return token;
}

/// A gateway that renews the login just now is waited for. Throws std::system_error.
void keep(const std::string& token, const RefreshTokenFile& file) {
    std::unique_ptr<RefreshTokenFile::Lock> lock = file.try_lock();
    for (int i = 0; !lock && i < looks; ++i) {
        std::this_thread::sleep_for(between_looks);
        lock = file.try_lock();
    }
    file.store(token);
}

std::string in_words(const ConnectionError& error) {
    const std::string words = error.code().message() + ": " + error.detail();
    const std::string advice = rules::advice_on(words);
    return "bellhop: " + words + '\n' + (advice.empty() ? "" : "      = " + advice + '\n');
}

void login(const Arguments& given, const Invocation& invocation) {
    keep_memory_private();
    const Desk desk = configured_desk(invocation);
    const Account account = chosen_account(desk, given);
    try {
        const std::string token =
            given.has("--refresh-token") ? token_handed_in() : token_by_device(account);
        make_folder_of(desk.settings.database);
        const AsOwner owner{desk.settings.database};
        keep(token, {desk.settings.database.parent_path(), account.application, account.user});
    } catch (const ConnectionError& error) {
        throw CommandFailure(1, in_words(error));
    } catch (const std::system_error& error) {
        throw CommandFailure(EX_CANTCREAT, std::string{"bellhop: "} + error.what() + '\n');
    }
    std::cout << "bellhop: logged in for " << account.user
              << "; a running gateway takes it within five minutes, or at once after a reload\n";
}

}  // namespace

Command login_command() {
    Command command{"login", "lend the gateway a mailbox, by a code in a browser"};
    command.footer =
        "For an [oauth.NAME] section with grant = \"refresh_token\". The refresh token is kept "
        "beside\n"
        "the database, where only the gateway may read it.\n\n"
        "Example: bellhop login support";
    command.options = {
        value("MAILBOX", "its name; the first one where it is left out"),
        flag("--relay", "the account of [smtp] instead"),
        flag("--refresh-token", "take a refresh token, got in another way, from standard input")};
    command.run = [](const Arguments& given, Invocation& invocation) { login(given, invocation); };
    return command;
}

}  // namespace bellhop::daemon
