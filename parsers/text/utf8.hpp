// UTF-8 (RFC 3629): what is well formed, and one character at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bellhop::parsers {

bool is_ascii(std::string_view bytes);

/// Whether `bytes` are well-formed UTF-8 (no surrogates, no overlong forms). Linear.
bool is_utf8(std::string_view bytes);

/// Length of the well-formed sequence at the start of `bytes`, or 0.
std::size_t utf8_sequence_length(std::string_view bytes);

/// `bytes` with U+FFFD for what is no UTF-8.
std::string repaired_utf8(std::string_view bytes);

/// At most `limit` bytes of `text` (UTF-8), cut between characters.
std::string_view utf8_prefix(std::string_view text, std::size_t limit);

struct Utf8Character {
    std::string_view octets = {};  ///< as they stand in the text
    char32_t code_point = 0;       ///< U+FFFD where they are no character
    bool is_valid = false;
};

/// The character that `text` begins with. Overlong forms, surrogates and what lies beyond U+10FFFF
/// are no characters; of what is none, one octet is taken. Precondition: `text` is not empty.
Utf8Character first_character(std::string_view text);

/// Whether the character would end a line, or move a cursor: C0, DEL, C1 (U+0085 among them),
/// U+2028 and U+2029.
constexpr bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

/// Whether UTF-8 text begins with a control character of the second row (U+0080 to U+009F, two
/// bytes): terminals obey some of them, and no text needs any.
constexpr bool is_c1_control(std::string_view text) {
    return text.size() > 1 && text[0] == '\xC2' && static_cast<unsigned char>(text[1]) >= 0x80 &&
           static_cast<unsigned char>(text[1]) < 0xA0;
}

}  // namespace bellhop::parsers
