// The words of a configuration folder that rules may use: priorities, mailboxes, calendar layers,
// templates.
#pragma once

#include <filesystem>
#include <optional>

#include "daemon/desk/desk_time.hpp"
#include "daemon/desk/mail_texts.hpp"
#include "daemon/desk/settings.hpp"
#include "rules/rule/rule_file.hpp"

namespace bellhop::daemon {

/// What is not there, or wrong itself, leaves its words unchecked.
rules::Vocabulary vocabulary_of(const std::optional<Settings>& settings,
                                const MailTexts& texts,
                                const std::optional<DeskCalendars>& calendars,
                                const std::optional<rules::SlaPolicy>& policy);

/// The words of the files of a folder, without complaints about them: those are for `check`.
rules::Vocabulary folder_vocabulary(const std::filesystem::path& folder);

}  // namespace bellhop::daemon
