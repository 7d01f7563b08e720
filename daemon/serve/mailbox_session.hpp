// What the parts of a mailbox's watch share: one mailbox, and how far we are in it.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "daemon/desk/desk.hpp"
#include "daemon/imap/mailbox.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/work/intake.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

struct MailboxSession {
    storage::Store& store;
    Intake& intake;
    const Clock& clock;
    std::function<const Desk&()> desk;  ///< the one in force
    std::function<void()> committed;    ///< called after each commit: there may be mail to send
    MailboxSettings settings = {};
    storage::MailboxCursor cursor = {};
    std::chrono::sys_seconds begun = {};  ///< when the connection was made
    Mailbox* mailbox = nullptr;           ///< null between two sessions
    bool stopping = false;

    storage::MailKey key_of(MailUid uid) const {
        return {settings.name, cursor.uidvalidity, static_cast<std::uint32_t>(uid)};
    }
};

/// How a mailbox does, for people who ask.
struct MailboxHealth {
    std::chrono::sys_seconds watched_since = {};  ///< 0: not connected
    std::chrono::sys_seconds polled_at = {};      ///< the last time that all was taken
    std::chrono::sys_seconds last_mail_at = {};   ///< the last commit of mail
    /// Set while the server refuses to move or flag what was taken, with its words.
    std::optional<std::chrono::sys_seconds> marks_refused_since = {};
    std::string marks_reply = {};
    std::size_t marks_refused = 0;  ///< mails
    std::chrono::sys_seconds reconciled_at = {};
    std::size_t found_without_outcome = 0;  ///< by the last reconciliation; taken since
};

}  // namespace bellhop::daemon
