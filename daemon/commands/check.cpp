// bellhop check
#include <iostream>
#include <limits>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/desk.hpp"
#include "daemon/desk/desk_lint.hpp"
#include "daemon/oauth/application_check.hpp"
#include "daemon/process/clock.hpp"
#include "storage/database.hpp"
#include "storage/inspection.hpp"

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

constexpr std::size_t sample = 1000;  // stored mails and attachments that are read back

/// Throws CommandFailure where it cannot be opened or read.
storage::Inspection inspected(const Desk& desk, std::size_t most_blobs) {
    const auto store = store_to_read(desk);
    try {
        return storage::inspect(store->database, most_blobs);
    } catch (const storage::DatabaseError& error) {
        throw failure_of(error);
    }
}

json::object to_json(const storage::Inspection& found) {
    json::array faults;
    for (const storage::Fault& one : found.faults) {
        faults.push_back(
            json::object{{"what", one.what}, {"to_do", one.to_do}, {"times", one.times}});
    }
    return {{"sound", found.faults.empty()}, {"faults", std::move(faults)},
            {"tickets", found.tickets},      {"messages", found.messages},
            {"stored_texts", found.blobs},   {"stored_texts_read", found.blobs_read}};
}

void print(const storage::Inspection& found) {
    for (const storage::Fault& one : found.faults) {
        std::cerr << fmt::format("database: {}\n      = {}\n", one.what, one.to_do);
    }
    if (!found.faults.empty()) return;
    std::cout << fmt::format(
        "bellhop: the database is sound: {} tickets, {} messages; {} of {} stored texts read "
        "back\n",
        found.tickets, found.messages, found.blobs_read, found.blobs);
}

void check_configuration(const parsers::Diagnostics& complaints) {
    if (!complaints.empty()) std::cerr << render_all(complaints);
    if (!parsers::has_errors(complaints)) {
        std::cout << "bellhop: configuration is valid; " << storage::engine_version() << '\n';
    }
}

struct CheckOptions {
    OwnTests tests = OwnTests::must_pass;
    bool database = false;
    bool thorough = false;
};

void check(Invocation& invocation, const CheckOptions& options) {
    const auto desk = load_desk(invocation.config_folder, options.tests);
    const std::chrono::sys_seconds now = SystemClock{}.now();
    parsers::Diagnostics complaints = desk ? lint_desk(*desk, now) : desk.error();
    if (desk) {
        for (parsers::Diagnostic& one : lint_applications(desk->settings, now)) {
            complaints.push_back(std::move(one));
        }
    }
    const bool is_valid = !parsers::has_errors(complaints);
    invocation.exit_status = is_valid ? EX_OK : EX_CONFIG;
    if (!invocation.json) check_configuration(complaints);
    std::optional<storage::Inspection> found;
    if (desk && options.database) {
        found =
            inspected(*desk, options.thorough ? std::numeric_limits<std::int64_t>::max() : sample);
        if (!found->faults.empty()) invocation.exit_status = EX_IOERR;
        if (!invocation.json) print(*found);
    }
    if (!invocation.json) return;
    json::array diagnostics;
    for (const parsers::Diagnostic& each : complaints) diagnostics.push_back(to_json(each));
    json::object result{
        {"valid", is_valid}, {"diagnostics", diagnostics}, {"engine", storage::engine_version()}};
    if (found) result["database"] = to_json(*found);
    std::cout << json::serialize(result) << '\n';
}

}  // namespace

Command check_command() {
    Command command{"check", "check the whole configuration, and the database"};
    command.footer =
        "Loads every file of the folder as the daemon would, and prints all that is wrong with\n"
        "them at once, the rules' own test mails that fail among it; then what is wrong with all\n"
        "files together: whoever would not be reached, names that lead nowhere, and what \"rules\n"
        "lint\" and \"calendar check\" find. Nothing is changed, no server is asked. Exit status "
        "78\n"
        "where anything is wrong; warnings alone change nothing of it.\n\n"
        "With --database it reads the whole database besides, also while the gateway runs, and\n"
        "says what is wrong in it and what to do. Exit status 74 where anything is.\n\n"
        "Example:\n"
        "  bellhop --config /etc/bellhop check --database";
    command.options = {own_tests_option(), flag("--database", "the database, too"),
                       flag("--thorough", "the database, and every stored mail in it")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        const bool thorough = given.has("--thorough");
        check(invocation, {own_tests_of(given), thorough || given.has("--database"), thorough});
    };
    return command;
}

}  // namespace bellhop::daemon
