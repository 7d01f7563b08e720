// Decisions made into rows: carries out actions inside the caller's transaction.
#pragma once

#include <string>
#include <vector>

#include "daemon/desk/desk.hpp"
#include "rules/desk/decide.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// The surroundings of one piece of work, as of one instant: what it changes, by which
/// configuration, with which key, when. Made anew for each mail, order or round, so that a reload
/// counts at the next.
struct Filing {
    storage::Store& store;
    const Desk& desk;
    const std::string& key;  ///< of our msg-ids
    std::chrono::sys_seconds now;
    std::chrono::seconds send_delay{0};  ///< what goes to requesters waits so long
};

/// Where it went.
struct Filed {
    storage::Outcome outcome = storage::Outcome::ignored;
    std::optional<rules::TicketId> ticket = {};
    std::optional<rules::MessageId> message = {};
    std::string reason = {};
    std::vector<rules::TicketId> others = {};  ///< whose timers may have changed as well
};

/// Carries out what was decided on a mail; `bytes` are as received. Its instant is that of the log
/// entries.
Filed file_mail(const Filing& filing,
                const rules::MailReceived& mail,
                std::string_view bytes,
                const rules::Actions& actions);

/// Carries out what time or somebody of the desk brings to a ticket that is there, now. Returns the
/// ticket as it is then. Precondition: no action needs a mail.
rules::Ticket file_work(const Filing& filing,
                        const rules::Ticket& ticket,
                        const rules::Actions& actions);

}  // namespace bellhop::daemon
