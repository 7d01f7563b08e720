// Mailbox names on the wire (RFC 3501 section 5.1.3): modified UTF-7, until UTF8=ACCEPT is enabled.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bellhop::parsers {

/// UTF-8 to modified UTF-7: "Müll" is "M&APw-ll". Control characters are encoded too, so that the
/// result is printable US-ASCII. What is not UTF-8 becomes U+FFFD.
std::string to_modified_utf7(std::string_view utf8);

/// Modified UTF-7 to UTF-8. nullopt where `text` is none, or writes plain characters in base64.
std::optional<std::string> from_modified_utf7(std::string_view text);

}  // namespace bellhop::parsers
