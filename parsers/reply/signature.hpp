// What stands below the writer's words: signatures, "Sent from my phone", disclaimers.
#pragma once

#include <cstddef>
#include <span>

#include "parsers/reply/reply_markers.hpp"

namespace bellhop::parsers {

/// "Sent from my iPhone", "Von meinem Mobilgerät gesendet", "Get Outlook for iOS".
bool is_mobile_signature(const TextLine& line);

/// Where the signature begins in `lines`, a run of unquoted lines; lines.size() where there is
/// none. Careful: a name under a greeting is the writer's own word, a block with telephone numbers
/// is not.
std::size_t signature_start(std::span<const TextLine> lines);

}  // namespace bellhop::parsers
