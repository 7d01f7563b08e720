#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <CLI/CLI.hpp>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/sla_due.hpp"
#include "daemon/commands/sla_vectors.hpp"

namespace bellhop::daemon {
namespace {

int run_vectors_file(const std::string& name) {
    std::ifstream file{name, std::ios::binary};
    if (!file) {
        std::cerr << "bellhop: cannot read " << name << '\n';
        return EX_NOINPUT;
    }
    const std::string document{std::istreambuf_iterator<char>{file}, {}};
    const VectorsOutcome outcome = run_sla_vectors(document, std::cout, std::cerr);
    return outcome == VectorsOutcome::all_computed ? EX_OK : EX_DATAERR;
}

void add_run_command(CLI::App& sla, Invocation& invocation) {
    CLI::App* run = sla.add_subcommand("run", "compute due instants and timers of a JSON file");
    run->footer(
        "Example: bellhop sla run what-if.json\n"
        "The file holds calendars and questions; each answer is one JSON object a line.");
    run->add_option("FILE", "calendars and vectors, as JSON")->required();
    run->callback([run, &invocation] {
        invocation.exit_status = run_vectors_file(run->get_option("FILE")->as<std::string>());
    });
}

void add_due_command(CLI::App& sla, Invocation& invocation) {
    CLI::App* due = sla.add_subcommand("due", "by when a ticket is due, interval by interval");
    due->footer("Example: bellhop sla due --priority P2 --at 2026-10-23T14:00:00Z");
    due->add_option("--priority", "of sla.toml; its default without")->type_name("P");
    due->add_option("--plan", "the school's service plan")->type_name("NAME");
    due->add_option("--calendar", "the school's calendar; the desk's own without")
        ->type_name("NAME");
    due->add_option("--at", "when the mail arrives; now without")->type_name("INSTANT");
    due->callback([due, &invocation] {
        const auto text = [due](const char* option) {
            const CLI::Option* found = due->get_option(option);
            return found->count() > 0 ? found->as<std::string>() : std::string{};
        };
        invocation.exit_status = explain_due_instants(
            {text("--priority"), text("--plan"), text("--calendar"), text("--at")},
            invocation.config_folder, invocation.json);
    });
}

}  // namespace

void add_sla_command(CLI::App& app, Invocation& invocation) {
    CLI::App* sla = app.add_subcommand("sla", "service levels: what is due, and why");
    sla->require_subcommand(1);
    sla->fallthrough();
    add_due_command(*sla, invocation);
    add_run_command(*sla, invocation);
}

}  // namespace bellhop::daemon
