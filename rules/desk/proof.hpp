// What a mail proves of whoever writes it: that he was sent a mail of ours, and is who he says.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// The newest mail of ours about one of `tickets` that `message` answers and that was sent to one
/// of `readers` (the writer's address, and those of his teams). A mail about no ticket counts as
/// about ticket 0. Msg-ids among `exposed` prove nothing, and neither does a mail that no person
/// has written, or that does not name its writer plainly.
std::optional<Proof> proof_of(const parsers::Message& message,
                              const std::vector<TicketId>& tickets,
                              const std::vector<std::string>& readers,
                              const TokenKeys& keys,
                              const std::vector<std::string>& exposed);

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
