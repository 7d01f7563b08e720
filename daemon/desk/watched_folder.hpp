// The folders that are read: each mailbox's own, and, where the configuration names one, that in
// which it keeps what people have sent from it.
//
// The ledger knows a folder by a name: that of the mailbox, or one with a slash before it, which no
// mailbox may have: "sent/support", as "ingest/support" of mails that a command has handed over.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/desk/settings.hpp"

namespace bellhop::daemon {

/// "sent/support" for the mailbox "support".
std::string sent_folder_name(const std::string& mailbox);

/// The mailbox that a name of the ledger is about: what stands behind the last slash.
std::string mailbox_behind(std::string_view ledger_name);

/// Whether what lies under that name was sent from the mailbox, by whoever may write from it.
bool holds_sent_mail(std::string_view ledger_name);

/// How the folder of what is sent from a mailbox is read: from the first start on, and left as it
/// is. Nothing where the mailbox names none.
std::optional<MailboxSettings> sent_folder(const MailboxSettings& mailbox);

/// All that are watched, each mailbox before its sent mail.
std::vector<MailboxSettings> watched_folders(const Settings& settings);

/// The one of that name of the ledger. Nothing where none has it, or none has it any more.
std::optional<MailboxSettings> watched_folder(const Settings& settings, std::string_view name);

}  // namespace bellhop::daemon
