// Names of charsets as mail has them, and what they mean there.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// The charset that `label` means, as ICU knows it, in lower case: with the substitutions that
/// browsers make (WHATWG Encoding), without quotes and a second "charset=" (seen in the wild).
/// Empty where the label is not to be believed: "unknown-8bit", "x-user-defined". A name that is
/// not known stays as it is.
std::string charset_meant_by(std::string_view label);

/// What a name that no registry has most likely means: "WE8MSWIN1252", "x-iso-8859-15-sun",
/// "cp65001". Empty where it resembles none.
std::string charset_resembling(std::string_view label);

}  // namespace bellhop::parsers
