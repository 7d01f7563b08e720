// What a server's last words to a login mean.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace bellhop::daemon {

/// Whether they ask to come again later: SMTP 4yz (454 is a login server that is out of order, RFC
/// 4954 section 6), or what an IMAP server says that is busy, not what it says of a password.
bool asks_for_patience(const std::string& line);

/// How long the server wants to be left alone, where it says so.
std::optional<std::chrono::seconds> wait_asked_in(const std::string& line);

}  // namespace bellhop::daemon
