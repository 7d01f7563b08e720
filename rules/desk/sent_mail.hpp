// What people send from the shared mailbox itself, in Outlook or on the web, as its folder of sent
// mail shows it.
//
// That it lies there proves that it was sent by somebody who may write from the mailbox. It is done
// already: it orders nothing, is passed on to nobody, is answered by nothing and opens no ticket.
#pragma once

#include "rules/desk/decide.hpp"
#include "rules/ticket/action.hpp"

namespace bellhop::rules {

/// Decides on a mail of way `sent`: the desk's answer, where its ticket's requester is among the
/// readers; else a note with the ticket; of no interest where it is about none, or where a program
/// has written it. Pure.
Actions sent_mail(const MailReceived& mail, const Situation& situation, const MailPolicy& policy);

/// What such a mail proves of its other copy, which came to the mailbox and lies with `ticket` as
/// the message `row`, kept without proof. Pure.
Actions proved_by_copy(const MailReceived& sent,
                       const Ticket& ticket,
                       MessageId row,
                       const Situation& situation);

}  // namespace bellhop::rules
