#include "parsers/text/utf8.hpp"

#include <cstdint>
#include <cstring>

#include <unicode/stringpiece.h>
#include <unicode/unistr.h>

#include "parsers/text/ensure.hpp"

namespace bellhop::parsers {

bool is_ascii(std::string_view bytes) {
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t seen = 0;
    for (; left >= 8; left -= 8, at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        seen |= word;
    }
    for (; left > 0; --left, ++at) seen |= static_cast<unsigned char>(*at);
    return (seen & 0x8080808080808080U) == 0;
}

/// Unicode 15, table 3-7.
std::size_t utf8_sequence_length(std::string_view bytes) {
    const auto octet = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<unsigned>(static_cast<unsigned char>(bytes[i])) : 0U;
    };
    const auto is_tail = [&](std::size_t i) { return (octet(i) & 0xC0) == 0x80; };
    if (bytes.empty()) return 0;
    const unsigned lead = octet(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    if (lead < 0xE0) return is_tail(1) ? 2 : 0;
    if (lead < 0xF0) {
        if (lead == 0xE0 && octet(1) < 0xA0) return 0;
        if (lead == 0xED && octet(1) > 0x9F) return 0;
        return is_tail(1) && is_tail(2) ? 3 : 0;
    }
    if (lead == 0xF0 && octet(1) < 0x90) return 0;
    if (lead == 0xF4 && octet(1) > 0x8F) return 0;
    return is_tail(1) && is_tail(2) && is_tail(3) ? 4 : 0;
}

bool is_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        if (bytes.size() >= 16 && is_ascii(bytes.substr(0, 16))) {
            bytes.remove_prefix(16);
            continue;
        }
        const std::size_t length = utf8_sequence_length(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::string repaired_utf8(std::string_view bytes) {
    std::string result;
    icu::UnicodeString::fromUTF8(icu::StringPiece{bytes.data(), static_cast<int32_t>(bytes.size())})
        .toUTF8String(result);
    return result;
}

std::string_view utf8_prefix(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
    return text.substr(0, limit);
}

Utf8Character first_character(std::string_view text) {
    constexpr char32_t replacement = 0xfffd;
    ensure(!text.empty());
    const std::size_t length = utf8_sequence_length(text);
    if (length == 0) return {text.substr(0, 1), replacement, false};
    const unsigned first = static_cast<unsigned char>(text.front());
    char32_t c = length == 1 ? first : first & (0x7fU >> length);
    for (const char next : text.substr(1, length - 1))
        c = c << 6 | (static_cast<unsigned char>(next) & 0x3fU);
    return {text.substr(0, length), c, true};
}

}  // namespace bellhop::parsers
