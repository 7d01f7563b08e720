// bellhop init DIR
#include <iostream>
#include <system_error>

#include <boost/json.hpp>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/config_folder.hpp"
#include "daemon/desk/presets.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

struct InitOptions {
    std::filesystem::path folder = {};
    std::string preset = "school";
    bool force = false;
};

std::string refusal(const InitOptions& options, const std::vector<std::string>& existing) {
    std::string text = "bellhop: " + options.folder.string() + " holds a configuration already:\n";
    for (const std::string& path : existing) text += "  " + path + '\n';
    return text + "Nothing was written. --force replaces these files.\n";
}

void print_next_steps(const InitOptions& options, const std::vector<std::string>& written) {
    const std::string folder = options.folder.string();
    std::cout << "Wrote the preset \"" << options.preset << "\" into " << folder << ":\n";
    for (const std::string& path : written) std::cout << "  " << path << '\n';
    std::cout << "\nIt can be tried at once, without a mail server:\n"
              << "  bellhop --config " << folder << " ingest FILE.eml\n"
              << "  bellhop --config " << folder << " ticket list\n"
              << "\nFor real mail:\n"
              << "  1. Fill in the desk, the mailbox and the SMTP server in " << folder
              << "/bellhop.toml.\n"
              << "  2. Write each password into the file that is named there, for example:\n"
              << "       install -m 600 /dev/stdin " << folder << "/smtp.password\n"
              << "  3. bellhop --config " << folder << " check\n"
              << "  4. bellhop --config " << folder << " serve\n";
}

WrittenFolder written_folder(const InitOptions& options) {
    try {
        return write_config_folder(options.folder, options.preset,
                                   options.force ? Overwriting::wanted : Overwriting::refused);
    } catch (const std::system_error& error) {
        throw CommandFailure(EX_CANTCREAT, std::string{"bellhop: "} + error.what() + '\n');
    }
}

void init(Invocation& invocation, const InitOptions& options) {
    const WrittenFolder result = written_folder(options);
    if (!result.existing.empty()) {
        throw CommandFailure(EX_CANTCREAT, refusal(options, result.existing));
    }
    if (!invocation.json) {
        print_next_steps(options, result.written);
        return;
    }
    json::array files;
    for (const std::string& path : result.written) files.emplace_back(path);
    const json::object printed{{"folder", options.folder.string()},
                               {"preset", options.preset},
                               {"files", std::move(files)}};
    std::cout << json::serialize(printed) << '\n';
}

}  // namespace

Command init_command() {
    Command command{"init", "write a configuration to start from"};
    command.footer =
        "Presets: school (one desk of one school), provider (one desk for many schools),\n"
        "district (several mailboxes and teams). Needs no root: the database stands in "
        "DIR/data.\n\n"
        "Example:\n"
        "  bellhop init ~/desk --preset school";
    command.options = {
        value("DIR", "the folder to write; made where it is missing").called("").required(),
        value("--preset", "the kind of desk to begin with")
            .called("NAME")
            .among(preset_names())
            .by_default("school"),
        flag("--force", "replace files that are there already")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        init(invocation, {given.text("DIR"), given.text("--preset"), given.has("--force")});
    };
    return command;
}

}  // namespace bellhop::daemon
