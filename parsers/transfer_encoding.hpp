// Content-Transfer-Encoding (RFC 2045 section 6): base64 and quoted-printable, as sloppy senders
// write them.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

enum class TransferEncoding { identity, base64, quoted_printable, uuencode, unknown };

/// The encoding that a Content-Transfer-Encoding field names: any case, blanks and comments around
/// it.
TransferEncoding transfer_encoding_of(std::string_view field_body);

/// Decodes base64. Whatever is no base64 digit is skipped (RFC 2045 section 6.8); padding in the
/// middle ends a group, not the text: several encoded pieces may follow each other.
std::string decode_base64(std::string_view text);

/// Decodes quoted-printable. Line ends stay as they are; blanks at the end of a line go, as RFC
/// 2045 section 6.7 (3) wants; what is no valid escape stays as it stands.
std::string decode_quoted_printable(std::string_view text);

}  // namespace bellhop::parsers
