// Bodies of outgoing mail in quoted-printable (RFC 2045 section 6.7).
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// `text` as lines of at most 76 octets of printable ASCII, each ended by CRLF, the last one too.
/// LF, CRLF and a lone CR are line ends. Other control characters (tab apart), U+0085, U+2028 and
/// U+2029 become blanks; what is not UTF-8 becomes U+FFFD. No line begins with a dot or with
/// "From ": what lies between here and the reader cannot stuff or escape it wrongly. "=_" never
/// occurs: a MIME boundary that contains it is safe.
std::string encode_quoted_printable(std::string_view text);

}  // namespace bellhop::parsers
