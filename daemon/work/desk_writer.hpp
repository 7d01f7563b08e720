// Whose a mail is, where From names somebody of the desk: looked up for rules/desk/desk_mail.
#pragma once

#include <optional>
#include <vector>

#include "daemon/work/filing.hpp"
#include "rules/desk/decide.hpp"

namespace bellhop::daemon {

/// What a mail that belongs to `thread` proves of its writer, where he is of the desk, or was sent
/// a mail to the desk's people; nothing for anybody else.
std::optional<rules::DeskWriter> desk_writer(const Filing& filing,
                                             const rules::MailReceived& mail,
                                             const rules::ThreadDecision& thread,
                                             const rules::MailPolicy& policy);

/// Whether the log of a ticket says whose the mail is that was kept without proof as `row`.
bool is_settled(const std::vector<rules::TicketEvent>& log, rules::MessageId row);

}  // namespace bellhop::daemon
