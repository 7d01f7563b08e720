// What the rules may look at besides the mail itself: who wrote it, the desk's hours, its ticket.
// The one way to ask the rules, for mail that comes in and for mail of the past.
#pragma once

#include <optional>

#include "daemon/desk/desk.hpp"
#include "rules/desk/decide.hpp"
#include "rules/people/people.hpp"
#include "rules/rule/mail_facts.hpp"

namespace bellhop::daemon {

/// Who writes from `address`. Without people.toml nobody is known.
rules::Sender sender_at(const std::string& address, const Desk& desk);

/// Who writes from `address`, as far as he is believed: of whom only claims it the school is known,
/// and of nobody nothing.
rules::Sender sender_at(const std::string& address, rules::Standing standing, const Desk& desk);

/// Whether people.toml knows the sender, and he is believed.
rules::Familiarity familiarity(const std::string& address,
                               rules::Standing standing,
                               const Desk& desk);

/// Who asks in a mail that opens a ticket, and who takes part in it.
rules::Parties parties_of(const rules::MailReceived& mail, const Desk& desk);

/// The context of a mail at its arrival; `ticket` is what a follow-up belongs to, as it is before
/// it. Tickets of a surge are filled in by the caller.
rules::MailContext mail_context(const rules::MailReceived& mail,
                                const rules::Sender& sender,
                                std::optional<rules::Ticket> ticket,
                                const Desk& desk);

}  // namespace bellhop::daemon
