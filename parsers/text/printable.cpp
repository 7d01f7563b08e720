#include "parsers/text/printable.hpp"

#include <cstdint>

#include <unicode/unistr.h>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

/// C0, DEL, C1, the line and paragraph separators, and the characters that turn the writing
/// direction of what follows: all of them can make a log line say something else than it does.
bool is_treacherous(UChar32 character) {
    return character == 0xfffd || character < 0x20 || (character >= 0x7f && character < 0xa0) ||
           (character >= 0x2028 && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069);
}

}  // namespace

std::string printable(std::string_view foreign, std::size_t limit) {
    foreign = trimmed(foreign);
    // A code point has at most four bytes: what lies behind cannot be in the result.
    const std::string_view looked_at = foreign.substr(0, limit + 4);
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
        icu::StringPiece{looked_at.data(), static_cast<std::int32_t>(looked_at.size())});
    std::string line;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 character = text.char32At(i);
        std::string piece = "?";
        if (!is_treacherous(character)) {
            piece.clear();
            icu::UnicodeString{character}.toUTF8String(piece);
        }
        if (line.size() + piece.size() > limit) return line + "...";
        line += piece;
    }
    return looked_at.size() < foreign.size() ? line + "..." : line;
}

}  // namespace bellhop::parsers
