// What a mail program sends in a person's name, at a press of a button: a reaction, a read receipt,
// the answer to an invitation, the wish to have a mail back.
#pragma once

#include <string>

#include "parsers/message/message.hpp"

namespace bellhop::parsers {

/// The sign by which the mail is such a one: "part: text/vnd.google.email-reaction+json", "text:
/// was read on". Empty where a person may have written any word of it: what bears only the subject
/// of one, and says more than the program does, is a person's mail.
std::string program_reply_sign(const Message& message);

}  // namespace bellhop::parsers
