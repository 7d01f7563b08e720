#include <iostream>
#include <string>

#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/input_file.hpp"
#include "daemon/commands/sla_due.hpp"
#include "daemon/commands/sla_vectors.hpp"

namespace bellhop::daemon {
namespace {

int run_vectors_file(const std::string& name) {
    const std::string document = required_input(name, EX_NOINPUT);
    const VectorsOutcome outcome = run_sla_vectors(document, std::cout, std::cerr);
    return outcome == VectorsOutcome::all_computed ? EX_OK : EX_DATAERR;
}

Command run_command() {
    Command run{"run", "compute due instants and timers of a JSON file"};
    run.footer =
        "Example: bellhop sla run what-if.json\n"
        "The file holds calendars and questions; each answer is one JSON object a line.";
    run.options = {value("FILE", "calendars and vectors, as JSON").called("").required()};
    run.run = [](const Arguments& given, Invocation& invocation) {
        invocation.exit_status = run_vectors_file(given.text("FILE"));
    };
    return run;
}

Command due_command() {
    Command due{"due", "by when a ticket is due, interval by interval",
                "Example: bellhop sla due --priority P2 --at 2026-10-23T14:00:00Z"};
    due.options = {
        value("--priority", "of sla.toml; its default without").called("P"),
        value("--plan", "the school's service plan").called("NAME"),
        value("--calendar", "the school's calendar; the desk's own without").called("NAME"),
        value("--at", "when the mail arrives; now without").called("INSTANT")};
    due.run = [](const Arguments& given, Invocation& invocation) {
        invocation.exit_status =
            explain_due_instants({given.text("--priority"), given.text("--plan"),
                                  given.text("--calendar"), given.text("--at")},
                                 invocation.config_folder, invocation.json);
    };
    return due;
}

}  // namespace

Command sla_command() {
    Command sla{"sla", "service levels: what is due, and why"};
    sla.commands = {due_command(), run_command()};
    return sla;
}

}  // namespace bellhop::daemon
