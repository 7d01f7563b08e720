// Mails in which nobody asks the desk for anything: no clock runs for them.
#pragma once

#include <string>

#include "parsers/message/message.hpp"

namespace bellhop::rules {

/// Whether the desk knows where the sender belongs, or has written to him before.
enum class SenderIs { known, stranger };

/// Why the mail asks for nothing, one line: a delivery report about no mail of ours, a stranger's
/// mail to many. Empty where somebody may ask. What somebody of a school writes on a list may be a
/// request.
std::string why_no_request(const parsers::Message& message, SenderIs sender);

}  // namespace bellhop::rules
