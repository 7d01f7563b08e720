// Character references of HTML: "&amp;", "&#8217;", "&nbsp".
#pragma once

#include <cstddef>
#include <string_view>

namespace bellhop::parsers {

enum class EntityPlace { text, attribute };

struct Entity {
    char32_t value = 0;      ///< the character; U+FFFD where the number names none
    std::size_t length = 0;  ///< bytes from the "&" on; 0 where `html` begins with no reference
};

/// The character reference that `html` begins with. Numbers 128 to 159 mean windows-1252, as in
/// every browser. The names of Latin-1 are known without ";" too, except in an attribute before "="
/// or a letter:
/// "?a=1&copy=2" is an address and no copyright sign.
Entity entity_at(std::string_view html, EntityPlace place);

}  // namespace bellhop::parsers
