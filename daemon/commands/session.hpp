// What most commands begin with: the configuration and the database, or a clear refusal.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "daemon/commands/command.hpp"
#include "daemon/desk/desk.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// Ends the command: `what()` goes to standard error (whole lines), `status` is the exit status.
class CommandFailure : public std::runtime_error {
public:
    CommandFailure(int status, const std::string& text)
        : std::runtime_error(text), status_(status) {}
    int status() const { return status_; }

private:
    int status_;
};

/// Throws CommandFailure (EX_CONFIG) with every complaint.
Desk configured_desk(const Invocation& invocation, OwnTests tests = OwnTests::may_fail);

/// The switch --allow-failing-tests, and what the command says of it.
void add_own_tests_option(CLI::App& command, OwnTests& tests);

/// The desk's database; made where it does not exist yet. Throws CommandFailure (EX_CANTCREAT,
/// EX_IOERR).
std::unique_ptr<storage::Store> opened_store(const Desk& desk);

/// The mailbox of that name, or the first for an empty one. Throws CommandFailure (EX_USAGE).
const MailboxSettings& chosen_mailbox(const Desk& desk, const std::string& name);

/// The ticket of that number, as read_ticket_number() takes it. Throws CommandFailure (1).
rules::Ticket ticket_named(const storage::Store& store, const std::string& name);

}  // namespace bellhop::daemon
