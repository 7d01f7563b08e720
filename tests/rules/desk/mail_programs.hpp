// Replies to a notice of the desk as mail programs write them: their HTML around what somebody has
// typed, and what they quote below.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bellhop::rules {

struct MailProgram {
    std::string name = {};
    /// The body of a reply, with its header fields of MIME. `typed` has a line for each "\n".
    std::string (*body)(std::string_view typed) = nullptr;
};

/// Outlook, OWA, new Outlook, iOS, Apple Mail, Gmail, Gmail on Android, Samsung, Thunderbird; as
/// HTML, as text, and as both.
const std::vector<MailProgram>& mail_programs();

}  // namespace bellhop::rules
