// Charsets: foreign bytes made into UTF-8, through ICU, with detection where nothing is declared or
// the declaration cannot be true.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// UTF-7 (RFC 2152) hides what stands in it: in a header or a plain text of old it is read, in HTML
/// never, where it could smuggle markup past whoever looks at the bytes.
enum class Utf7 { refused, decoded };

/// What else is known of bytes whose label says nothing.
struct CharsetHint {
    std::string_view otherwise = {};  ///< the charset that the rest of the mail is in; may be empty
    Utf7 utf7 = Utf7::refused;
};

/// `bytes` in the charset that `label` names, as valid UTF-8. An unknown, empty, refused or
/// evidently wrong label means the hint's charset where that loses nothing, else detection; bytes
/// that mean nothing become U+FFFD. Not normalised.
std::string to_utf8(std::string_view bytes, std::string_view label, const CharsetHint& hint = {});

/// Whether we can convert from the charset of that name.
bool is_known_charset(std::string_view label);

/// Whether `bytes` mean something in that charset from end to end, as far as one can see.
bool is_plausible_in(std::string_view bytes, std::string_view label);

}  // namespace bellhop::parsers
