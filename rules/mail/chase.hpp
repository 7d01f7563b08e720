// The customer who writes anew about a ticket of his own: asks for news, complains, says that it is
// worse, replies, without a reference to any mail of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// A ticket whose requester the sender is, and that is still worked on.
struct OwnTicket {
    TicketId id = {};
    std::string subject = {};
    std::string text = {};  ///< what was asked first
};

struct ChasedTicket {
    TicketId ticket = {};
    std::string evidence = {};  ///< why, one line
};

/// Whether it is worth while to look for such tickets: the mail names a number, is a reply, or
/// speaks of something that was asked before.
bool may_chase(const parsers::Message& message, const std::string& tag);

/// The one of the sender's tickets that the mail is about: it names its number ("CASE#2"), it is a
/// reply ("Re:") under the subject of this one alone, or it speaks of something that was asked
/// before and shares its words with this ticket more than with any other; where it has no words of
/// its own, the only one there is. A mail that asks for something new is about none. `tag` is that
/// of subjects.
std::optional<ChasedTicket> chased_ticket(const parsers::Message& message,
                                          const std::vector<OwnTicket>& own,
                                          const std::string& tag);

}  // namespace bellhop::rules
