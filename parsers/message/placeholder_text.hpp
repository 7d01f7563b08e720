// Plain text that stands for an HTML body without saying what it says.
#pragma once

#include <string_view>

namespace bellhop::parsers {

/// Whether the plain text beside `html` (RFC 2046 section 5.1.4) says nothing of it: no word, only
/// the names of pictures, "This message requires an HTML viewer.", or a tenth of its words.
bool is_placeholder(std::string_view plain, std::string_view html);

}  // namespace bellhop::parsers
