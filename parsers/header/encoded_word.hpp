// Encoded words in header fields (RFC 2047), well-formed and broken.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// The text of an unstructured header field as one line of UTF-8 (NFC, no control characters,
/// blanks as sent but line ends as one blank). Decodes encoded words also where they are broken:
/// split inside a character, with blanks inside, without blanks between them, unterminated at the
/// end. Raw 8-bit bytes are taken as UTF-8, or as `fallback_charset`, or as detected. Never fails;
/// linear time.
std::string decode_encoded_words(std::string_view field_body,
                                 std::string_view fallback_charset = {});

/// Length of the encoded word at the start of `text`, or 0 where none stands there.
std::size_t encoded_word_length(std::string_view text);

}  // namespace bellhop::parsers
