// The program: reads the command line and hands over to one of daemon/commands/.
#include <cstdlib>
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"

namespace {

std::filesystem::path default_config_folder() {
    const char* folder = std::getenv("BELLHOP_CONFIG");
    return folder != nullptr && *folder != '\0' ? folder : "/etc/bellhop";
}

}  // namespace

int main(int argc, char** argv) {
    using namespace bellhop::daemon;
    Invocation invocation{default_config_folder()};
    CLI::App app{"bellhop - email-to-ticket gateway for school help desks"};
    app.name("bellhop");
    app.set_version_flag("--version", "bellhop " BELLHOP_VERSION);
    app.add_option("--config", invocation.config_folder,
                   "folder with the configuration ($BELLHOP_CONFIG)")
        ->type_name("DIR");
    app.add_flag("--json", invocation.json, "print the result as JSON");
    app.require_subcommand(1);
    app.fallthrough();
    add_init_command(app, invocation);
    add_check_command(app, invocation);
    add_serve_command(app, invocation);
    add_ingest_command(app, invocation);
    add_parse_command(app, invocation);
    add_ticket_command(app, invocation);
    add_explain_command(app, invocation);
    add_outbox_command(app, invocation);
    add_quarantine_command(app, invocation);
    add_replay_command(app, invocation);
    add_ledger_command(app, invocation);
    add_sla_command(app, invocation);
    add_rules_command(app, invocation);
    add_calendar_command(app, invocation);
    add_report_command(app, invocation);
    add_status_command(app, invocation);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const bool asked = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
        app.exit(error);
        return asked ? EX_OK : EX_USAGE;
    } catch (const CommandFailure& failure) {
        std::cerr << failure.what();
        return failure.status();
    } catch (const std::exception& error) {
        std::cerr << "bellhop: " << error.what() << '\n';
        return EX_SOFTWARE;
    }
    return invocation.exit_status;
}
