// The charset of bytes that declare none: uchardet's answer, and what is known of mail where texts
// are too short for it.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// The charset that undeclared bytes seem to be in, as a label for to_utf8(). Looks at the first
/// 64 KiB. The more of a mail is asked about at once the better: a subject alone may be anything.
std::string detected_charset(std::string_view bytes);

/// The same where nearly every letter is 8-bit, as in no Western text: Cyrillic, Greek, Chinese and
/// the like, whatever is declared. Empty for all others.
std::string charset_beyond_latin(std::string_view bytes);

/// Whether a declaration of UTF-8 is true of `bytes` but for a few: a text that was cut or patched.
bool is_mostly_utf8(std::string_view bytes);

}  // namespace bellhop::parsers
