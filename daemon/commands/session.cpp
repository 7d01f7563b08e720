#include "daemon/commands/session.hpp"

#include <filesystem>
#include <system_error>

#include <CLI/CLI.hpp>
#include <sysexits.h>

#include "daemon/control/request_table.hpp"
#include "daemon/view/output.hpp"

namespace bellhop::daemon {
namespace {

std::unique_ptr<storage::Store> opened_store(const Desk& desk, storage::Access access) {
    try {
        return std::make_unique<storage::Store>(desk.settings.database,
                                                storage::ConnectionSettings{.access = access});
    } catch (const storage::DatabaseError& problem) {
        throw failure_of(problem);
    }
}

/// Throws storage::LockHeld, CommandFailure.
std::unique_ptr<storage::ProcessLock> lock_of(const Desk& desk) {
    const std::filesystem::path& file = desk.settings.database;
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) {
        throw CommandFailure(EX_CANTCREAT, "bellhop: cannot create " + file.parent_path().string() +
                                               ": " + error.message() + "\n");
    }
    try {
        return std::make_unique<storage::ProcessLock>(file);
    } catch (const std::system_error& problem) {
        throw CommandFailure(EX_CANTCREAT, std::string{"bellhop: "} + problem.what() + "\n");
    }
}

}  // namespace

Desk configured_desk(const Invocation& invocation, OwnTests tests) {
    auto desk = load_desk(invocation.config_folder, tests);
    if (!desk) throw CommandFailure(EX_CONFIG, render_all(desk.error()));
    return std::move(*desk);
}

void add_own_tests_option(CLI::App& command, OwnTests& tests) {
    command.add_flag_callback(
        "--allow-failing-tests", [&tests] { tests = OwnTests::may_fail; },
        "take rules whose own [[test]] mails fail");
}

CommandFailure failure_of(const storage::DatabaseError& error) {
    return {status_of(error), std::string{"bellhop: "} + error.what() + "\n"};
}

std::unique_ptr<storage::Store> store_to_read(const Desk& desk) {
    return opened_store(desk, storage::Access::reader);
}

std::unique_ptr<storage::Store> store_to_hold(const Desk& desk) {
    return opened_store(desk, storage::Access::holder);
}

WritableStore store_to_write(const Desk& desk) {
    std::unique_ptr<storage::ProcessLock> lock;
    try {
        lock = lock_of(desk);
    } catch (const storage::LockHeld&) {
        return {nullptr, opened_store(desk, storage::Access::writer)};
    }
    auto store = store_to_hold(desk);
    return {std::move(lock), std::move(store)};
}

const MailboxSettings& chosen_mailbox(const Desk& desk, const std::string& name) {
    const std::vector<MailboxSettings>& mailboxes = desk.settings.mailboxes;
    if (name.empty()) return mailboxes.front();
    std::string known;
    for (const MailboxSettings& one : mailboxes) {
        if (one.name == name) return one;
        known += (known.empty() ? "" : ", ") + one.name;
    }
    throw CommandFailure(
        EX_USAGE, "bellhop: no mailbox is named \"" + name + "\"; there are: " + known + "\n");
}

rules::Ticket ticket_named(const storage::Store& store, const std::string& name) {
    const auto id = read_ticket_number(name);
    auto ticket = id ? store.tickets.find(*id) : std::nullopt;
    if (!ticket) throw CommandFailure(1, "bellhop: no ticket \"" + on_one_line(name, 40) + "\"\n");
    return std::move(*ticket);
}

}  // namespace bellhop::daemon
