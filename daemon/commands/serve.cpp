// bellhop serve
#include <csignal>
#include <iostream>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/process/crash_point.hpp"
#include "daemon/process/log.hpp"
#include "daemon/serve/connections.hpp"
#include "daemon/serve/gateway.hpp"

namespace bellhop::daemon {
namespace {

void serve(const Invocation& invocation, OwnTests tests) {
    std::signal(SIGPIPE, SIG_IGN);  // a server that hangs up is an error code, not the end
    Desk desk = configured_desk(invocation, tests);
    start_log(desk.settings.log_level);
    const std::unique_ptr<storage::ProcessLock> lock = locked(desk);
    const auto store = store_to_hold(desk);
    crash_point("in_startup");
    const SystemClock clock;
    std::string key = load_or_make_key(desk.settings.database);
    boost::asio::io_context context{1};
    CurlLoop loop{context.get_executor()};
    Gateway gateway{context,         *store,         clock,
                    std::move(desk), std::move(key), real_connections(loop)};
    gateway.run();
}

}  // namespace

void add_serve_command(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand("serve", "the daemon, in the foreground");
    command->footer(
        "SIGTERM ends it within 5 seconds. SIGHUP, or a change of a file of the configuration, "
        "makes\n"
        "it read all of it again.\n\n"
        "Example:\n"
        "  bellhop --config /etc/bellhop serve");
    const auto tests = std::make_shared<OwnTests>(OwnTests::must_pass);
    add_own_tests_option(*command, *tests);
    command->callback([&invocation, tests] { serve(invocation, *tests); });
}

}  // namespace bellhop::daemon
