// The mails that the desk sends, as they stand in templates/ of its folder.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "parsers/config/diagnostic.hpp"
#include "rules/letter/mail_phrase.hpp"
#include "rules/mail/answer_mail.hpp"

namespace bellhop::daemon {

/// By name: "acknowledgement", "oversize", those that rules name.
using MailTexts = std::map<std::string, rules::MailText, std::less<>>;

/// Loads NAME.txt and NAME.html for every NAME that the folder or the program knows: what a desk
/// has not written itself is taken from the shipped ones. Where there is no NAME.html the words of
/// NAME.txt stand in letter.html. Complaints are added to `complaints`.
MailTexts load_mail_texts(const std::filesystem::path& folder, parsers::Diagnostics& complaints);

/// Loads the sentences that stand in mails in place of a placeholder; as above, ours where the
/// folder has none. All of them, unless something is added to `complaints`.
rules::MailPhrases load_phrases(const std::filesystem::path& folder,
                                parsers::Diagnostics& complaints);

}  // namespace bellhop::daemon
