// bellhop check
#include <iostream>

#include <boost/json.hpp>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/desk.hpp"
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
    const parsers::Diagnostics complaints = desk ? parsers::Diagnostics{} : desk.error();
    invocation.exit_status = desk ? EX_OK : EX_CONFIG;
    if (invocation.json) {
        json::array diagnostics;
        for (const parsers::Diagnostic& each : complaints) diagnostics.push_back(to_json(each));
        const json::object result{{"valid", desk.has_value()},
                                  {"diagnostics", diagnostics},
                                  {"engine", storage::engine_version()}};
        std::cout << json::serialize(result) << '\n';
        return;
    }
    if (desk) {
        std::cout << "bellhop: configuration is valid; " << storage::engine_version() << '\n';
    } else {
        std::cerr << render_all(complaints);
    }
}

}  // namespace

Command check_command() {
    Command command{"check", "check the whole configuration"};
    command.footer =
        "Loads every file of the folder as the daemon would, and prints all that is wrong with\n"
        "them at once; so do the rules' own test mails that fail. Nothing is changed, no server\n"
        "is asked. Exit status 78 where anything is wrong.\n\n"
        "Example:\n"
        "  bellhop --config /etc/bellhop check";
    command.options = {own_tests_option()};
    command.run = [](const Arguments& given, Invocation& invocation) {
        check(invocation, own_tests_of(given));
    };
    return command;
}

}  // namespace bellhop::daemon
