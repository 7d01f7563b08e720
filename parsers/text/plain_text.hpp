// Lines, letters and words of plain text: what the readers of mail bodies look at.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {

/// Lower case for comparing: ASCII, Latin, Greek and Cyrillic letters, each kept at its length in
/// bytes, so that an offset into the result is an offset into `text`. The no-break space becomes
/// two blanks for the same reason, and every other byte stays.
std::string folded(std::string_view text);

/// Without blanks, tabs, CR, LF and no-break spaces at both ends.
std::string_view stripped(std::string_view text);
/// The same, and without commas, full stops and the like at the end.
std::string_view without_punctuation(std::string_view text);

/// The lines of `text` without their "\n" or "\r\n"; no empty one for a "\n" at the very end.
std::vector<std::string_view> lines_of(std::string_view text);

/// A byte of a word in any script: letters, digits and everything outside ASCII.
constexpr bool is_word_byte(char c) {
    return is_alpha(c) || is_digit(c) || is_octet_8bit(c);
}

/// Whether `needle` stands in `text`, with no word byte before or behind it.
bool has_word(std::string_view text, std::string_view needle);

/// Whether `text` holds any of `needles`, anywhere.
template <class Range>
bool has_any(std::string_view text, const Range& needles) {
    for (const std::string_view needle : needles) {
        if (text.find(needle) != std::string_view::npos) return true;
    }
    return false;
}

/// Whether `text` begins with any of `prefixes`.
template <class Range>
bool starts_with_any(std::string_view text, const Range& prefixes) {
    for (const std::string_view prefix : prefixes) {
        if (text.starts_with(prefix)) return true;
    }
    return false;
}

/// Appends one code point as UTF-8; what is none (surrogates, beyond U+10FFFF) becomes U+FFFD.
void append_utf8(std::string& out, char32_t c);

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 1;  ///< bytes read; 1 for a byte that belongs to no character
};

/// The code point at `text[at]`; U+FFFD where the bytes are not UTF-8. Precondition: at <
/// text.size().
CodePoint code_point_at(std::string_view text, std::size_t at);

}  // namespace bellhop::parsers
