// RFC 5322 and MIME bytes read into a message: the entrance of parsers/message.
#pragma once

#include <string_view>

#include "parsers/message/message.hpp"
#include "parsers/message/message_limits.hpp"

namespace bellhop::parsers {

/// Reads a mail. Never fails and never throws on any input: what is wrong becomes a defect.
/// Time is linear in the size of `bytes`; memory a few times that size.
Message parse_message(std::string_view bytes, const MessageLimits& limits = {});

}  // namespace bellhop::parsers
