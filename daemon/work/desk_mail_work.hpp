// Mails by people of the desk, carried out: filed, then what they order, then what their writer is
// told.
#pragma once

#include <string_view>

#include "daemon/work/filing.hpp"
#include "rules/desk/decide.hpp"

namespace bellhop::daemon {

/// Files a mail of way `desk` in the caller's transaction, and carries out what it orders: all of
/// it, or none. What goes to the requester waits for [desk] send_delay.
Filed file_desk_mail(const Filing& filing,
                     const rules::MailReceived& mail,
                     std::string_view bytes,
                     const rules::Situation& situation,
                     const rules::MailPolicy& policy);

}  // namespace bellhop::daemon
