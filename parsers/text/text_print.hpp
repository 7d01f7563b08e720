// A fingerprint that texts of nearly the same words nearly share: what comes back in many mails,
// wrapped otherwise or with another name in it, is known again without being kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bellhop::parsers {

struct TextPrint {
    std::uint64_t bits = 0;
    std::size_t words = 0;

    friend bool operator==(const TextPrint&, const TextPrint&) = default;
};

/// The fingerprint of a text: M. Charikar's simhash (2002) over its pairs of neighbouring words.
/// Case, digits, punctuation, addresses, blanks and line ends do not count. The same in every
/// version of the program: it is stored. Looks at the first 8 KiB; linear.
TextPrint print_of(std::string_view text);

/// Whether two texts say nearly the same: of a dozen words and more one in twelve may differ, of
/// fewer none.
bool are_alike(const TextPrint& one, const TextPrint& other);

}  // namespace bellhop::parsers
