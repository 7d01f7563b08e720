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

struct Decoded {
    std::string bytes = {};
    bool is_damaged = false;  ///< something stood there that the encoding does not have
};

/// Decodes base64. Whatever is no base64 digit is skipped (RFC 2045 section 6.8); padding in the
/// middle ends a group, not the text: several encoded pieces may follow each other.
Decoded read_base64(std::string_view text);

/// The same for those who do not ask whether it was whole.
std::string decode_base64(std::string_view text);

/// Decodes quoted-printable. Line ends stay as they are; blanks at the end of a line go, as RFC
/// 2045 section 6.7 (3) wants; what is no valid escape stays as it stands.
Decoded read_quoted_printable(std::string_view text);

/// The same for those who do not ask whether it was whole.
std::string decode_quoted_printable(std::string_view text);

}  // namespace bellhop::parsers
