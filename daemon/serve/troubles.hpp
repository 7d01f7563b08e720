// What is wrong with the gateway itself now, gathered for rules/mail/trouble.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "daemon/desk/desk.hpp"
#include "daemon/serve/mailbox_session.hpp"
#include "rules/mail/trouble.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// A mailbox that is watched, and the last failure where it fails.
struct WatchedMailbox {
    MailboxSettings settings = {};
    MailboxHealth health = {};
    std::string error = {};
};

/// `started`: when the daemon began. Of the time before it nothing is concluded, but that what was
/// wrong then is not over before the opposite is seen.
std::vector<rules::Trouble> troubles_now(const storage::Store& store,
                                         const std::vector<WatchedMailbox>& mailboxes,
                                         std::chrono::sys_seconds started,
                                         std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
