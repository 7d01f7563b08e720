// bellhop serve
#include <chrono>
#include <csignal>
#include <iostream>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/control/control_socket.hpp"
#include "daemon/control/holder.hpp"
#include "daemon/control/owner.hpp"
#include "daemon/desk/secret_key.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/process/crash_point.hpp"
#include "daemon/process/log.hpp"
#include "daemon/process/private_memory.hpp"
#include "daemon/serve/connections.hpp"
#include "daemon/serve/gateway.hpp"
#include "daemon/serve/start_check.hpp"
#include "storage/process_lock.hpp"

namespace bellhop::daemon {
namespace {

/// Before the database is opened, and so brought up to date: only its holder may do that. A command
/// that holds the lock for a moment, or a daemon that ends, is waited for.
///
/// Throws CommandFailure where another daemon has the database.
std::unique_ptr<storage::ProcessLock> locked(const std::filesystem::path& database) {
    const auto deadline = std::chrono::steady_clock::now() + Holder::patience;
    for (;;) {
        try {
            make_folder_of(database);
            return std::make_unique<storage::ProcessLock>(database);
        } catch (const storage::LockHeld& error) {
            std::error_code unreached;
            const bool is_daemon = static_cast<bool>(connected_socket(database, unreached));
            if (is_daemon || std::chrono::steady_clock::now() > deadline) {
                throw CommandFailure(EX_TEMPFAIL, std::string{"bellhop: "} + error.what() + "\n");
            }
        } catch (const std::system_error& error) {
            const bool never_passes = error.code() == std::errc::too_many_links;
            throw CommandFailure(never_passes ? EX_CONFIG : EX_CANTCREAT,
                                 std::string{"bellhop: "} + error.what() + "\n");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
}

/// SIGHUP waits from here on until somebody hears it: one that comes while the configuration is
/// read must neither kill us nor be lost.
void hold_back_sighup(int how) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(how, &signals, nullptr);
}

void refuse_root(const std::filesystem::path& database) {
    if (!belongs_to_another(database)) return;
    throw CommandFailure(EX_NOPERM, "bellhop: \"" + database.string() +
                                        "\" is another user's; let the service manager start the "
                                        "daemon as that user\n");
}

void serve(const Invocation& invocation, OwnTests tests) {
    std::signal(SIGPIPE, SIG_IGN);  // a server that hangs up is an error code, not the end
    keep_memory_private();
    hold_back_sighup(SIG_BLOCK);
    Desk desk = configured_desk(invocation, tests);
    start_log(desk.settings.log_level);
    const std::filesystem::path database = desk.settings.database;
    refuse_root(database);
    const std::unique_ptr<storage::ProcessLock> lock = locked(database);
    const auto store = store_to_hold(desk);
    crash_point("in_startup");
    const SystemClock clock;
    check_at_start(*store, clock);
    std::string key = load_or_make_key(database);
    boost::asio::io_context context{1};
    RealServers servers{context.get_executor(), clock, database};
    Gateway gateway{context, *store, clock, std::move(desk), std::move(key), servers.connections()};
    hold_back_sighup(SIG_UNBLOCK);
    gateway.run();
}

}  // namespace

Command serve_command() {
    Command command{"serve", "the daemon, in the foreground"};
    command.footer =
        "SIGTERM ends it within 5 seconds. SIGHUP, or a change of a file of the configuration,\n"
        "makes it read all of it again.\n\n"
        "Example:\n"
        "  bellhop --config /etc/bellhop serve";
    command.options = {own_tests_option()};
    command.run = [](const Arguments& given, Invocation& invocation) {
        serve(invocation, own_tests_of(given));
    };
    return command;
}

}  // namespace bellhop::daemon
