// What a line of a signature looks like, and what does not.
#pragma once

#include <cstddef>
#include <string_view>

#include "parsers/reply/reply_markers.hpp"

namespace bellhop::parsers {

/// What a line holds that could be a line of a signature.
struct SignatureLine {
    bool possible = false;  ///< nothing in it but names, roles, places and ways to reach somebody
    bool is_name = false;   ///< could be the name of a person
    bool contact = false;   ///< a telephone number, a mail address, a web address
    std::string_view address = {};  ///< the first mail address in it, folded
    std::size_t addresses = 0;
    std::size_t names = 0;  ///< words that are names or places
};

/// Looks at each word: "Needs a laptop" and "Room: 4" are possible in no signature.
SignatureLine read_signature_line(const TextLine& line);

/// "PS: …", "P.S. …", in some languages.
bool is_postscript(const TextLine& line);

}  // namespace bellhop::parsers
