// The charset of what a mail does not declare, found by all of it together.
#pragma once

#include <string>

#include "parsers/message/mime_outline.hpp"

namespace bellhop::parsers {

/// The charset of raw 8-bit header fields and of body parts that name no charset that is known, as
/// a label for to_utf8(): what the mail's first text declares, if all of it can be read so, else
/// what all of it together seems to be in. A subject alone is too short to tell. Empty where
/// nothing is declared and nothing has to be guessed. Looks at 64 KiB.
std::string undeclared_charset(const Outline& outline);

}  // namespace bellhop::parsers
