// A row of the table of tickets, for the stores that read it.
#pragma once

#include "rules/ticket/ticket.hpp"
#include "storage/statement.hpp"

namespace bellhop::storage {

// A macro, because a statement must be one literal; what follows goes behind it.
#define SELECT_TICKETS                                                                          \
    "SELECT id, subject, requester_name, requester_address, status, priority, team, assignee, " \
    "school, category, tags, restricted, mailbox, opened_at, cycle, reopened, participants, "   \
    "requester_proof FROM tickets "

/// The ticket of the current row of a statement that begins with SELECT_TICKETS.
rules::Ticket ticket_of(const Statement& row);

}  // namespace bellhop::storage
