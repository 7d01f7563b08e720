// A ticket that somebody of the desk opens for somebody who rang or came by.
#pragma once

#include <string>

#include <boost/system/result.hpp>

#include "parsers/compose/compose.hpp"
#include "rules/desk/decide.hpp"
#include "rules/desk/desk_order.hpp"

namespace bellhop::rules {

/// What was said as a mail of whoever said it: the rules look at it like at any other, and a
/// backtest too. `mailbox_address` is the desk's own; the same order at the same instant makes the
/// same mail.
///
/// Errors: what is wrong with the order, one line.
boost::system::result<parsers::OutgoingMessage, std::string> mail_of_new_ticket(
    const NewTicketOrder& order,
    const DeskRules& desk,
    const std::string& mailbox_address,
    std::chrono::sys_seconds now);

/// What `decided` becomes, the decision on that mail, where `actor` ("agent Tess") has opened the
/// ticket: what he has said counts instead of the rules, and the requester reads that his words
/// have been noted. Precondition: mail_of_new_ticket() has found nothing wrong.
Actions opened_by(const std::string& actor,
                  const NewTicketOrder& order,
                  const DeskRules& desk,
                  Actions decided);

}  // namespace bellhop::rules
