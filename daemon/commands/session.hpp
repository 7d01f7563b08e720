// What most commands begin with: the configuration and the database, or a clear refusal.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "daemon/commands/command.hpp"
#include "daemon/desk/desk.hpp"
#include "storage/process_lock.hpp"
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

/// The end of a command that the database has failed: EX_NOINPUT where there is none, EX_TEMPFAIL
/// where its schema is older or another process holds it, EX_CONFIG where it is newer or another
/// program's, otherwise EX_IOERR.
CommandFailure failure_of(const storage::DatabaseError& error);

/// The desk's database, for a command that changes nothing: it is neither made nor migrated. Throws
/// failure_of().
std::unique_ptr<storage::Store> store_to_read(const Desk& desk);

/// The database of a process that holds the lock: made where there is none, brought up to date.
/// Throws failure_of().
std::unique_ptr<storage::Store> store_to_hold(const Desk& desk);

/// A database that a command writes into: held by it, or beside the daemon that holds it.
struct WritableStore {
    std::unique_ptr<storage::ProcessLock> lock = {};  ///< none where a daemon holds it
    std::unique_ptr<storage::Store> store = {};       ///< never null

    storage::Store& operator*() const { return *store; }
    storage::Store* operator->() const { return store.get(); }
};

/// Throws CommandFailure as the two above do.
WritableStore store_to_write(const Desk& desk);

/// The mailbox of that name, or the first for an empty one. Throws CommandFailure (EX_USAGE).
const MailboxSettings& chosen_mailbox(const Desk& desk, const std::string& name);

/// The ticket of that number, as read_ticket_number() takes it. Throws CommandFailure (1).
rules::Ticket ticket_named(const storage::Store& store, const std::string& name);

}  // namespace bellhop::daemon
