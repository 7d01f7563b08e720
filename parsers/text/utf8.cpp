#include "parsers/text/utf8.hpp"

#include <cstddef>

#include "parsers/text/ensure.hpp"

namespace bellhop::parsers {
namespace {

constexpr char32_t replacement = 0xfffd;

std::size_t length_after(unsigned first) {
    if (first < 0x80) return 1;
    if (first < 0xc2) return 0;  // a continuation, or an overlong form of ASCII
    if (first < 0xe0) return 2;
    if (first < 0xf0) return 3;
    return first < 0xf5 ? 4 : 0;
}

/// RFC 3629 section 4: what the first octet alone does not tell.
bool is_character(char32_t c, std::size_t length) {
    const bool is_overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    const bool is_surrogate = c >= 0xd800 && c <= 0xdfff;
    return !is_overlong && !is_surrogate && c <= 0x10ffff;
}

}  // namespace

Utf8Character first_character(std::string_view text) {
    ensure(!text.empty());
    const Utf8Character broken{text.substr(0, 1), replacement, false};
    const unsigned first = static_cast<unsigned char>(text.front());
    const std::size_t length = length_after(first);
    if (length == 0 || length > text.size()) return broken;
    char32_t c = length == 1 ? first : first & (0x7fU >> length);
    for (const char next : text.substr(1, length - 1)) {
        const unsigned octet = static_cast<unsigned char>(next);
        if ((octet & 0xc0U) != 0x80) return broken;
        c = c << 6 | (octet & 0x3fU);
    }
    if (!is_character(c, length)) return broken;
    return {text.substr(0, length), c, true};
}

}  // namespace bellhop::parsers
