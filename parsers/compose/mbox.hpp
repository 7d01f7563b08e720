// Mails in one file, in the form "mboxrd": what mail programs import.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace bellhop::parsers {

/// One mail as an entry of an mbox file (RFC 4155): a line "From sender date", the mail with LF
/// line ends, an empty line. Lines of the mail that begin with "From ", or with ">" before it, get
/// one more ">", so that they can be told apart again. An unusable `sender` is left out.
std::string mbox_entry(std::string_view mail, std::string_view sender, std::chrono::sys_seconds at);

}  // namespace bellhop::parsers
