#include "daemon/commands/command_line.hpp"

#include <map>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>
#include <sysexits.h>

#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace {

/// The texts of an option as they were typed; no conversion of the library's is wanted.
bool take_as_typed(const CLI::results_t& /*texts*/) {
    return true;
}

CLI::Option* add_option(CLI::App& app, const Option& option) {
    if (option.takes == Option::Takes::nothing)
        return app.add_flag(option.name)->description(option.what);
    CLI::Option* added = app.add_option(option.name, CLI::callback_t{take_as_typed}, option.what);
    added->type_name(option.type)->type_size(1);
    const bool is_several = option.takes == Option::Takes::several;
    const bool is_place = !option.name.starts_with('-');
    if (is_several && is_place) {
        added->expected(1, -1);
    } else if (is_several) {
        added->expected(1)->take_all();  // one word each time
    } else {
        added->expected(1);
    }
    // Only words by their place may be any number; for others "[a,b]" is no list.
    added->allow_extra_args(is_several && is_place);
    added->required(option.is_required);
    if (!option.default_value.empty()) added->default_str(option.default_value);
    if (!option.known.empty()) added->check(CLI::IsMember(option.known));
    if (option.complaint) added->check(option.complaint, "");
    return added;
}

/// A command, and what the library has made of it.
struct AddedCommand {
    const Command* command = nullptr;
    CLI::App* app = nullptr;
    std::vector<std::pair<const Option*, CLI::Option*>> options = {};
};

void add_command(CLI::App& parent, const Command& command, std::vector<AddedCommand>& all) {
    AddedCommand added{&command, parent.add_subcommand(command.name, command.what)};
    added.app->footer(command.footer);
    for (const Option& option : command.options)
        added.options.emplace_back(&option, add_option(*added.app, option));
    if (!command.commands.empty()) added.app->require_subcommand(1);
    CLI::App& app = *added.app;
    all.push_back(std::move(added));
    for (const Command& one : command.commands) add_command(app, one, all);
}

Arguments arguments_of(const AddedCommand& added) {
    std::map<std::string, std::vector<std::string>> given;
    for (const auto& [option, parsed] : added.options) {
        std::vector<std::string> texts;
        if (parsed->count() > 0) {
            texts = option->takes == Option::Takes::nothing ? std::vector<std::string>{"yes"}
                                                            : parsed->results();
        } else if (!option->default_value.empty()) {
            texts = {option->default_value};
        }
        given.emplace(option->name, std::move(texts));
    }
    return Arguments{std::move(given)};
}

/// The command that was chosen: the deepest one.
const AddedCommand& chosen(const CLI::App& app, const std::vector<AddedCommand>& all) {
    const CLI::App* deepest = &app;
    while (!deepest->get_subcommands().empty()) deepest = deepest->get_subcommands().front();
    for (const AddedCommand& one : all) {
        if (one.app == deepest) return one;
    }
    never_reached();
}

int run_chosen(const AddedCommand& added, Invocation invocation, std::ostream& complaints) {
    try {
        added.command->run(arguments_of(added), invocation);
    } catch (const CommandFailure& failure) {
        complaints << failure.what();
        return failure.status();
    } catch (const std::exception& error) {
        complaints << "bellhop: " << error.what() << '\n';
        return EX_SOFTWARE;
    }
    return invocation.exit_status;
}

}  // namespace

int run(const Program& program,
        const std::vector<std::string>& words,
        std::ostream& out,
        std::ostream& complaints) {
    Invocation invocation{program.config_folder};
    CLI::App app{program.what};
    app.name(program.name);
    app.set_version_flag("--version", program.version);
    app.add_option("--config", invocation.config_folder,
                   "folder with the configuration ($BELLHOP_CONFIG)")
        ->type_name("DIR");
    app.add_flag("--json", invocation.json, "print the result as JSON");
    app.require_subcommand(1);
    app.fallthrough();
    std::vector<AddedCommand> all;
    for (const Command& command : program.commands) add_command(app, command, all);
    try {
        // The library takes them from the back.
        app.parse(std::vector<std::string>{words.rbegin(), words.rend()});
    } catch (const CLI::ParseError& error) {
        const bool asked = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
        app.exit(error, out, complaints);
        return asked ? EX_OK : EX_USAGE;
    }
    return run_chosen(chosen(app, all), invocation, complaints);
}

}  // namespace bellhop::daemon
