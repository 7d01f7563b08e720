#include <CLI/CLI.hpp>

#include "daemon/commands/command.hpp"

namespace bellhop::daemon {

void add_parse_command(CLI::App& app, Invocation&) {
    app.add_subcommand("parse", "show what the gateway understands of a message");
}

}  // namespace bellhop::daemon
