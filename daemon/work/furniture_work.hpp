// What a domain's mails are known to carry is set apart from a mail that comes in, and learnt from
// it.
#pragma once

#include <chrono>

#include "parsers/message/message.hpp"
#include "rules/ticket/ticket.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// Reads the text of a mail again with what is known of its author's domain.
void set_apart_known_furniture(parsers::Message& message, const storage::Store& store);

/// Notes what a mail that was filed shows of its author's domain. Within the caller's transaction.
void learn_furniture(const parsers::Message& message,
                     rules::TicketId ticket,
                     std::chrono::sys_seconds at,
                     storage::Store& store);

}  // namespace bellhop::daemon
