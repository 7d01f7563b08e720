// bellhop check
#include <iostream>

#include <boost/json.hpp>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/desk.hpp"
#include "daemon/desk/desk_lint.hpp"
#include "daemon/process/clock.hpp"
#include "storage/database.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

json::object to_json(const parsers::Diagnostic& diagnostic) {
    json::array hints;
    for (const std::string& hint : diagnostic.hints) hints.emplace_back(hint);
    const bool is_error = diagnostic.severity == parsers::Severity::error;
    return {{"file", diagnostic.where.file},
            {"line", diagnostic.where.line},
            {"column", diagnostic.where.column},
            {"length", diagnostic.where.length},
            {"severity", is_error ? "error" : "warning"},
            {"message", diagnostic.message},
            {"hints", std::move(hints)}};
}

void check(Invocation& invocation, OwnTests tests) {
    const auto desk = load_desk(invocation.config_folder, tests);
    const parsers::Diagnostics complaints =
        desk ? lint_desk(*desk, SystemClock{}.now()) : desk.error();
    const bool is_valid = !parsers::has_errors(complaints);
    invocation.exit_status = is_valid ? EX_OK : EX_CONFIG;
    if (invocation.json) {
        json::array diagnostics;
        for (const parsers::Diagnostic& each : complaints) diagnostics.push_back(to_json(each));
        const json::object result{{"valid", is_valid},
                                  {"diagnostics", diagnostics},
                                  {"engine", storage::engine_version()}};
        std::cout << json::serialize(result) << '\n';
        return;
    }
    if (!complaints.empty()) std::cerr << render_all(complaints);
    if (is_valid) {
        std::cout << "bellhop: configuration is valid; " << storage::engine_version() << '\n';
    }
}

}  // namespace

Command check_command() {
    Command command{"check", "check the whole configuration"};
    command.footer =
        "Loads every file of the folder as the daemon would, and prints all that is wrong with\n"
        "them at once, the rules' own test mails that fail among it; then what is wrong with all\n"
        "files together: whoever would not be reached, names that lead nowhere, and what \"rules\n"
        "lint\" and \"calendar check\" find. Nothing is changed, no server is asked. Exit status "
        "78\n"
        "where anything is wrong; warnings alone change nothing of it.\n\n"
        "Example:\n"
        "  bellhop --config /etc/bellhop check";
    command.options = {own_tests_option()};
    command.run = [](const Arguments& given, Invocation& invocation) {
        check(invocation, own_tests_of(given));
    };
    return command;
}

}  // namespace bellhop::daemon
