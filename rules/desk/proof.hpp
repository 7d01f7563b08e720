// What a mail proves of whoever writes it: that he was sent a mail of ours, and is who he says.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/proof/standing.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// Stands before the name of whoever a mail pretends to be by, wherever it is shown.
inline constexpr const char* unproved_mark = "not proved: in the name of ";

/// The address of a mail that names its writer plainly: one field From, one address in it, and no
/// Sender that says somebody else. Empty for any other mail: where programs differ in whom they
/// show, nobody has proved anything.
std::string plain_author(const parsers::Message& message);

/// The newest mail of ours about one of `tickets` that `message` answers and that was sent to one
/// of `readers` (the writer's address, and those of his teams). A mail about no ticket counts as
/// about ticket 0. Msg-ids among `exposed` prove nothing, and neither does a mail that no person
/// has written.
std::optional<Proof> proof_of(const parsers::Message& message,
                              const std::vector<TicketId>& tickets,
                              const std::vector<std::string>& readers,
                              const TokenKeys& keys,
                              const std::vector<std::string>& exposed);

/// Whether it is enough for somebody whose mail has that standing. Where the mailbox can prove
/// senders and has not proved him, only his answer to "was that you?" counts: that mail has gone to
/// him alone, just now. A mail that our own server calls forged proves nothing.
bool is_enough(const Proof& proof, Standing standing);

/// What is done where `message` shows msg-ids that are bound to people of the desk to others: from
/// then on they prove nothing. Said in the log of the ticket where it lies, which is `here`
/// (nothing: it opens one), and of each other ticket that such a msg-id is about: there it would be
/// believed. Somebody's automatic answer to what was sent to him shows nothing.
Actions expose(const parsers::Message& message,
               std::optional<TicketId> here,
               const TokenKeys& keys,
               std::chrono::sys_seconds at);

/// What such entries name.
std::vector<std::string> exposed_ids(const std::vector<TicketEvent>& log);

}  // namespace bellhop::rules
