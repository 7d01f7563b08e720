// What most commands begin with: the configuration and the database, or a clear refusal.
#pragma once

#include <memory>
#include <string>

#include <boost/json/value.hpp>

#include "daemon/commands/command.hpp"
#include "daemon/control/request.hpp"
#include "daemon/desk/desk.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// Throws CommandFailure (EX_CONFIG) with every complaint.
Desk configured_desk(const Invocation& invocation, OwnTests tests = OwnTests::may_fail);

/// The same for what only lists and shows: rules.toml is left alone, whatever stands in it.
Desk desk_without_rules(const Invocation& invocation);

/// The switch --allow-failing-tests, and what was said of it.
Option own_tests_option();
OwnTests own_tests_of(const Arguments& given);

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

/// What a request brings, carried out by the daemon that holds the database, or here under the
/// lock. A status other than 0 goes to `invocation`; with a complaint it is a CommandFailure.
boost::json::value asked(const Desk& desk, const Request& request, Invocation& invocation);

/// The mailbox of that name, or the first for an empty one. Throws CommandFailure (EX_USAGE).
const MailboxSettings& chosen_mailbox(const Desk& desk, const std::string& name);

/// The ticket of that number, as read_ticket_number() takes it. Throws CommandFailure (1).
rules::Ticket ticket_numbered(const storage::Store& store, const std::string& name);

}  // namespace bellhop::daemon
