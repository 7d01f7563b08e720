// What is due in the outbox, made ready for the wire, and what has become of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "daemon/work/filing.hpp"
#include "rules/ticket/mail_report.hpp"
#include "storage/outbox.hpp"

namespace bellhop::daemon {

/// Claims up to `most` mails that are due, in the caller's transaction, and returns them as they
/// were before, with the bytes that are to go out now. One that has lost its point is withdrawn,
/// and the ticket's log says why; one that has waited and that no server has seen is composed anew
/// where it promises something. An instant that only a wrong clock can have made is put right
/// first.
std::vector<storage::OutboxMail> take_due(const Filing& filing, std::size_t most);

/// Writes down what has become of a mail, in the caller's transaction: in the log of the ticket
/// that it is about now, which is looked at again where the mail is lost. Nothing is written of a
/// mail about no ticket: its row in the outbox tells.
void note_way(storage::Store& store,
              const storage::OutboxMail& mail,
              rules::MailWay way,
              const std::string& words,
              std::chrono::sys_seconds at);

}  // namespace bellhop::daemon
