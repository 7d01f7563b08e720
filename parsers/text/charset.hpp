// Charsets: foreign bytes made into UTF-8, through ICU, with the substitutions that browsers make
// (WHATWG Encoding) and detection where nothing is declared or the declaration cannot be true.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

bool is_ascii(std::string_view bytes);

/// Whether `bytes` are well-formed UTF-8 (no surrogates, no overlong forms). Linear.
bool is_utf8(std::string_view bytes);

/// `bytes` in the charset that `label` names, as valid UTF-8. An unknown, empty, refused (UTF-7) or
/// evidently wrong label means detection; bytes that mean nothing become U+FFFD. Not normalised.
std::string to_utf8(std::string_view bytes, std::string_view label);

/// The charset that undeclared bytes seem to be in, as a label for to_utf8().
std::string detected_charset(std::string_view bytes);

/// Whether we can convert from the charset of that name.
bool is_known_charset(std::string_view label);

/// Valid UTF-8 in normalisation form C. Invalid bytes in `text` become U+FFFD.
std::string normalized(std::string text);

/// Whether UTF-8 text begins with a control character of the second row (U+0080 to U+009F, two
/// bytes): terminals obey some of them, and no text needs any.
constexpr bool is_c1_control(std::string_view text) {
    return text.size() > 1 && text[0] == '\xC2' && static_cast<unsigned char>(text[1]) >= 0x80 &&
           static_cast<unsigned char>(text[1]) < 0xA0;
}

/// At most `limit` bytes of `text` (UTF-8), cut between characters.
std::string_view utf8_prefix(std::string_view text, std::size_t limit);

}  // namespace bellhop::parsers
