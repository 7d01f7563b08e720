// Decisions made into rows: carries out the actions for one mail inside the caller's transaction.
#pragma once

#include <string>

#include "daemon/desk.hpp"
#include "rules/decide.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// A mail and the decision on it, to be filed.
struct Filing {
    const rules::MailReceived& mail;
    std::string_view bytes;  ///< as received
    const Desk& desk;
    const std::string& key;  ///< of our msg-ids
    bool sender_is_known = true;
    std::chrono::sys_seconds now;
};

/// Where it went.
struct Filed {
    storage::Outcome outcome = storage::Outcome::ignored;
    std::optional<rules::TicketId> ticket = {};
    std::optional<rules::MessageId> message = {};
    std::string reason = {};
};

/// Stores ticket, message, attachments, log entries and outgoing mails as `actions` say.
Filed file(storage::Store& store, const Filing& filing, const rules::Actions& actions);

}  // namespace bellhop::daemon
