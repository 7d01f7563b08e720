// A ticket that somebody of the desk opens, carried out.
#pragma once

#include <string>

#include <boost/system/result.hpp>

#include "daemon/work/filing.hpp"
#include "rules/desk/new_ticket.hpp"

namespace bellhop::daemon {

/// Opens it in a transaction of its own, as a mail of the requester to the desk's first mailbox
/// would, and says that `actor` ("agent Tom") has. Returns the ticket.
///
/// Errors: why it cannot be opened, one line; then nothing was done. Throws storage::DatabaseError.
boost::system::result<rules::Ticket, std::string> open_ticket(const Filing& filing,
                                                              const rules::NewTicketOrder& order,
                                                              const std::string& actor);

/// The same in the caller's transaction.
boost::system::result<rules::Ticket, std::string> open_ticket_within(
    const Filing& filing, const rules::NewTicketOrder& order, const std::string& actor);

}  // namespace bellhop::daemon
