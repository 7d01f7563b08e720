// Mails that are too many to open tickets of their own: one ticket collects them.
//
// Nothing is lost by it: each lies there whole, with the reason. What it costs a person is one
// ticket to look through instead of two thousand.
#pragma once

#include <optional>

#include "rules/desk/decide.hpp"

namespace bellhop::rules {

/// The tag of a ticket that collects.
inline constexpr const char* flood_tag = "mail flood";

/// Whether a ticket collects, or has collected.
bool is_flood(const Ticket& ticket);

/// The limit of MailPolicy::tickets that a mail meets that would open a ticket; nothing where it
/// may, and where a person has looked at the mail. Pure.
std::optional<Exhausted> flood_limit(const MailReceived& mail,
                                     const Situation& situation,
                                     const MailPolicy& policy);

/// The mail goes to the ticket that collects, which it opens where none is open. It is answered by
/// nobody's clock and no acknowledgement; what may be about a child is told to the people for it
/// all the same. Pure.
Actions collect(const MailReceived& mail,
                const Situation& situation,
                const MailPolicy& policy,
                const Exhausted& limit);

}  // namespace bellhop::rules
