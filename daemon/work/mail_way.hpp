// What has become of a mail of ours, written down where people look for it.
#pragma once

#include <chrono>
#include <string>

#include "rules/ticket/mail_report.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// Writes down what has become of a mail, in the caller's transaction: in the log of the ticket
/// that it is about now, which is looked at again where the mail is lost. Nothing is written of a
/// mail about no ticket: its row in the outbox tells.
void note_way(storage::Store& store,
              const storage::OutboxMail& mail,
              rules::MailWay way,
              const std::string& words,
              std::chrono::sys_seconds at);

}  // namespace bellhop::daemon
