// UTF-8 (RFC 3629), one character at a time.
#pragma once

#include <string_view>

namespace bellhop::parsers {

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

}  // namespace bellhop::parsers
