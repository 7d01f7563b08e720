// "Sent from my iPhone": the line that a phone or a mail program puts below what is written with
// it.
#pragma once

#include "parsers/reply/reply_markers.hpp"

namespace bellhop::parsers {

/// Whether the line is nothing but that. A sentence that begins so ("Sent from my iPad the homework
/// does not arrive.") is the writer's.
bool is_sent_from(const TextLine& line);

/// "Ann from mobile": such a line only beside one that is certain.
bool is_from_mobile(const TextLine& line);

}  // namespace bellhop::parsers
