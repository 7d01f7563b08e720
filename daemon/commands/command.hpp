// The command line: one function a command, each in a file of its own.
#pragma once

#include <filesystem>

namespace CLI {
class App;
}

namespace bellhop::daemon {

/// What stands before the command, and what comes out of it.
struct Invocation {
    std::filesystem::path config_folder = {};
    bool json = false;
    int exit_status = 0;  ///< sysexits.h; 1 = the answer is "no"
};

/// Each adds its subcommand to `app`, with a callback that runs it and sets `exit_status`.
/// `invocation` outlives `app`.
void add_calendar_command(CLI::App& app, Invocation& invocation);
void add_check_command(CLI::App& app, Invocation& invocation);
void add_explain_command(CLI::App& app, Invocation& invocation);
void add_ingest_command(CLI::App& app, Invocation& invocation);
void add_init_command(CLI::App& app, Invocation& invocation);
void add_ledger_command(CLI::App& app, Invocation& invocation);
void add_outbox_command(CLI::App& app, Invocation& invocation);
void add_parse_command(CLI::App& app, Invocation& invocation);
void add_quarantine_command(CLI::App& app, Invocation& invocation);
void add_replay_command(CLI::App& app, Invocation& invocation);
void add_report_command(CLI::App& app, Invocation& invocation);
void add_serve_command(CLI::App& app, Invocation& invocation);
void add_sla_command(CLI::App& app, Invocation& invocation);
void add_rules_command(CLI::App& app, Invocation& invocation);
void add_status_command(CLI::App& app, Invocation& invocation);
void add_ticket_command(CLI::App& app, Invocation& invocation);

}  // namespace bellhop::daemon
